import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { hereOr, reached } from "./shared/place.ts";

export const close_thread = defineAction({
  name: "close_thread",
  summary: "Closes a thread: nobody writes in it any more.",
  tells: ["close {thread}", "close the thread"],
  bare: true,
  short: "thread",
  fields: { thread: { kind: "places", about: hereOr("The thread."), optional: true } },
  right: "manage_threads",
  botRight: "manage_threads",
  uses: ["threads"],
  repeatable: true,
  outcomes: {
    done: "The thread is closed.",
    not_done: "This is not a thread, or the bot may not close it.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "The thread in which this happens", yaml: "close_thread" },
    { about: "One that was begun before", yaml: 'close_thread: "{{ steps.thread }}"' },
  ],
  async run({ thread }, context) {
    const places = reached(thread, context);
    if (isSentence(places)) return notDone(places);
    for (const { port, channelId } of places) await port.closeThread(channelId, context.rule);
    return done;
  },
});
