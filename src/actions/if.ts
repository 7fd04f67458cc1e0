import { defineAction, done } from "../contracts/word.ts";
import { actionsIn } from "./shared/ways.ts";

export const ifAction = defineAction({
  name: "if",
  summary: "Does one thing or another.",
  tells: "if {if}",
  block: { key: "if" },
  fields: {
    if: { kind: "condition", about: "What is asked. Not being able to tell counts as no." },
    do: { kind: "actions", about: "What happens when it is true." },
    else: { kind: "actions", about: "What happens when it is not.", optional: true },
  },
  repeatable: true,
  decides: true,
  ways: (args) => [actionsIn(args.do), actionsIn(args.else)],
  outcomes: { done: "One of the two lists was done, or there was nothing to do." },
  examples: [
    {
      about: "Answer by how many coins there are",
      yaml: "if: data.coins >= 10\ndo:\n  - reply: You are rich.\nelse:\n  - reply: Keep saving.",
    },
  ],
  async run(args, _context) {
    if ((await args.if()) === true) return { end: "enter", block: args.do };
    return args.else === undefined ? done : { end: "enter", block: args.else };
  },
});
