import type { WarnedEvent } from "../contracts/event.ts";
import { defineTrigger } from "../contracts/word.ts";
import { t } from "../language/types.ts";

export const warned = defineTrigger({
  name: "warned",
  summary:
    "Somebody is warned: user is that person, moderator who did it, reason why, and count how many warnings the person has now within that time.",
  tells: [
    "somebody is warned and has {at?1=1 warning} now[, counting the last {within}]",
    "somebody is warned and has {at} warnings now[, counting the last {within}]",
    "somebody is warned",
  ],
  short: "at",
  fields: {
    at: {
      kind: "integer",
      about: "Only with the warning that makes it this many. With every warning, if left out.",
      optional: true,
      minimum: 1,
      examples: [3],
    },
    within: {
      kind: "duration",
      about: "Warnings that are older do not count. All count, if left out.",
      optional: true,
      minimumMs: 1000,
      examples: ["30d"],
    },
  },
  events: ["warned"],
  matches:
    ({ at, within }) =>
    ({ event }) =>
      event.kind === "warned" && (at === undefined || countOf(event, within) === at),
  variables: ({ person }) => ({ moderator: person, count: t.integer, reason: t.text }),
  values: (event, make, { within }) =>
    event.kind === "warned"
      ? { moderator: make.person(event.by), count: countOf(event, within), reason: event.reason }
      : {},
  feeds: [],
  hasMessage: false,
  examples: [
    { about: "Every warning", yaml: "warned" },
    { about: "The third warning in a month", yaml: "warned: { at: 3, within: 30d }" },
  ],
});

function countOf({ at, warnedAt }: WarnedEvent, within: number | undefined): number {
  return within === undefined ? warnedAt.length : warnedAt.filter((moment) => moment > at - within).length;
}
