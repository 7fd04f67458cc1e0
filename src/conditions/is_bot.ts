import { defineCondition } from "../contracts/word.ts";

export const is_bot = defineCondition({
  name: "is_bot",
  aka: ["bot"],
  summary: "Whether a bot did it. Rules hear of bots only with bots: yes.",
  tells: "a bot {?did|did not do} it",
  short: "is",
  fields: { is: { kind: "boolean", about: "Yes for bots, no for people." } },
  examples: [{ about: "Only what other bots write", yaml: "is_bot: true" }],
  steady: true,
  compile({ is }) {
    return ({ event }) => event.user.isBot === is;
  },
});
