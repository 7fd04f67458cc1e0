import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { aboutMessage, messagePlace } from "./shared/written-message.ts";

export const react = defineAction({
  name: "react",
  aka: ["reaction", "emoji"],
  summary: "Puts a reaction on a message.",
  tells: ["react to {message} with {emoji}", "react with {emoji}"],
  short: "emoji",
  fields: {
    emoji: { kind: "emoji", reaction: true, about: "The emoji to react with.", examples: ["👍"] },
    ...aboutMessage,
  },
  uses: ["messages.react"],
  repeatable: true,
  outcomes: {
    done: "The reaction stands under the message.",
    not_done: "There is no message, or the platform does not know or allow this emoji there.",
    failed: "The platform could not be reached.",
  },
  examples: [{ about: "Show that a message was seen", yaml: 'react: "👀"' }],
  async run({ emoji, message }, context) {
    const place = messagePlace(message, context);
    if (isSentence(place)) return notDone(place);
    await context.platform.react(place.channelId, place.messageId, emoji);
    return done;
  },
});
