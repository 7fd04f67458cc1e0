import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { deleteAfterField, deleteLater, takeBack } from "./shared/delete-after.ts";
import { attach } from "./shared/file.ts";
import { fitted } from "./shared/menu.ts";
import { compose, sentValue } from "./shared/message.ts";
import { fileField, mentionFields, messageFields, tellsMessage } from "./shared/message-fields.ts";

export const reply = defineAction({
  name: "reply",
  aka: ["say", "answer", "respond", "response", "responses", "message", "write", "print", "antworte"],
  summary: "Answers where the command, message or button press came from.",
  tells: tellsMessage(
    "answer",
    "[{ephemeral?yes=, seen by that person alone}][{thread?yes=, in a thread}][{mentions?everyone=, calling everybody together}][, and take it back after {delete_after}]",
    "answer with",
  ),
  short: "text",
  fields: {
    ...messageFields,
    ...fileField,
    ephemeral: {
      kind: "boolean",
      about: "Whether only the person sees the answer, where the platform can do that; elsewhere everybody sees it.",
      default: false,
    },
    thread: {
      kind: "boolean",
      about:
        "Whether the answer begins a thread under the message, or stands in the one that it is in, where the platform has threads.",
      optional: true,
    },
    ...deleteAfterField,
    ...mentionFields,
  },
  answers: true,
  atLeastOne: ["text", "embed", "file"],
  uses: ["messages.send"],
  usesWhen: { embed: "messages.embed", buttons: "messages.buttons", menu: "messages.buttons", file: "messages.file" },
  saves: (_args, types) => types.message,
  outcomes: {
    done: "The answer was sent.",
    not_done: "There was nothing to say, or the platform does not let the bot write there.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "A plain answer", yaml: 'reply: "Hello {{ user.name }}!"' },
    {
      about: "An answer in a box, seen only by the person",
      yaml: "reply:\n  embed: { title: Rules, text: Be kind., color: green }\n  ephemeral: yes",
    },
    { about: "An answer that goes away again", yaml: "reply: { text: Noted., delete_after: 10s }" },
    {
      about: "An answer with a button",
      yaml: "reply:\n  text: Shall we?\n  buttons:\n    - label: Yes\n      style: success\n      do:\n        - reply: Then let us begin.",
    },
  ],
  async run(args, context) {
    const composed = await compose(args, context);
    if (isSentence(composed)) return notDone(composed);
    const message = await attach(args.file, composed, context, [context.event.platform]);
    if (isSentence(message)) return notDone(message);
    const written = {
      ...message,
      ...(args.ephemeral ? { ephemeral: true } : {}),
      ...(args.thread ? { inThread: true } : {}),
    };
    const sent = await context.reply(fitted(written, context));
    await deleteLater(context, context.event.platform, sent, args.delete_after);
    return doneWith(sentValue(sent));
  },
  later: takeBack,
});
