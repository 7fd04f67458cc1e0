import type { CanonicalValue } from "../contracts/canonical.ts";
import { PlatformError } from "../contracts/platform.ts";
import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { aboutMessage, messagePlace } from "./shared/written-message.ts";

export const delete_message = defineAction({
  name: "delete_message",
  aka: ["delete", "remove_message"],
  summary:
    "Deletes a message. A command in the message that caused this does not run then. What the bot itself has sent, kept by save_as, it may delete on every platform.",
  tells: ["delete {message}", "delete the message"],
  toPeople: "delete what they wrote",
  bare: true,
  short: "message",
  fields: aboutMessage,
  right: "manage_messages",
  botRight: "manage_messages",
  uses: ["messages.delete"],
  // What save_as has kept of a message is always one of the bot's own.
  usesFreely: ({ message }) => (isKept(message) ? ["messages.delete_own"] : undefined),
  repeatable: true,
  outcomes: {
    done: "The message is gone.",
    not_done: "There is no message to delete, or the bot may not delete it.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Delete the message that caused this", yaml: "delete_message" },
    { about: "Delete what the bot said before", yaml: 'delete_message: "{{ steps.sent }}"' },
  ],
  async run({ message }, context) {
    const place = messagePlace(message, context);
    if (isSentence(place)) return notDone(place);
    const { event, platform, rule } = context;
    try {
      await platform.deleteMessage(place.channelId, place.messageId, rule);
    } catch (error) {
      const isGone = error instanceof PlatformError && error.kind === "not_found";
      if (!isGone) throw error;
    }
    if (event.kind === "message" && event.message.id === place.messageId) context.cancelCommand();
    return done;
  },
});

const isKept = (message: CanonicalValue | undefined): boolean =>
  typeof message === "object" &&
  message !== null &&
  "$" in message &&
  /^\s*steps\.\w+(\.\w+)*\s*$/.test(String(message.$));
