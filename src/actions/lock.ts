import { defineAction } from "../contracts/word.ts";
import { locking, setLocked } from "./shared/locking.ts";

export const lock = defineAction({
  name: "lock",
  summary: "Keeps people without rights of their own from writing in a channel.",
  tells: "keep people from writing[ in {channel}][ because of {reason}]",
  toPeople: "keep them from writing in a channel",
  ...locking,
  outcomes: {
    done: "Only people with rights of their own can write there.",
    not_done: "There is no channel, or the bot may not change it.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Where this happens", yaml: "lock" },
    { about: "Another channel", yaml: "lock: { channel: general, reason: Raid }" },
  ],
  run: (args, context) => setLocked(true, args, context),
});
