import { PlatformError } from "../contracts/platform.ts";
import { defineAction, done, notDone } from "../contracts/word.ts";

export const delete_message = defineAction({
  name: "delete_message",
  summary: "Deletes the message that caused this; a command in it does not run then.",
  bare: true,
  fields: {},
  right: "manage_messages",
  botRight: "manage_messages",
  uses: ["messages.delete"],
  repeatable: true,
  outcomes: {
    done: "The message is gone.",
    not_done: "There is no message to delete, or the bot may not delete it.",
    failed: "The platform could not be reached.",
  },
  examples: [{ about: "Delete the message", yaml: "delete_message" }],
  async run(_args, { event, platform, rule, cancelCommand }) {
    if (event.kind !== "message" || event.channel === undefined) return notDone("There is no message here to delete.");
    try {
      await platform.deleteMessage(event.channel.id, event.message.id, rule);
    } catch (error) {
      const isGone = error instanceof PlatformError && error.kind === "not_found";
      if (!isGone) throw error;
    }
    cancelCommand();
    return done;
  },
});
