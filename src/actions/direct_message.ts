import { PlatformError } from "../contracts/platform.ts";
import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { attach } from "./shared/file.ts";
import { withoutMentions } from "./shared/mentions.ts";
import { fitted } from "./shared/menu.ts";
import { compose, sentValue } from "./shared/message.ts";
import { fileField, messageFields, tellsMessage } from "./shared/message-fields.ts";

export const direct_message = defineAction({
  name: "direct_message",
  aka: ["dm", "pm", "whisper", "private_message"],
  summary: "Writes to somebody in private.",
  tells: tellsMessage("write to {to} in private:"),
  short: "text",
  fields: {
    to: { kind: "person", about: "To whom. The person who caused this, if left out.", optional: true, causer: true },
    ...messageFields,
    ...fileField,
  },
  atLeastOne: ["text", "embed", "file"],
  uses: ["messages.direct"],
  usesWhen: { embed: "messages.embed", buttons: "messages.buttons", menu: "messages.buttons", file: "messages.file" },
  saves: (_args, types) => types.message,
  outcomes: {
    done: "The message was sent.",
    not_done: "There was nothing to say, or the person does not take private messages from the bot.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Write to the person who asked", yaml: "direct_message: Here is your ticket." },
    {
      about: "Say so where it cannot be done",
      yaml: 'direct_message: { to: "{{ user }}", text: Hello! }\nelse:\n  - reply: I cannot write to you in private.',
    },
  ],
  async run(args, context) {
    const person = args.to ?? context.event.user;
    const composed = await compose(args, context);
    if (isSentence(composed)) return notDone(composed);
    const message = await attach(args.file, composed, context, [person.platform]);
    if (isSentence(message)) return notDone(message);
    if (person.platform === context.event.platform)
      return doneWith(sentValue(await context.platform.direct(person.id, fitted(message, context))));
    const port = context.port(person.platform);
    if (port === undefined)
      throw new PlatformError("unavailable", `The bot is not connected to ${person.platform} right now.`);
    return doneWith(
      sentValue(await port.direct(person.id, withoutMentions(fitted(message, context, person.platform)))),
    );
  },
});
