import type { CommandForm, ConnectionPlan, Settings } from "../../../../src/contracts/platform.ts";
import type { Feed } from "../../../../src/contracts/right.ts";
import { connect } from "../../../../src/runtime/platforms/discord/index.ts";
import type { GuildSeed } from "../../../simulators/discord/seeds.ts";
import {
  type DiscordOptions,
  type DiscordSimulator,
  startDiscordSimulator,
} from "../../../simulators/discord/simulator.ts";
import { type Surroundings, surroundings } from "../harness.ts";

export const everyFeed: readonly Feed[] = ["messages", "message_text", "commands", "buttons", "members"];

export interface PlanOptions {
  commands?: readonly CommandForm[];
  feeds?: readonly Feed[];
  settings?: Settings;
  activity?: ConnectionPlan["activity"];
}

export interface Harness extends Surroundings<PlanOptions> {
  discord: DiscordSimulator;
  /** Moves the clock that bot and simulator share. */
  pass(ms: number): void;
  /** Requests that change something, as `METHOD /template`. */
  writes(): string[];
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
  const around = surroundings<PlanOptions>(connect, {
    environment: { DISCORD_TOKEN: discord.token },
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
      webhooks: [],
      commands,
      ...(activity === undefined ? {} : { activity }),
    }),
    simulator: discord,
    now,
  });
  return Object.assign(around, {
    discord,
    pass(ms: number) {
      skew += ms;
    },
    writes: () =>
      discord.calls.all.filter(({ method }) => method !== "GET").map(({ method, template }) => `${method} ${template}`),
  });
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

export { platformError } from "../harness.ts";
