import { defineCondition } from "../contracts/word.ts";

export const is_command = defineCondition({
  name: "is_command",
  summary: "Whether it calls a command of this bot.",
  tells: "it {?calls|does not call} a command",
  short: "is",
  fields: { is: { kind: "boolean", about: "Yes for commands, no for everything else." } },
  examples: [{ about: "Everything but commands", yaml: "is_command: false" }],
  steady: true,
  compile({ is }) {
    return ({ here }) => here.callsCommand() === is;
  },
});
