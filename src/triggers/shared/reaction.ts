import type { BotEvent } from "../../contracts/event.ts";
import type { Arguments, Fields } from "../../contracts/fields.ts";
import type { NamedTypes, TriggerContext, ValueMakers } from "../../contracts/word.ts";
import { t, type ValueType } from "../../language/types.ts";
import type { Values } from "../../language/values.ts";

export const reactionFields = {
  emoji: {
    kind: "list",
    of: { kind: "emoji", reaction: true, about: "An emoji." },
    about: "The emoji, or several of which each will do. Any, if left out.",
    optional: true,
    lone: true,
    examples: ["⭐"],
  },
  message: {
    kind: "plain",
    about: "The id of the message that it is about. Any message, if left out.",
    optional: true,
  },
} as const satisfies Fields;

/** Platforms write the same picture with and without the mark that asks for its coloured form; names may have colons. */
const plainEmoji = (emoji: string): string => emoji.replaceAll("\u{fe0f}", "").replace(/^:(.*):$/, "$1");

export function isReaction({ emoji, message }: Arguments<typeof reactionFields>): (context: TriggerContext) => boolean {
  const wanted = emoji === undefined ? undefined : new Set(emoji.map(plainEmoji));
  return ({ event }) => {
    if (event.kind !== "reaction_added" && event.kind !== "reaction_removed") return false;
    if (message !== undefined && message !== event.messageId) return false;
    return wanted === undefined || wanted.has(plainEmoji(event.emoji));
  };
}

export const reactionVariables = ({ person }: NamedTypes): Readonly<Record<string, ValueType>> => ({
  emoji: t.text,
  author: t.optional(person),
});

export function reactionValues(event: BotEvent, make: ValueMakers): Values {
  if (event.kind !== "reaction_added" && event.kind !== "reaction_removed") return {};
  return { emoji: event.emoji, author: event.author === undefined ? null : make.person(event.author) };
}
