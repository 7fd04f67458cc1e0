import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { isSentence } from "../sentences/sentence.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { hereOr, reached } from "./shared/place.ts";

export const purge = defineAction({
  name: "purge",
  summary: "Deletes the latest messages of a channel, of everybody or of one person.",
  tells: "delete the latest messages[ of {by}][ in {channel}], {most} at most[, because of {reason}]",
  toPeople: "delete what they wrote",
  short: "most",
  fields: {
    most: { kind: "integer", about: "How many messages at most.", minimum: 1, maximum: 500, examples: [20] },
    by: { kind: "person", about: "Only the messages of this person.", optional: true },
    channel: { kind: "places", about: hereOr("The channel, or several."), optional: true },
    ...reasonField,
  },
  right: "manage_messages",
  botRight: "manage_messages",
  uses: ["messages.purge"],
  moderation: true,
  repeatable: true,
  saves: t.integer,
  outcomes: {
    done: "The messages are gone. save_as keeps how many; platforms keep messages older than they let bots delete.",
    not_done: "There is no channel, or the bot may not delete messages there.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "The last 20 messages here", yaml: "purge: 20" },
    { about: "What one person wrote", yaml: 'purge: { most: 100, by: "{{ options.member }}", reason: Spam }' },
  ],
  async run({ most, by, channel, reason }, context) {
    const places = reached(channel, context);
    if (isSentence(places)) return notDone(places);
    const { event } = context;
    // The command that asks for it stays until it is answered.
    const before = channel === undefined && "message" in event ? { before: event.message.id } : {};
    const what = { most, ...before, ...(by === undefined ? {} : { by: by.id }) };
    let deleted = 0;
    for (const { port, channelId } of places) deleted += await port.purge(channelId, what, reasonText(reason));
    return doneWith(deleted);
  },
});
