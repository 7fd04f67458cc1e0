import type { Chat } from "grammy/types";
import type { Channel, Json, Server } from "../../../contracts/event.ts";
import { type ConnectionMemory, PlatformError } from "../../../contracts/platform.ts";
import { createKeeper } from "./keeper.ts";

/** A group that the bot has seen, with its topics by thread id. */
export interface KnownChat {
  readonly id: number;
  readonly title: string;
  readonly username?: string;
  readonly topics: ReadonlyMap<number, string>;
}

/** Where a message goes: the chat as Telegram numbers it now, and the topic. */
export interface Target {
  readonly chat: number;
  readonly thread?: number;
}

/**
 * What the bot knows of chats. Telegram lists neither chats nor topics, so names are learned from what is seen, and kept.
 * A group that became a supergroup got another id; here it keeps the first one, so that data and stored ids stay valid.
 */
export interface Places {
  load(): Promise<void>;
  /** Takes over the name of a chat and, where told, of a topic. */
  see(chat: Chat, topic?: { thread: number; name: string }): void;
  /** Takes over a topic that the bot has opened. */
  topic(chat: number, thread: number, name: string): Channel;
  moved(from: number, to: number): void;
  /** The chat's lasting id for the id that Telegram uses now. */
  lasting(chatId: number): number;
  known(): readonly KnownChat[];
  serverOf(chat: Chat): Server | undefined;
  channelOf(chat: Chat, thread?: number): Channel;
  /** Resolves when all that was learned is kept. */
  kept(): Promise<void>;
  /** Reads a channel id (`-100123`, `-100123/17`); undefined when it is none. */
  target(channelId: string): Target | undefined;
}

const mostChats = 2000;
const mostTopics = 1000;

export function createPlaces(memory: ConnectionMemory, failed: (error: unknown) => void): Places {
  const chats = new Map<number, { title: string; username?: string; topics: Map<number, string> }>();
  const current = new Map<number, number>();
  const lasting = new Map<number, number>();
  const value = (): Json => ({
    chats: [...chats].map(([id, { title, username, topics }]) => [id, title, username ?? null, [...topics]]),
    moved: [...current],
  });
  const { save, kept } = createKeeper(memory, "places", value, failed);

  const lastingId = (id: number) => lasting.get(id) ?? id;
  const link = (from: number, to: number) => {
    current.set(from, to);
    lasting.set(to, from);
  };
  const name = (topics: Map<number, string>, thread: number, called: string) => {
    if (topics.size >= mostTopics && !topics.has(thread)) topics.delete(topics.keys().next().value as number);
    topics.set(thread, called);
  };
  const topicName = (chat: number, thread: number) => chats.get(chat)?.topics.get(thread) ?? `topic ${thread}`;

  return {
    async load() {
      const stored = (await memory.get("places")) as StoredPlaces | undefined;
      for (const [id, title, username, topics] of stored?.chats ?? [])
        chats.set(id, { title, ...(username === null ? {} : { username }), topics: new Map(topics) });
      for (const [from, to] of stored?.moved ?? []) link(from, to);
    },
    see(chat, topic) {
      if (chat.type === "private") return;
      const id = lastingId(chat.id);
      const before = chats.get(id);
      const topics = before?.topics ?? new Map<number, string>();
      const newTopic = topic !== undefined && topics.get(topic.thread) !== topic.name;
      if (before?.title === chat.title && before.username === chat.username && !newTopic) return;
      if (topic !== undefined) name(topics, topic.thread, topic.name);
      if (before === undefined && chats.size >= mostChats) chats.delete(chats.keys().next().value as number);
      chats.set(id, { title: chat.title, ...(chat.username === undefined ? {} : { username: chat.username }), topics });
      save();
    },
    topic(chat, thread, called) {
      const id = lastingId(chat);
      const topics = chats.get(id)?.topics;
      if (topics !== undefined) {
        name(topics, thread, called);
        save();
      }
      return { id: `${id}/${thread}`, name: called, direct: false };
    },
    moved(from, to) {
      const first = lastingId(from);
      if (current.get(first) === to) return;
      link(first, to);
      save();
    },
    lasting: lastingId,
    known: () => [...chats].map(([id, chat]) => ({ id, ...chat })),
    serverOf: (chat) => (chat.type === "private" ? undefined : { id: String(lastingId(chat.id)), name: chat.title }),
    channelOf(chat, thread) {
      if (chat.type === "private")
        return { id: String(chat.id), name: [chat.first_name, chat.last_name].filter(Boolean).join(" "), direct: true };
      const id = lastingId(chat.id);
      if (thread === undefined) return { id: String(id), name: chat.title, direct: false };
      return { id: `${id}/${thread}`, name: topicName(id, thread), direct: false };
    },
    kept,
    target(channelId) {
      const match = /^(-?\d{1,20})(?:\/(\d{1,10}))?$/.exec(channelId);
      if (match === null) return undefined;
      const id = Number(match[1]);
      return {
        chat: current.get(lastingId(id)) ?? id,
        ...(match[2] === undefined ? {} : { thread: Number(match[2]) }),
      };
    },
  };
}

interface StoredPlaces {
  readonly chats: readonly (readonly [number, string, string | null, readonly (readonly [number, string])[]])[];
  readonly moved: readonly (readonly [number, number])[];
}

/** The number that Telegram gave a message. @throws PlatformError where the id is none. */
export function messageNumber(messageId: string): number {
  const id = Number(messageId);
  if (!Number.isSafeInteger(id) || id <= 0) throw new PlatformError("not_found", "The message is no longer there.");
  return id;
}
