import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { say } from "../sentences/sentence.ts";
import { reasonField } from "./shared/moderation-fields.ts";
import { isOutcome, serverOf } from "./shared/server.ts";

export const unwarn = defineAction({
  name: "unwarn",
  summary: "Takes a warning of somebody back: the latest, the one with a number, or all.",
  tells: [
    "take back {all?yes=all warnings} of {member}[ because of {reason}]",
    "take back one warning of {member}, by its number ({number})[, because of {reason}]",
    "take back the latest warning of {member}[ because of {reason}]",
  ],
  toPeople: "take their warnings back",
  short: "member",
  fields: {
    member: { kind: "person", about: "Whose warning." },
    number: {
      kind: "integer",
      about: "The warning's number, as cases shows it. The latest, if left out.",
      optional: true,
    },
    all: { kind: "boolean", about: "Whether all of them are taken back.", default: false },
    ...reasonField,
  },
  right: "mute_members",
  moderation: true,
  target: "member",
  saves: t.integer,
  outcomes: {
    done: "The warning is gone. save_as keeps how many the person has left.",
    not_done: "The person has no such warning, stands too high, or this is not on a server.",
    failed: "The storage could not be reached.",
  },
  examples: [
    { about: "The latest warning", yaml: 'unwarn: "{{ options.member }}"' },
    { about: "All of them", yaml: 'unwarn: { member: "{{ options.member }}", all: yes, reason: A fresh start }' },
  ],
  async run({ member, number, all }, context) {
    const server = serverOf(context, member);
    if (isOutcome(server)) return server;
    const { event, warnings } = context;
    const which = all ? "all" : (number ?? "latest");
    const { removed, left } = await warnings.remove(event.platform, server.id, member.id, which);
    if (removed > 0) return doneWith(left);
    return notDone(
      number === undefined
        ? say("no_warnings", { name: member.name })
        : say("no_such_warning", { name: member.name, number }),
    );
  },
});
