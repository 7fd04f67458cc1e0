import { defineTrigger } from "../contracts/word.ts";
import { isReaction, reactionFields, reactionValues, reactionVariables } from "./shared/reaction.ts";

export const reaction_removed = defineTrigger({
  name: "reaction_removed",
  summary:
    "Somebody takes a reaction to a message back. emoji is the reaction, author who wrote the message, where the platform tells it.",
  tells: [
    "somebody takes back {emoji} from the message {message}",
    "somebody takes back a reaction to the message {message}",
    "somebody takes back {emoji} from a message",
    "somebody takes back a reaction",
  ],
  short: "emoji",
  fields: reactionFields,
  events: ["reaction_removed"],
  matches: isReaction,
  variables: reactionVariables,
  values: reactionValues,
  feeds: ["reactions"],
  uses: ["events.reactions"],
  hasMessage: false,
  examples: [{ about: "A star taken back", yaml: 'reaction_removed: "⭐"' }],
});
