import { createHash } from "node:crypto";
import { type APIChannel, type APIMessage, Routes } from "discord.js";
import type { Json, Person } from "../../../contracts/event.ts";
import type { OutMessage, SentMessage } from "../../../contracts/message.ts";
import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { discord, longestTimeoutMs } from "../../../platforms/discord.ts";
import { notOn } from "../unsupported.ts";
import { compose, type MessageBody, reactionName } from "./compose.ts";
import type { Origin } from "./events.ts";
import type { Guilds } from "./guilds.ts";
import type { Interactions } from "./interactions.ts";
import type { Lookup } from "./lookup.ts";
import type { Rest } from "./rest.ts";

export interface PortParts {
  readonly rest: Rest;
  readonly guilds: Guilds;
  readonly lookup: Lookup;
  readonly interactions: Interactions;
  readonly self: () => Person | undefined;
  readonly now: () => number;
}

/** Kept free under the longest time-out, for clocks that differ. */
const marginMs = 60_000;
const mostRemembered = 10_000;

export function createPort({ rest, guilds, lookup, interactions, self, now }: PortParts): PlatformPort {
  /** Direct message channels by person: they stay the same for good. */
  const directChannels = new Map<string, string>();
  let serial = 0;

  const bodiesOf = (message: OutMessage): MessageBody[] => {
    const bodies = compose(message);
    if (bodies.length === 0) throw new PlatformError("refused", "The message is empty.");
    return bodies;
  };

  /** One nonce for each part: what is sent twice because an answer was lost is one message all the same. */
  const nonceOf = (given: string | undefined, part: number): string => {
    if (given === undefined) {
      serial += 1;
      return `${now().toString(36)}-${serial.toString(36)}`;
    }
    if (part === 0) return given.slice(0, 25);
    return createHash("sha256").update(`${given}:${part}`).digest("base64url").slice(0, 24);
  };

  const sendTo = async (channelId: string, message: OutMessage, answers?: string): Promise<SentMessage> => {
    checkId(channelId, "channel");
    let sent: APIMessage | undefined;
    for (const [part, { flags: _, ...body }] of bodiesOf(message).entries())
      sent = await rest.call<APIMessage>("POST", Routes.channelMessages(channelId), {
        repeatable: true,
        body: {
          ...body,
          nonce: nonceOf(message.nonce, part),
          enforce_nonce: true,
          ...(part === 0 && answers !== undefined
            ? { message_reference: { message_id: answers, fail_if_not_exists: false } }
            : {}),
        },
      });
    return { id: sent!.id, channelId };
  };

  const direct = async (userId: string, message: OutMessage): Promise<SentMessage> => {
    checkId(userId, "person");
    let channelId = directChannels.get(userId);
    if (channelId === undefined) {
      // Asking again gives the same channel.
      const body = { recipient_id: userId };
      const channel = await rest.call<APIChannel>("POST", Routes.userChannels(), { body, repeatable: true });
      channelId = channel.id;
      if (directChannels.size >= mostRemembered) directChannels.clear();
      directChannels.set(userId, channelId);
    }
    return sendTo(channelId, message);
  };

  const setTimeOut = (serverId: string, userId: string, until: number | null, reason?: string) =>
    rest.call("PATCH", member(serverId, userId), {
      reason,
      body: { communication_disabled_until: until === null ? null : new Date(until).toISOString() },
    });

  return {
    ...notOn("Discord"),
    platform: "discord",
    muteLimitMs: longestTimeoutMs - marginMs,
    self,

    async reply(given, message) {
      const origin = readOrigin(given);
      if (origin.to === "message") return sendTo(origin.channel, message, origin.message);
      if (origin.to === "server") {
        const channel = guilds.guild(origin.server)?.systemChannelId;
        if (channel) return sendTo(channel, message);
        throw new PlatformError(
          "refused",
          "There is no message to reply to here, and the server has no channel for system messages: use send with the name of a channel.",
        );
      }
      const sent = await interactions.answer(origin, bodiesOf(message));
      if (sent !== undefined) return { id: sent.id, channelId: origin.channel };
      // Too late for an answer to the interaction. What only one person was to see goes to that person.
      if (message.ephemeral === true) return direct(origin.user, message);
      return sendTo(origin.channel, message);
    },
    send: async (channelId, message) => sendTo(channelId, message),
    direct,

    async react(channelId, messageId, emoji) {
      checkId(channelId, "channel");
      checkId(messageId, "message");
      await rest.call("PUT", Routes.channelMessageOwnReaction(channelId, messageId, reactionName(emoji)));
    },
    async deleteMessage(channelId, messageId, reason) {
      checkId(channelId, "channel");
      checkId(messageId, "message");
      await rest.call("DELETE", Routes.channelMessage(channelId, messageId), { reason });
    },

    async mute(serverId, userId, untilMs, reason) {
      const longest = now() + longestTimeoutMs - marginMs;
      await setTimeOut(serverId, userId, Math.min(untilMs ?? longest, longest), reason);
    },
    async unmute(serverId, userId, reason) {
      await setTimeOut(serverId, userId, null, reason);
    },
    async kick(serverId, userId, reason) {
      await rest.call("DELETE", member(serverId, userId), { reason });
    },
    async ban(serverId, userId, _untilMs, reason) {
      await rest.call("PUT", ban(serverId, userId), { reason, body: { delete_message_seconds: 0 } });
    },
    async unban(serverId, userId, reason) {
      await rest.call("DELETE", ban(serverId, userId), { reason });
    },
    async addRole(serverId, userId, roleId, reason) {
      await rest.call("PUT", memberRole(serverId, userId, roleId), { reason });
    },
    async removeRole(serverId, userId, roleId, reason) {
      await rest.call("DELETE", memberRole(serverId, userId, roleId), { reason });
    },

    ...lookup,
  };
}

function member(serverId: string, userId: string): string {
  checkId(serverId, "server");
  checkId(userId, "person");
  return Routes.guildMember(serverId, userId);
}

function ban(serverId: string, userId: string): string {
  checkId(serverId, "server");
  checkId(userId, "person");
  return Routes.guildBan(serverId, userId);
}

function memberRole(serverId: string, userId: string, roleId: string): string {
  checkId(serverId, "server");
  checkId(userId, "person");
  checkId(roleId, "role");
  return Routes.guildMemberRole(serverId, userId, roleId);
}

/** Only an id may get into an address. */
function checkId(id: string, what: string): void {
  if (!discord.idPattern.test(id))
    throw new PlatformError("not_found", `"${id}" is not the id of a ${what} on Discord.`);
}

/** An origin that this adapter made, perhaps before a restart. */
function readOrigin(value: Json): Origin {
  if (typeof value === "object" && value !== null && "to" in value) return value as unknown as Origin;
  throw new PlatformError("not_found", "The conversation to answer in is not known any more.");
}
