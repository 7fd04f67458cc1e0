import type { Message } from "grammy/types";

/** A message as far as deleting it takes. */
export interface HeardMessage {
  readonly id: number;
  /** Who wrote it: a person, or the chat in whose name it was written. */
  readonly by: number;
  /** The topic that it stands in. */
  readonly thread: number | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface HeardChat {
  /** Whether the numbers of its messages count up in this chat alone, and every one of them stands in one place. */
  readonly counts: boolean;
  /** Number of the latest message. */
  latest(): number;
  /** The latest messages that may still be there, newest first. */
  messages(): HeardMessage[];
  /** Numbers of messages that are known to be gone. */
  isGone(id: number): boolean;
  gone(id: number): void;
}

/**
 * The latest messages of each chat: bots can neither list messages nor look one up, so what is to be deleted later has to
 * be kept in mind.
 */
export interface Heard {
  note(message: Message): void;
  in(chat: number): HeardChat | undefined;
}

/** A little more than can be asked for at once. */
const mostInChat = 600;
const mostChats = 500;

export function createHeard(): Heard {
  const chats = new Map<number, ReturnType<typeof heardChat>>();
  return {
    note(message) {
      if (!deletable(message)) return;
      const { chat } = message;
      let known = chats.get(chat.id);
      if (known === undefined) {
        if (chats.size >= mostChats) chats.delete(chats.keys().next().value as number);
        known = heardChat(chat.type === "supergroup" && chat.is_forum !== true);
        chats.set(chat.id, known);
      }
      known.note(message);
    },
    in: (chat) => chats.get(chat),
  };
}

function heardChat(counts: boolean): HeardChat & { note(message: Message): void } {
  const ring: HeardMessage[] = [];
  const gone = new Set<number>();
  let next = 0;
  let latest = 0;
  return {
    counts,
    note(message) {
      ring[next] = {
        id: message.message_id,
        by: message.sender_chat?.id ?? message.from?.id ?? 0,
        thread: message.is_topic_message ? message.message_thread_id : undefined,
        at: message.date * 1000,
      };
      next = (next + 1) % mostInChat;
      latest = Math.max(latest, message.message_id);
    },
    latest: () => latest,
    messages: () => ring.filter(({ id }) => !gone.has(id)).sort((a, b) => b.id - a.id),
    isGone: (id) => gone.has(id),
    gone(id) {
      if (gone.size >= 2 * mostInChat) gone.delete(gone.values().next().value as number);
      gone.add(id);
    },
  };
}

/** Without what nobody can delete, because one of those would keep the others from being deleted with it (deleteMessage). */
function deletable(message: Message): boolean {
  return !(
    message.supergroup_chat_created ||
    message.forum_topic_created !== undefined ||
    (message.dice !== undefined && message.chat.type === "private")
  );
}
