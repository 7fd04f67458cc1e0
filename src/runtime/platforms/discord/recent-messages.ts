import type { MessageContent, Person } from "../../../contracts/event.ts";

/** A message as it was when the bot saw it last. */
export interface RecentMessage {
  readonly content: MessageContent;
  readonly author: Person;
  readonly guildId: string | undefined;
  readonly channelId: string;
  /** As Discord writes it; null: never edited. */
  readonly editedAt: string | null;
}

/** The latest messages: Discord says of a deleted one nothing but its id, and tells of edits that are none. */
export interface RecentMessages {
  get(id: string): RecentMessage | undefined;
  put(message: RecentMessage): void;
  /** Forgets it. @returns what it was */
  take(id: string): RecentMessage | undefined;
}

const remembered = 5000;

export function createRecentMessages(): RecentMessages {
  const known = new Map<string, RecentMessage>();
  return {
    get: (id) => known.get(id),
    put(message) {
      const { id } = message.content;
      if (!known.has(id) && known.size >= remembered) known.delete(known.keys().next().value!);
      known.set(id, message);
    },
    take(id) {
      const message = known.get(id);
      known.delete(id);
      return message;
    },
  };
}
