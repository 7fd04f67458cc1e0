import type { BotEvent, Json } from "../../../../src/contracts/event.ts";
import type { Logger } from "../../../../src/contracts/logger.ts";
import {
  type CommandForm,
  type Connection,
  type ConnectionPlan,
  type ConnectionState,
  PlatformError,
  type Settings,
} from "../../../../src/contracts/platform.ts";
import type { Feed } from "../../../../src/contracts/right.ts";
import { resolveSecretText } from "../../../../src/language/secret-reference.ts";
import { connect } from "../../../../src/runtime/platforms/discord/index.ts";
import type { GuildSeed } from "../../../simulators/discord/seeds.ts";
import {
  type DiscordOptions,
  type DiscordSimulator,
  startDiscordSimulator,
} from "../../../simulators/discord/simulator.ts";
import { createRecording, type Recording } from "../../../simulators/shared/recording.ts";

export const everyFeed: readonly Feed[] = ["messages", "message_text", "commands", "buttons", "members"];

export interface PlanOptions {
  commands?: readonly CommandForm[];
  feeds?: readonly Feed[];
  settings?: Settings;
  activity?: ConnectionPlan["activity"];
}

/** One bot: what stands around its connection, kept between connections like the storage and the environment are. */
export interface Harness {
  discord: DiscordSimulator;
  environment: Record<string, string>;
  memory: Map<string, Json>;
  events: Recording<BotEvent>;
  states: Recording<ConnectionState>;
  /** Sentences of warnings and errors. */
  logged: string[];
  /** What the engine does with an event; nothing unless told. */
  answer: (event: BotEvent, connection: Connection) => Promise<void>;
  /** Moves the clock that bot and simulator share. */
  pass(ms: number): void;
  plan(options?: PlanOptions): ConnectionPlan;
  connect(plan?: ConnectionPlan): Connection;
  open(plan?: ConnectionPlan): Promise<Connection>;
  /** Requests that change something, as `METHOD /template`. */
  writes(): string[];
  close(): Promise<void>;
}

/** Ada and Bob on a server of Olga's where the bot may do everything that actions need. */
export const harbour: GuildSeed = {
  name: "Harbour",
  owner: "Olga",
  roles: [
    { name: "Newcomer" },
    { name: "Moderator", permissions: ["BanMembers", "KickMembers", "ModerateMembers", "ManageMessages"] },
  ],
  channels: ["general", "mod-log", { name: "Rooms", kind: "GuildCategory" }],
  members: [{ name: "Ada", roles: ["Moderator"], nick: "Countess" }, "Bob"],
};

export async function createHarness(options: DiscordOptions = {}): Promise<Harness> {
  let skew = 0;
  const now = () => Date.now() + skew;
  const discord = await startDiscordSimulator({ guilds: [harbour], now, ...options });
  const connections: Connection[] = [];
  const memory = new Map<string, Json>();
  const events = createRecording<BotEvent>();
  const states = createRecording<ConnectionState>();
  const logged: string[] = [];
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Logger = { debug() {}, info() {}, warn: note, error: note, child: () => log };

  const harness: Harness = {
    discord,
    environment: { DISCORD_TOKEN: discord.token },
    memory,
    events,
    states,
    logged,
    answer: async () => {},
    pass(ms) {
      skew += ms;
    },
    plan: ({ commands = [], feeds = everyFeed, settings, activity } = {}) => ({
      platform: "discord",
      botName: "Harbour",
      settings: {
        token: { parts: [{ kind: "env", name: "DISCORD_TOKEN" }] },
        api_root: discord.apiRoot,
        sync_commands: true,
        ...settings,
      },
      feeds,
      capabilities: [],
      rights: [],
      commands,
      ...(activity === undefined ? {} : { activity }),
    }),
    connect(plan = harness.plan()) {
      const connection = connect(plan, {
        sink: {
          async handle(event) {
            events.record(event);
            await harness.answer(event, connection);
          },
          caughtUp: async () => {},
        },
        log,
        now,
        memory: {
          get: async (key) => memory.get(key),
          set: async (key, value) => void memory.set(key, JSON.parse(JSON.stringify(value)) as Json),
        },
        secret(reference) {
          const resolved = resolveSecretText(reference, {
            env: (name) => harness.environment[name],
            file: () => "",
          });
          if (resolved.ok) return resolved.value;
          throw new PlatformError("start", resolved.missing[0]!.message);
        },
        onState: (state) => states.record(state),
      });
      connections.push(connection);
      return connection;
    },
    async open(plan) {
      const connection = harness.connect(plan);
      await connection.open();
      return connection;
    },
    writes: () =>
      discord.calls.all.filter(({ method }) => method !== "GET").map(({ method, template }) => `${method} ${template}`),
    async close() {
      await Promise.all(connections.map((connection) => connection.close()));
      await discord.close();
    },
  };
  return harness;
}

/** Ids of the server and its people. */
export function ids({ discord }: Harness) {
  const { find } = discord;
  return {
    server: find.guild().id,
    general: find.channel("general").id,
    ada: find.user("Ada").id,
    bob: find.user("Bob").id,
    olga: find.user("Olga").id,
    bot: discord.world.bot.id,
    moderator: find.role("Moderator").id,
    newcomer: find.role("Newcomer").id,
  };
}

/** The error that a call ends with. */
export async function platformError(call: Promise<unknown>): Promise<PlatformError> {
  const error = await call.then(() => undefined).catch((thrown: unknown) => thrown);
  if (error instanceof PlatformError) return error;
  throw new Error(`expected a PlatformError, not ${error}`);
}
