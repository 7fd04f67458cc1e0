import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { hereOr, reached } from "./shared/place.ts";

export const lock = defineAction({
  name: "lock",
  summary: "Keeps people without rights of their own from writing in a channel.",
  tells: "keep people from writing[ in {channel}]",
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
    done: "Only people with rights of their own can write there.",
    not_done: "There is no channel, or the bot may not change it.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Where this happens", yaml: "lock" },
    { about: "Another channel", yaml: "lock: { channel: general, reason: Raid }" },
  ],
  async run({ channel, reason }, context) {
    const places = reached(channel, context);
    if (isSentence(places)) return notDone(places);
    for (const { port, channelId } of places) await port.lock(channelId, true, reasonText(reason));
    return done;
  },
});
