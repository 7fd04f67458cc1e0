import type { MessageReactionUpdated, ReactionType } from "grammy/types";
import type { ReactionEvent } from "../../../contracts/event.ts";
import { chatAsPerson, type EventContext, originAt, personOf, placeOf } from "./event-parts.ts";

/**
 * What somebody put under a message and took away: Telegram tells all that they had there before and all that they have
 * now. Reactions of bots it does not tell, nor in which topic the message stands.
 */
export function reactionEvents(
  { chat, message_id: message, date, user, actor_chat, old_reaction, new_reaction }: MessageReactionUpdated,
  updateId: number,
  context: EventContext,
): ReactionEvent[] {
  const actor =
    user !== undefined
      ? personOf(user)
      : actor_chat === undefined || actor_chat.type === "private"
        ? undefined
        : chatAsPerson(actor_chat);
  if (actor === undefined || actor.id === String(context.me.id)) return [];
  const before = new Set(old_reaction.map(emojiOf));
  const after = new Set(new_reaction.map(emojiOf));
  const event = (kind: ReactionEvent["kind"], emoji: string): ReactionEvent => ({
    kind,
    key: `${kind}:${chat.id}:${message}:${updateId}:${emoji}`,
    at: date * 1000,
    ...placeOf(chat, undefined, context),
    user: actor,
    emoji,
    messageId: String(message),
    origin: originAt(chat, message, undefined),
  });
  return [
    ...[...before].filter((emoji) => !after.has(emoji)).map((emoji) => event("reaction_removed", emoji)),
    ...[...after].filter((emoji) => !before.has(emoji)).map((emoji) => event("reaction_added", emoji)),
  ];
}

/** The character itself; the id of a custom emoji, whose name bots are not told; a paid reaction is a star. */
function emojiOf(reaction: ReactionType): string {
  switch (reaction.type) {
    case "emoji":
      return reaction.emoji;
    case "custom_emoji":
      return reaction.custom_emoji_id;
    case "paid":
      return "⭐";
  }
}
