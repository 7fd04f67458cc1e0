import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence, say } from "../sentences/sentence.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { hereOr, reached } from "./shared/place.ts";

const hour = 3_600_000;

export const slowmode = defineAction({
  name: "slowmode",
  summary: "Makes everybody wait between two messages in a channel; 0s ends it.",
  tells: "let everybody wait between two messages[ in {channel}]: {wait}[, because of {reason}]",
  toPeople: "make them wait between two messages",
  short: "wait",
  fields: {
    wait: {
      kind: "duration",
      about: "How long everybody waits between two messages; 0s for no wait.",
      maximumMs: 6 * hour,
      examples: ["30s"],
    },
    channel: { kind: "places", about: hereOr("The channel, or several."), optional: true },
    ...reasonField,
  },
  right: "manage_channels",
  botRight: "manage_channels",
  uses: ["channels.slowmode"],
  moderation: true,
  repeatable: true,
  outcomes: {
    done: "Everybody waits so long between two messages.",
    not_done:
      "There is no channel, the time is longer than the platform can do, or the bot may not change the channel.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Half a minute, here", yaml: "slowmode: 30s" },
    { about: "No longer, in another channel", yaml: "slowmode: { wait: 0s, channel: general }" },
  ],
  async run({ wait, channel, reason }, context) {
    const places = reached(channel, context);
    if (isSentence(places)) return notDone(places);
    if (wait < 0 || wait > 6 * hour) return notDone(say("slowmode_too_long"));
    for (const { port, channelId } of places) await port.slowmode(channelId, wait, reasonText(reason));
    return done;
  },
});
