import { defineCondition } from "../contracts/word.ts";

export const can = defineCondition({
  name: "can",
  summary: "The person holds a right of the platform on this server.",
  tells: "the person {?may|may not} {right}",
  short: "right",
  fields: { right: { kind: "who", as: "can", about: "A right, or several; holding one is enough." } },
  examples: [
    { about: "Only whoever may ban people", yaml: "can: ban_members" },
    { about: "One of several rights", yaml: "can: [kick_members, ban_members]" },
  ],
  compile({ right }) {
    return ({ actor }) => right.matches(actor);
  },
});
