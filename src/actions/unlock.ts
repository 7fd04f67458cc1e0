import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { hereOr, reached } from "./shared/place.ts";

export const unlock = defineAction({
  name: "unlock",
  summary: "Lets everybody write in a channel again.",
  tells: "let everybody write again[ in {channel}]",
  bare: true,
  short: "channel",
  fields: {
    channel: { kind: "places", about: hereOr("The channel, or several."), optional: true },
    ...reasonField,
  },
  right: "manage_channels",
  botRight: "manage_channels",
  uses: ["channels.lock"],
  moderation: true,
  repeatable: true,
  outcomes: {
    done: "Everybody can write there again.",
    not_done: "There is no channel, or the bot may not change it.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Where this happens", yaml: "unlock" },
    { about: "Another channel", yaml: "unlock: { channel: general }" },
  ],
  async run({ channel, reason }, context) {
    const places = reached(channel, context);
    if (isSentence(places)) return notDone(places);
    for (const { port, channelId } of places) await port.lock(channelId, false, reasonText(reason));
    return done;
  },
});
