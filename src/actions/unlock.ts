import { defineAction } from "../contracts/word.ts";
import { locking, setLocked } from "./shared/locking.ts";

export const unlock = defineAction({
  name: "unlock",
  summary: "Lets everybody write in a channel again.",
  tells: "let everybody write again[ in {channel}]",
  ...locking,
  outcomes: {
    done: "Everybody can write there again.",
    not_done: "There is no channel, or the bot may not change it.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Where this happens", yaml: "unlock" },
    { about: "Another channel", yaml: "unlock: { channel: general }" },
  ],
  run: (args, context) => setLocked(false, args, context),
});
