import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { aboutMessage, messagePlace } from "./shared/written-message.ts";

export const pin = defineAction({
  name: "pin",
  summary: "Pins a message, or takes its pin away.",
  tells: ["{unpin?yes=take the pin off|no=pin} {message}", "{unpin?yes=take the pin off|no=pin} the message"],
  bare: true,
  short: "message",
  fields: {
    ...aboutMessage,
    unpin: { kind: "boolean", about: "Whether the pin is taken away instead.", default: false },
  },
  right: "pin_messages",
  botRight: "pin_messages",
  uses: ["messages.pin"],
  repeatable: true,
  outcomes: {
    done: "The message is pinned, or no longer.",
    not_done: "There is no message, or the bot may not pin here.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Pin what was just sent", yaml: 'pin: "{{ steps.sent }}"' },
    { about: "Take the pin away again", yaml: 'pin: { message: "{{ steps.sent }}", unpin: yes }' },
  ],
  async run({ message, unpin }, context) {
    const place = messagePlace(message, context);
    if (isSentence(place)) return notDone(place);
    await context.platform.pin(place.channelId, place.messageId, !unpin, context.rule);
    return done;
  },
});
