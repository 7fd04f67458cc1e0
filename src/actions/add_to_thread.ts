import { defineAction, done, notDone } from "../contracts/word.ts";
import { isSentence } from "../sentences/sentence.ts";
import { hereOr, reached } from "./shared/place.ts";

export const add_to_thread = defineAction({
  name: "add_to_thread",
  summary: "Adds somebody to a thread.",
  tells: ["add {member} to {thread}", "add {member} to the thread"],
  short: "member",
  fields: {
    member: { kind: "person", about: "Who is added." },
    thread: { kind: "places", about: hereOr("The thread."), optional: true },
  },
  right: "manage_threads",
  botRight: "manage_threads",
  uses: ["threads", "threads.private"],
  repeatable: true,
  outcomes: {
    done: "The person sees the thread.",
    not_done: "This is not a thread, or the bot may not add people to it.",
    failed: "The platform could not be reached.",
  },
  examples: [
    {
      about: "Fetch a moderator",
      yaml: 'add_to_thread: { member: "{{ options.member }}", thread: "{{ steps.thread }}" }',
    },
  ],
  async run({ member, thread }, context) {
    const places = reached(thread, context);
    if (isSentence(places)) return notDone(places);
    for (const { port, channelId } of places) await port.addToThread(channelId, member.id);
    return done;
  },
});
