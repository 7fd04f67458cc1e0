import type { ReactionTypeEmoji } from "grammy/types";
import type { Json, Person } from "../../../contracts/event.ts";
import type { OutMessage, SentMessage } from "../../../contracts/message.ts";
import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { plainText } from "../../../language/rich-text.ts";
import { notOn } from "../unsupported.ts";
import { type Callbacks, mostAlertLength } from "./callbacks.ts";
import type { Client } from "./client.ts";
import { compose } from "./compose.ts";
import type { Origin } from "./events.ts";
import type { Lookup } from "./lookup.ts";
import { createModeration } from "./moderation.ts";
import type { Places, Target } from "./places.ts";

export interface PortParts {
  readonly client: Client;
  readonly places: Places;
  readonly lookup: Lookup;
  readonly callbacks: Callbacks;
  /** Chats that take no messages any more, with the reason, until something is heard from them. */
  readonly shut: ReadonlyMap<number, PlatformError>;
  readonly self: () => Person | undefined;
  readonly now: () => number;
}

export function createPort(parts: PortParts): PlatformPort {
  const { client, places, lookup, callbacks } = parts;

  const sendTo = async (target: Target, message: OutMessage, answers?: number): Promise<SentMessage> => {
    const reason = parts.shut.get(target.chat);
    if (reason !== undefined) throw reason;
    const { parts: texts, keyboard, image } = compose(message);
    if (texts.length === 0) throw new PlatformError("refused", "The message is empty.");
    let id = 0;
    for (const [index, { text, entities }] of texts.entries()) {
      const first = index === 0;
      const last = index === texts.length - 1;
      const sent = await client.call("sendMessage", {
        chat_id: target.chat,
        text,
        ...(entities.length === 0 ? {} : { entities: [...entities] }),
        ...(target.thread === undefined ? {} : { message_thread_id: target.thread }),
        ...(first && answers !== undefined
          ? { reply_parameters: { message_id: answers, allow_sending_without_reply: true } }
          : {}),
        ...(last && keyboard !== undefined ? { reply_markup: keyboard } : {}),
        ...(last && image !== undefined ? { link_preview_options: { url: image, prefer_large_media: true } } : {}),
      });
      id = sent.message_id;
    }
    const chat = places.lasting(target.chat);
    return { id: String(id), channelId: target.thread === undefined ? String(chat) : `${chat}/${target.thread}` };
  };

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
      return sendTo(target, message, origin.direct ? undefined : origin.message);
    },
    send: async (channelId, message) => sendTo(place(channelId), message),
    direct: async (userId, message) => sendTo(place(userId), message),

    async react(channelId, messageId, emoji) {
      // Telegram's list of reactions is written without variation selectors.
      const reaction = emoji.replaceAll("\ufe0f", "") as ReactionTypeEmoji["emoji"];
      await client.call("setMessageReaction", {
        chat_id: place(channelId).chat,
        message_id: messageNumber(messageId),
        reaction: [{ type: "emoji", emoji: reaction }],
      });
    },
    async deleteMessage(channelId, messageId) {
      await client.call("deleteMessage", { chat_id: place(channelId).chat, message_id: messageNumber(messageId) });
    },

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
  if (!message.ephemeral || message.embed !== undefined || (message.buttons?.length ?? 0) > 0) return undefined;
  const text = plainText(message.text ?? []);
  return text !== "" && text.length <= mostAlertLength ? text : undefined;
}

async function noRoles(): Promise<never> {
  throw new PlatformError("unsupported", "Telegram has no roles.");
}

function messageNumber(messageId: string): number {
  const id = Number(messageId);
  if (!Number.isSafeInteger(id) || id <= 0) throw new PlatformError("not_found", "The message is no longer there.");
  return id;
}

/** An origin that this adapter made, perhaps before a restart. */
function readOrigin(value: Json): Origin {
  if (typeof value === "object" && value !== null && "chat" in value && typeof value.chat === "number")
    return value as unknown as Origin;
  throw new PlatformError("not_found", "The conversation to answer in is not known any more.");
}
