import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { hereOr, reached } from "./shared/place.ts";

export const typing = defineAction({
  name: "typing",
  summary: "Shows for some seconds that the bot is writing.",
  tells: "show[ in {channel}] that the bot is writing",
  bare: true,
  short: "channel",
  fields: { channel: { kind: "places", about: hereOr("The channel, or several."), optional: true } },
  uses: ["messages.typing"],
  repeatable: true,
  outcomes: {
    done: "People see that the bot is writing.",
    not_done: "There is no channel, or the bot may not write there.",
    failed: "The platform could not be reached.",
  },
  examples: [{ about: "Before an answer that takes a while", yaml: "typing" }],
  async run({ channel }, context) {
    const places = reached(channel, context);
    if (isSentence(places)) return notDone(places);
    for (const { port, channelId } of places) await port.typing(channelId);
    return done;
  },
});
