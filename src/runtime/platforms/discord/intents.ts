import { ApplicationFlags, GatewayIntentBits as Intent } from "discord.js";
import type { ConnectionPlan } from "../../../contracts/platform.ts";
import type { Feed } from "../../../contracts/right.ts";
import { discord } from "../../../platforms/discord.ts";

/** Intents that each feed needs (documentation: "Gateway", List of Intents). Presses and slash commands need none. */
const intentsOf: Readonly<Record<Feed, number>> = {
  messages: Intent.GuildMessages | Intent.DirectMessages,
  message_text: Intent.GuildMessages | Intent.DirectMessages | Intent.MessageContent,
  message_edits: Intent.GuildMessages | Intent.DirectMessages,
  message_deletions: Intent.GuildMessages | Intent.DirectMessages,
  members: Intent.GuildMembers,
  member_roles: Intent.GuildMembers,
  reactions: Intent.GuildMessageReactions | Intent.DirectMessageReactions,
  direct_messages: Intent.DirectMessages,
  buttons: 0,
  /** Threads are announced with the server itself. */
  threads: Intent.Guilds,
  voice: Intent.GuildVoiceStates,
  /** A message that begins with the bot's mention calls a command; Discord shows its words without a privileged intent. */
  commands: Intent.GuildMessages | Intent.DirectMessages,
};

export function intentBits({ feeds, settings }: ConnectionPlan): number {
  let bits: number = Intent.Guilds;
  for (const feed of feeds) bits |= intentsOf[feed];
  if (feeds.includes("commands") && hasPrefix(settings)) bits |= Intent.MessageContent;
  return bits;
}

/** Whether these intents announce who comes, goes and changes. */
export const hasMembers = (bits: number) => (bits & Intent.GuildMembers) !== 0;

const hasPrefix = (settings: ConnectionPlan["settings"]) =>
  typeof settings.prefix === "string" && settings.prefix !== "";

/** An intent that has to be switched on by hand, and the flags that say that it is ("Application", Application Flags). */
interface Privileged {
  readonly bit: number;
  readonly flags: number;
  readonly name: string;
  readonly feed: Feed;
}

const privileged: readonly Privileged[] = [
  {
    bit: Intent.GuildMembers,
    flags: ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
    name: "Server Members Intent",
    feed: "members",
  },
  {
    bit: Intent.MessageContent,
    flags: ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
    name: "Message Content Intent",
    feed: "message_text",
  },
];

/** What to do about intents that are wanted and not switched on; undefined when all is well. */
export function missingIntents(
  plan: ConnectionPlan,
  applicationFlags: number,
): { message: string; setting: string } | undefined {
  const bits = intentBits(plan);
  const missing = privileged.filter(({ bit, flags }) => (bits & bit) !== 0 && (applicationFlags & flags) === 0);
  const [first] = missing;
  if (first === undefined) return undefined;
  const onlyForPrefix = missing.length === 1 && first.feed === "message_text" && !plan.feeds.includes("message_text");
  const reason = onlyForPrefix
    ? "prefix: makes the bot read messages, and"
    : `The file's rules need what ${missing.length === 1 ? "a privileged intent lets" : "privileged intents let"} the bot see, and`;
  const names = missing.map(({ name }) => `"${name}"`).join(" and ");
  const how = missing.map(({ feed }) => discord.portal?.[feed] ?? "").join(" ");
  return {
    message: `${reason} ${names} ${missing.length === 1 ? "is" : "are"} switched off. ${how}`,
    setting: onlyForPrefix ? "prefix" : "token",
  };
}
