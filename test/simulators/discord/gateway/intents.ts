import type { APIUser } from "discord.js";
import { Intent } from "../constants.ts";
import type { Portal } from "../simulation.ts";
import type { Guild, World } from "../state.ts";

type IntentName = keyof typeof Intent;

/** Which intent an event needs, in a guild and in direct messages ("Gateway", List of Intents). */
const needed: Record<string, { guild?: IntentName; direct?: IntentName }> = {
  TYPING_START: { guild: "GuildMessageTyping", direct: "DirectMessageTyping" },
  PRESENCE_UPDATE: { guild: "GuildPresences" },
  VOICE_STATE_UPDATE: { guild: "GuildVoiceStates" },
  GUILD_AUDIT_LOG_ENTRY_CREATE: { guild: "GuildModeration" },
  MESSAGE_POLL_VOTE_ADD: { guild: "GuildMessagePolls", direct: "DirectMessagePolls" },
  MESSAGE_POLL_VOTE_REMOVE: { guild: "GuildMessagePolls", direct: "DirectMessagePolls" },
};
const neededByFamily: readonly [prefix: string, needs: { guild?: IntentName; direct?: IntentName }][] = [
  ["MESSAGE_REACTION_", { guild: "GuildMessageReactions", direct: "DirectMessageReactions" }],
  ["MESSAGE_", { guild: "GuildMessages", direct: "DirectMessages" }],
  ["GUILD_MEMBER_", { guild: "GuildMembers" }],
  ["GUILD_BAN_", { guild: "GuildModeration" }],
  ["GUILD_", { guild: "Guilds" }],
  ["CHANNEL_", { guild: "Guilds", direct: "DirectMessages" }],
  ["THREAD_", { guild: "Guilds" }],
];

/** Whether a session with these intents hears of the event. Its own member's changes reach the bot always. */
export function hears(world: World, intents: number, event: string, data: object, guild: Guild | undefined): boolean {
  if (event === "GUILD_MEMBERS_CHUNK") return true;
  if (event === "GUILD_MEMBER_UPDATE" && (data as { user: APIUser }).user.id === world.bot.id) return true;
  const needs = needed[event] ?? neededByFamily.find(([prefix]) => event.startsWith(prefix))?.[1];
  const intent = guild === undefined ? needs?.direct : needs?.guild;
  return intent === undefined || (intents & Intent[intent]) !== 0;
}

/**
 * The event as a session with these intents sees it: without the message content intent the words of others are empty,
 * except in direct messages and where the bot is mentioned ("Gateway", Message Content Intent).
 */
export function asSeenWith(
  world: World,
  intents: number,
  event: string,
  data: object,
  guild: Guild | undefined,
): object {
  if (event !== "MESSAGE_CREATE" && event !== "MESSAGE_UPDATE") return data;
  const { author, mentions } = data as { author?: APIUser; mentions?: APIUser[] };
  const open =
    guild === undefined ||
    (intents & Intent.MessageContent) !== 0 ||
    author?.id === world.bot.id ||
    mentions?.some(({ id }) => id === world.bot.id);
  if (open) return data;
  const { poll: _, ...rest } = data as { poll?: unknown };
  return { ...rest, content: "", embeds: [], attachments: [], components: [] };
}

/** Privileged intents that are asked for but not switched on in the portal: close code 4014. */
export function disallowed(portal: Portal, intents: number): boolean {
  const { members, presences, messageContent } = portal.privileged;
  return (
    (!members && (intents & Intent.GuildMembers) !== 0) ||
    (!presences && (intents & Intent.GuildPresences) !== 0) ||
    (!messageContent && (intents & Intent.MessageContent) !== 0)
  );
}
