import { createHash } from "node:crypto";
import { type APIChannel, type APIMessage, Routes } from "discord.js";
import type { Json, Person } from "../../../contracts/event.ts";
import type { OutMessage, SentMessage } from "../../../contracts/message.ts";
import { type ConnectionMemory, PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { plainText } from "../../../language/rich-text.ts";
import { discordLimits, longestTimeoutMs } from "../../../platforms/discord.ts";
import { addressOf, checkId } from "./addresses.ts";
import { createChannelAbilities } from "./channels.ts";
import { compose, composeEdit, type Outgoing } from "./compose.ts";
import { truncate } from "./cut.ts";
import { createEmojis } from "./emojis.ts";
import { modalOf } from "./forms.ts";
import type { Guilds } from "./guilds.ts";
import { createHistoryAbilities } from "./history.ts";
import type { Interactions } from "./interactions.ts";
import type { Lookup, OwnLookup } from "./lookup.ts";
import type { Origin } from "./origin.ts";
import type { Rest } from "./rest.ts";
import { createThreadAbilities } from "./threads.ts";

export interface PortParts {
  readonly rest: Rest;
  readonly guilds: Guilds;
  readonly lookup: Lookup;
  readonly own: OwnLookup;
  readonly interactions: Interactions;
  readonly memory: ConnectionMemory;
  readonly self: () => Person | undefined;
  readonly now: () => number;
}

/** Kept free under the longest time-out, for clocks that differ. */
const marginMs = 60_000;
const mostRemembered = 10_000;

export function createPort(parts: PortParts): PlatformPort {
  const { rest, guilds, lookup, own, interactions, memory, self, now } = parts;
  const selfId = () => self()?.id;
  const emojis = createEmojis(rest, guilds, now);
  const { under, ...threads } = createThreadAbilities(rest, guilds);
  /** Direct message channels by person: they stay the same for good. */
  const directChannels = new Map<string, string>();
  let serial = 0;

  const partsOf = (message: OutMessage): Outgoing[] => {
    const composed = compose(message);
    if (composed.length === 0) throw new PlatformError("refused", "The message is empty.");
    return composed;
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
    for (const [part, { body: whole, files }] of partsOf(message).entries()) {
      const { flags: _, ...body } = whole;
      sent = await rest.call<APIMessage>("POST", Routes.channelMessages(channelId), {
        repeatable: true,
        files,
        body: {
          ...body,
          nonce: nonceOf(message.nonce, part),
          enforce_nonce: true,
          ...(part === 0 && answers !== undefined
            ? { message_reference: { message_id: answers, fail_if_not_exists: false } }
            : {}),
        },
      });
    }
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
    rest.call("PATCH", addressOf.member(serverId, userId), {
      reason,
      body: { communication_disabled_until: until === null ? null : new Date(until).toISOString() },
    });

  /** Answers a message, in the thread under it where that is wanted. */
  const answerTo = async (channelId: string, messageId: string, message: OutMessage): Promise<SentMessage> => {
    const name =
      plainText(message.text ?? message.embed?.title ?? [])
        .trim()
        .split("\n")[0] || "Thread";
    const thread = message.inThread === true ? await under(channelId, messageId, name) : undefined;
    return thread === undefined ? sendTo(channelId, message, messageId) : sendTo(thread, message);
  };

  return {
    ...createChannelAbilities({ rest, memory, selfId, ownBits: own.ownBits }),
    ...createHistoryAbilities({ rest, guilds, own, now }),
    ...threads,
    platform: "discord",
    muteLimitMs: longestTimeoutMs - marginMs,
    self,

    async reply(given, message) {
      const origin = readOrigin(given);
      if (origin.to === "message") return answerTo(origin.channel, origin.message, message);
      if (origin.to === "channel") return sendTo(origin.channel, message);
      if (origin.to === "server") {
        const channel = guilds.guild(origin.server)?.systemChannelId;
        if (channel) return sendTo(channel, message);
        throw new PlatformError(
          "refused",
          "There is no message to reply to here, and the server has no channel for system messages: use send with the name of a channel.",
        );
      }
      const sent = await interactions.answer(origin, partsOf(message));
      if (sent !== undefined) return { id: sent.id, channelId: origin.channel };
      // Too late for an answer to the interaction. What only one person was to see goes to that person.
      if (message.ephemeral === true) return direct(origin.user, message);
      return sendTo(origin.channel, message);
    },
    send: async (channelId, message) => sendTo(channelId, message),
    direct,

    async openForm(given, form) {
      const origin = readOrigin(given);
      return origin.to === "interaction" && interactions.openForm(origin, modalOf(form));
    },

    async editMessage(channelId, messageId, message) {
      const route = addressOf.message(channelId, messageId);
      const { body, files } = composeEdit(message);
      if (body.content === "" && !body.embeds?.length && !body.components?.length && files.length === 0)
        throw new PlatformError("refused", "The message is empty.");
      if (await interactions.changePrivate(messageId, { body, files })) return;
      await rest.call("PATCH", route, { body, files });
    },
    async react(channelId, messageId, emoji) {
      const name = await emojis.forReaction(channelId, emoji);
      await rest.call("PUT", addressOf.reaction(channelId, messageId, name));
    },
    async deleteMessage(channelId, messageId, reason) {
      const route = addressOf.message(channelId, messageId);
      if (await interactions.changePrivate(messageId, undefined)) return;
      await rest.call("DELETE", route, { reason });
    },

    async mute(serverId, userId, untilMs, reason) {
      const longest = now() + longestTimeoutMs - marginMs;
      await setTimeOut(serverId, userId, Math.min(untilMs ?? longest, longest), reason);
    },
    async unmute(serverId, userId, reason) {
      await setTimeOut(serverId, userId, null, reason);
    },
    async kick(serverId, userId, reason) {
      await rest.call("DELETE", addressOf.member(serverId, userId), { reason });
    },
    async ban(serverId, userId, _untilMs, reason) {
      await rest.call("PUT", addressOf.ban(serverId, userId), { reason, body: { delete_message_seconds: 0 } });
    },
    async unban(serverId, userId, reason) {
      await rest.call("DELETE", addressOf.ban(serverId, userId), { reason });
    },
    async addRole(serverId, userId, roleId, reason) {
      await rest.call("PUT", addressOf.memberRole(serverId, userId, roleId), { reason });
    },
    async removeRole(serverId, userId, roleId, reason) {
      await rest.call("DELETE", addressOf.memberRole(serverId, userId, roleId), { reason });
    },
    async setNickname(serverId, userId, nickname, reason) {
      const route = addressOf.member(serverId, userId === selfId() ? "@me" : userId);
      await rest.call("PATCH", route, {
        reason,
        body: { nick: nickname === undefined ? null : truncate(nickname, discordLimits.nicknameLength) },
      });
    },

    ...lookup,
  };
}

/** An origin that this adapter made, perhaps before a restart. */
function readOrigin(value: Json): Origin {
  if (typeof value === "object" && value !== null && "to" in value) return value as unknown as Origin;
  throw new PlatformError("not_found", "The conversation to answer in is not known any more.");
}
