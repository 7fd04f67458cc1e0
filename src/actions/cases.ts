import { defineAction, doneWith } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { instant } from "../language/values.ts";
import { isOutcome, serverOf } from "./shared/server.ts";

export const cases = defineAction({
  name: "cases",
  summary: "Looks up what was done about somebody here: warnings, notes, mutes, kicks and bans, the latest first.",
  tells: "look up {only?all=what was done about|warnings=the warnings of} {member}[ within {within}]",
  short: "member",
  fields: {
    member: { kind: "person", about: "Whom it is about." },
    most: { kind: "integer", about: "How many at most.", default: 20, minimum: 1, maximum: 100 },
    only: {
      kind: "choice",
      values: ["all", "warnings"],
      about: "Whether only the warnings that stand are looked up, with their numbers.",
      default: "all",
    },
    within: {
      kind: "duration",
      about: "Only what was done in this time. Everything, if left out.",
      optional: true,
      minimumMs: 1000,
      examples: ["30d"],
    },
  },
  repeatable: true,
  saves: t.list(t.object("case", { number: t.integer, what: t.text, by: t.text, reason: t.text, at: t.time }, "what")),
  outcomes: {
    done: "The list is made, empty where nothing was done; save_as keeps it. What is older than audit.keep is gone.",
    not_done: "This is not on a server.",
    failed: "The storage could not be reached.",
  },
  examples: [
    { about: "Show what was done about somebody", yaml: 'cases: "{{ options.member }}"\nsave_as: cases' },
    { about: "Warnings that still stand", yaml: 'cases: { member: "{{ user }}", only: warnings }\nsave_as: warnings' },
  ],
  async run({ member, most, only, within }, context) {
    const server = serverOf(context, member);
    if (isOutcome(server)) return server;
    const { event, warnings, now } = context;
    const since = within === undefined ? Number.NEGATIVE_INFINITY : now - within;
    if (only === "warnings") {
      const standing = await warnings.list(event.platform, server.id, member.id);
      const latest = standing
        .filter(({ at }) => at > since)
        .slice(-most)
        .reverse();
      return doneWith(
        latest.map(({ id, byName, reason, at }) => ({ number: id, what: "warn", by: byName, reason, at: instant(at) })),
      );
    }
    const found = await context.moderationOf(member, most);
    return doneWith(found.filter(({ at }) => at > since).map(({ at, ...rest }) => ({ ...rest, at: instant(at) })));
  },
});
