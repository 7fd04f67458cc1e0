import { Client, type ClientOptions, GatewayIntentBits, Partials } from "discord.js";
import type { DiscordSimulator } from "./simulator.ts";

const allIntents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildModeration,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.GuildVoiceStates,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

/** A real discord.js client that talks to the simulator; not logged in. */
export function createClient(simulator: DiscordSimulator, options: Partial<ClientOptions> = {}): Client {
  const { rest, ws, ...others } = options;
  return new Client({
    intents: allIntents,
    partials: [Partials.Channel, Partials.Message, Partials.Reaction],
    ...others,
    rest: { api: simulator.apiRoot, ...rest },
    // Without the pause of five seconds between two IDENTIFYs.
    ws: { buildIdentifyThrottler: () => ({ waitForIdentify: async () => undefined }), ...ws },
  });
}

/** Logs in and waits until the client has its guilds. */
export async function login(simulator: DiscordSimulator, options?: Partial<ClientOptions>): Promise<Client<true>> {
  const client = createClient(simulator, options);
  const ready = new Promise<Client<true>>((resolve) => client.once("clientReady", resolve));
  await client.login(simulator.token);
  return ready;
}

/** The next event of this name that fits. */
export function nextEvent<T>(client: Client, event: string, fits: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const hear = (value: T) => {
      if (!fits(value)) return;
      client.off(event, hear);
      resolve(value);
    };
    client.on(event, hear);
  });
}
