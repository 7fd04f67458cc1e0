import type { Chat, User } from "grammy/types";
import type { Json, Person } from "../../../contracts/event.ts";
import type { Places } from "./places.ts";

/** Where an answer goes; stored with suspended runs. `chat` is the chat's id at the time. */
export interface Origin {
  readonly chat: number;
  readonly message?: number;
  readonly thread?: number;
  /** Whether the conversation is private, where answers need no quotation. */
  readonly direct?: boolean;
  /** The callback query of a press, answerable once. */
  readonly query?: string;
}

export interface EventContext {
  readonly me: User;
  readonly places: Places;
  readonly now: () => number;
}

export const platform = "telegram";

export function personOf(user: User): Person {
  return {
    platform,
    id: String(user.id),
    name: [user.first_name, user.last_name].filter(Boolean).join(" "),
    isBot: user.is_bot,
    ...(user.username === undefined ? {} : { username: user.username }),
    ...(user.language_code === undefined ? {} : { language: user.language_code }),
  };
}

/** Somebody who acts in the name of a chat, such as an anonymous administrator. */
export function chatAsPerson(chat: Exclude<Chat, Chat.PrivateChat>, isBot = false): Person {
  return {
    platform,
    id: String(chat.id),
    name: chat.title,
    isBot,
    ...(chat.username === undefined ? {} : { username: chat.username }),
  };
}

export function placeOf(chat: Chat, thread: number | undefined, { places }: EventContext) {
  const server = places.serverOf(chat);
  return {
    platform,
    channel: places.channelOf(chat, thread),
    ...(server === undefined ? {} : { server }),
  };
}

export function originAt(chat: Chat, message: number, thread: number | undefined): { readonly [key: string]: Json } {
  return {
    chat: chat.id,
    message,
    ...(thread === undefined ? {} : { thread }),
    ...(chat.type === "private" ? { direct: true } : {}),
  };
}
