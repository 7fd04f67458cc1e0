import { defineAction, done } from "../contracts/word.ts";
import { isOutcome, serverOf } from "./shared/server.ts";

export const note = defineAction({
  name: "note",
  summary:
    "Writes something down about somebody, for the moderators. They are not told, and it does not count as a warning.",
  tells: "write a note about {member}: {text}",
  toPeople: "write notes about them",
  fields: {
    member: { kind: "person", about: "Whom it is about." },
    text: { kind: "text", about: "What is written down.", maxLength: 1000 },
  },
  right: "mute_members",
  moderation: true,
  target: "member",
  repeatable: true,
  outcomes: {
    done: "The note stands in the audit log, and cases shows it.",
    not_done: "The person stands too high, or this is not on a server.",
    failed: "The audit log could not be written.",
  },
  examples: [
    { about: "Remember something", yaml: 'note: { member: "{{ options.member }}", text: Promised to stop. }' },
  ],
  async run({ member }, context) {
    const server = serverOf(context, member);
    // What is written is the row of the audit log that every moderation action leaves.
    return isOutcome(server) ? server : done;
  },
});
