import type { ResolvedPlace } from "../contracts/fields.ts";
import type { OutMessage, SentMessage } from "../contracts/message.ts";
import { PlatformError } from "../contracts/platform.ts";
import { type ActionContext, defineAction, doneWith, notDone } from "../contracts/word.ts";
import { isSentence, say } from "../sentences/sentence.ts";
import { deleteAfterField, deleteLater, takeBack } from "./shared/delete-after.ts";
import { attach } from "./shared/file.ts";
import { withoutMentions } from "./shared/mentions.ts";
import { fitted } from "./shared/menu.ts";
import { compose, sentValue } from "./shared/message.ts";
import { fileField, mentionFields, messageFields, tellsMessage } from "./shared/message-fields.ts";

export const send = defineAction({
  name: "send",
  aka: ["post", "send_message", "announce"],
  summary: "Sends a message to a channel, or to several.",
  tells: tellsMessage(
    "send to {to}:",
    "[{mentions?everyone=, calling everybody together}][, and take it back after {delete_after}]",
  ),
  fields: {
    to: {
      kind: "places",
      about: "The channel or channels, by name. Write discord:news for a channel on another platform.",
      examples: ["welcome", "discord:news"],
      forPerson: (to) => `to write to a person: direct_message: { to: ${to}, text: … }`,
    },
    ...messageFields,
    ...fileField,
    ...deleteAfterField,
    ...mentionFields,
  },
  atLeastOne: ["text", "embed", "file"],
  uses: ["messages.send"],
  usesWhen: { embed: "messages.embed", buttons: "messages.buttons", menu: "messages.buttons", file: "messages.file" },
  saves: (_args, types) => types.message,
  outcomes: {
    done: "The message was sent to every place.",
    not_done: "There was nothing to say, there is no such place, or the bot may not write there.",
    failed: "A platform could not be reached. The other places have got their message all the same.",
  },
  examples: [
    { about: "Greet newcomers", yaml: 'send: { to: welcome, text: "Welcome {{ user.mention }}!" }' },
    {
      about: "The same news on two platforms",
      yaml: "send: { to: [discord:news, telegram:news], text: We are open. }",
    },
  ],
  async run(args, context) {
    const composed = await compose(args, context);
    if (isSentence(composed)) return notDone(composed);
    const message = await attach(
      args.file,
      composed,
      context,
      args.to.map(({ platform }) => platform),
    );
    if (isSentence(message)) return notDone(message);
    const sent: SentMessage[] = [];
    const errors: unknown[] = [];
    for (const place of args.to) {
      try {
        const one = await sendTo(place, message, context);
        sent.push(one);
        await deleteLater(context, place.platform, one, args.delete_after);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
    const first = sent[0];
    return first === undefined ? notDone(say("no_place_to_send")) : doneWith(sentValue(first));
  },
  later: takeBack,
});

async function sendTo(place: ResolvedPlace, message: OutMessage, context: ActionContext): Promise<SentMessage> {
  if (place.platform === context.event.platform)
    return context.platform.send(place.channel.id, fitted(message, context));
  const port = context.port(place.platform);
  if (port === undefined)
    throw new PlatformError("unavailable", `The bot is not connected to ${place.platform} right now.`);
  return port.send(place.channel.id, withoutMentions(fitted(message, context, place.platform)));
}
