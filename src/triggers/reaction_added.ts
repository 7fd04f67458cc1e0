import { defineTrigger } from "../contracts/word.ts";
import { isReaction, reactionFields, reactionValues, reactionVariables } from "./shared/reaction.ts";

export const reaction_added = defineTrigger({
  name: "reaction_added",
  aka: ["reaction", "react"],
  summary:
    "Somebody reacts to a message. emoji is the reaction, author who wrote the message, where the platform tells it.",
  tells: [
    "somebody reacts to the message {message} with {emoji}",
    "somebody reacts to the message {message}",
    "somebody reacts to a message with {emoji}",
    "somebody reacts to a message",
  ],
  short: "emoji",
  fields: reactionFields,
  events: ["reaction_added"],
  matches: isReaction,
  variables: reactionVariables,
  values: reactionValues,
  feeds: ["reactions"],
  uses: ["events.reactions"],
  hasMessage: false,
  examples: [
    { about: "A star under any message", yaml: 'reaction_added: "⭐"' },
    { about: "A tick under one message", yaml: 'reaction_added: { emoji: "✅", message: "123456789012345678" }' },
  ],
});
