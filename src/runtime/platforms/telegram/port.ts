import type { Message, ReactionTypeEmoji } from "grammy/types";
import type { Json, Person } from "../../../contracts/event.ts";
import type { OutMessage } from "../../../contracts/message.ts";
import { type ConnectionMemory, PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { plainText } from "../../../language/rich-text.ts";
import { reactionOf } from "../../../platforms/telegram/reactions.ts";
import { notOn } from "../unsupported.ts";
import { type Callbacks, mostAlertLength } from "./callbacks.ts";
import type { Client } from "./client.ts";
import { unlessSaid } from "./errors.ts";
import type { Origin } from "./event-parts.ts";
import type { Heard } from "./heard.ts";
import { createLocking } from "./locking.ts";
import type { Lookup } from "./lookup.ts";
import { createModeration } from "./moderation.ts";
import { messageNumber, type Places, type Target } from "./places.ts";
import { createPurge } from "./purging.ts";
import { createSending } from "./sending.ts";
import { createTopics } from "./topics.ts";

export interface PortParts {
  readonly client: Client;
  readonly places: Places;
  readonly lookup: Lookup;
  readonly callbacks: Callbacks;
  readonly memory: ConnectionMemory;
  readonly heard: Heard;
  /** Chats that take no messages any more, with the reason, until something is heard from them. */
  readonly shut: ReadonlyMap<number, PlatformError>;
  /** Is told of every message that was sent. */
  readonly sent: (message: Message) => void;
  readonly self: () => Person | undefined;
  readonly now: () => number;
}

export function createPort(parts: PortParts): PlatformPort {
  const { client, places, lookup, callbacks, memory, heard } = parts;
  const sending = createSending(parts);

  const place = (channelId: string): Target => {
    const target = places.target(channelId);
    if (target === undefined) throw new PlatformError("not_found", `"${channelId}" is not the id of a Telegram chat.`);
    return target;
  };

  return {
    ...notOn("Telegram"),
    platform: "telegram",
    self: parts.self,

    async reply(given, message) {
      const origin = readOrigin(given);
      const target = {
        ...place(String(origin.chat)),
        ...(origin.thread === undefined ? {} : { thread: origin.thread }),
      };
      const alert = origin.query === undefined ? undefined : alertText(message);
      if (alert !== undefined && (await callbacks.answer(origin.query as string, alert)))
        return { id: `callback:${origin.query}`, channelId: String(places.lasting(target.chat)) };
      return sending.send(target, message, origin.direct ? undefined : origin.message);
    },
    send: async (channelId, message) => sending.send(place(channelId), message),
    direct: async (userId, message) => sending.send(place(userId), message),

    async react(channelId, messageId, emoji) {
      const reaction = reactionOf(emoji) as ReactionTypeEmoji["emoji"];
      await client.call("setMessageReaction", {
        chat_id: place(channelId).chat,
        message_id: messageNumber(messageId),
        reaction: [{ type: "emoji", emoji: reaction }],
      });
    },
    async deleteMessage(channelId, messageId) {
      const { chat } = place(channelId);
      const id = messageNumber(messageId);
      await client.call("deleteMessage", { chat_id: chat, message_id: id });
      heard.in(chat)?.gone(id);
    },
    editMessage: async (channelId, messageId, message) =>
      sending.edit(place(channelId).chat, messageNumber(messageId), message),
    async pin(channelId, messageId, pinned) {
      const message = { chat_id: place(channelId).chat, message_id: messageNumber(messageId) };
      await (pinned
        ? client.call("pinChatMessage", { ...message, disable_notification: true })
        : client.call("unpinChatMessage", message)
      ).catch(unlessSaid(/NOT_MODIFIED/, () => true as const));
    },
    async typing(channelId) {
      const { chat, thread } = place(channelId);
      await client.call("sendChatAction", {
        chat_id: chat,
        action: "typing",
        ...(thread === undefined ? {} : { message_thread_id: thread }),
      });
    },
    purge: createPurge(client, heard, place, parts.now),
    lock: createLocking(client, memory, places, place),
    ...createTopics(client, places, place),

    ...createModeration(client, lookup, parts.now),
    addRole: noRoles,
    removeRole: noRoles,

    standing: lookup.standing,
    botStanding: lookup.botStanding,
    roleRank: lookup.roleRank,
    find: lookup.find,
    person: lookup.person,
    channel: lookup.channel,
    role: lookup.role,
    server: lookup.server,
  };
}

/** What the answer to a press can show to the person alone: a short text and nothing else. */
function alertText(message: OutMessage): string | undefined {
  if (!message.ephemeral || message.embed !== undefined) return undefined;
  if ((message.buttons?.length ?? 0) > 0 || (message.files?.length ?? 0) > 0) return undefined;
  const text = plainText(message.text ?? []);
  return text !== "" && text.length <= mostAlertLength ? text : undefined;
}

async function noRoles(): Promise<never> {
  throw new PlatformError("unsupported", "Telegram has no roles.");
}

/** An origin that this adapter made, perhaps before a restart. */
function readOrigin(value: Json): Origin {
  if (typeof value === "object" && value !== null && "chat" in value && typeof value.chat === "number")
    return value as unknown as Origin;
  throw new PlatformError("not_found", "The conversation to answer in is not known any more.");
}
