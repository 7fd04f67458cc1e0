import type { PastMessage } from "../contracts/message.ts";
import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { isSentence } from "../sentences/sentence.ts";
import { hereOr, reached } from "./shared/place.ts";

export const transcript = defineAction({
  name: "transcript",
  summary: "Writes down what was said in a channel or thread, as a text file that send and reply can attach.",
  tells: "write down what was said[ in {channel}], the latest {most} messages",
  bare: true,
  short: "channel",
  fields: {
    channel: { kind: "places", about: hereOr("The channel or thread."), optional: true },
    most: {
      kind: "integer",
      about: "How many of the latest messages at most.",
      default: 500,
      minimum: 1,
      maximum: 5000,
    },
  },
  right: "read_messages",
  botRight: "read_messages",
  uses: ["messages.history"],
  repeatable: true,
  saves: t.object("file", { name: t.text, text: t.text, count: t.integer }, "name"),
  outcomes: {
    done: "The file is made. save_as keeps it: its name, its text and how many messages it holds.",
    not_done: "There is no channel, or the bot may not read it.",
    failed: "The platform could not be reached.",
  },
  examples: [{ about: "Keep what was said before a thread is closed", yaml: "transcript:\nsave_as: record" }],
  async run({ channel, most }, context) {
    const places = reached(channel, context);
    if (isSentence(places)) return notDone(places);
    const parts: string[] = [];
    let count = 0;
    for (const { port, channelId } of places) {
      const messages = await port.history(channelId, most);
      count += messages.length;
      parts.push(...messages.map(lineOf));
    }
    const day = new Date(context.now).toISOString().slice(0, 10);
    return doneWith({ name: `transcript-${day}.txt`, text: parts.join("\n"), count });
  },
});

function lineOf({ author, text, at, files }: PastMessage): string {
  const time = new Date(at).toISOString().slice(0, 16).replace("T", " ");
  const attached = files.length === 0 ? "" : ` [files: ${files.join(", ")}]`;
  // What follows a line break stands further in, so that nobody writes lines that look like somebody else's.
  return `${time} ${author.name.replace(/\s+/g, " ")}: ${text.replace(/\r?\n|[\u2028\u2029\r]/g, "\n    ")}${attached}`;
}
