import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { fitted } from "./shared/menu.ts";
import { compose } from "./shared/message.ts";
import { mentionFields, messageFields } from "./shared/message-fields.ts";
import { aboutMessage, messagePlace } from "./shared/written-message.ts";

export const edit_message = defineAction({
  name: "edit_message",
  summary: "Changes what a message of the bot says. Behind a button, it is the message with the button.",
  tells: [
    "change {message} to {text}[ with {embed}]",
    "change {message} to {embed}",
    "change the message to {text}[ with {embed}]",
    "change the message to {embed}",
    "change what stands under the message",
  ],
  short: "text",
  fields: {
    message: { ...aboutMessage.message, causing: "own" },
    ...messageFields,
    text: { ...messageFields.text, limit: "textLength" },
    ...mentionFields,
  },
  atLeastOne: ["text", "embed"],
  uses: ["messages.send", "messages.edit"],
  usesWhen: { embed: "messages.embed", buttons: "messages.buttons", menu: "messages.buttons" },
  repeatable: true,
  outcomes: {
    done: "The message says the new text; buttons that are not written again are gone.",
    not_done: "There is no such message, it is not the bot's own, or there was nothing to say.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Close a poll of one's own", yaml: 'edit_message: { message: "{{ steps.sent }}", text: Closed. }' },
    { about: "Behind a button", yaml: 'edit_message: "Taken by {{ user.name }}"' },
  ],
  async run(args, context) {
    const place = messagePlace(args.message, context);
    if (isSentence(place)) return notDone(place);
    const message = await compose(args, context);
    if (isSentence(message)) return notDone(message);
    await context.platform.editMessage(place.channelId, place.messageId, fitted(message, context));
    return done;
  },
});
