import { defineAction } from "../contracts/word.ts";
import { branchesIn, listsOf } from "./shared/ways.ts";

export const choose = defineAction({
  name: "choose",
  summary: "Goes through the branches from the top and does the first that fits.",
  tells: "do the first that fits",
  tellsBranch: "otherwise",
  block: { key: "choose" },
  fields: {
    choose: {
      kind: "list",
      about: "The branches.",
      of: {
        kind: "object",
        about: "One branch.",
        fields: {
          if: { kind: "condition", about: "When it fits. A branch without it always fits.", optional: true },
          do: { kind: "actions", about: "What happens then." },
        },
      },
    },
  },
  repeatable: true,
  decides: true,
  ways: ({ choose: written }) => listsOf(branchesIn(written)),
  skips: ({ choose: written }) => branchesIn(written).every((branch) => branch.if !== undefined),
  outcomes: {
    done: "The first branch that fits was done.",
    not_done: "None fitted. Without else the run goes on, and nobody is told.",
  },
  examples: [
    {
      about: "Three answers",
      yaml: "choose:\n  - if: data.coins > 100\n    do: [ { reply: Rich } ]\n  - if: data.coins > 10\n    do: [ { reply: Well off } ]\n  - do: [ { reply: Poor } ]",
    },
  ],
  async run({ choose: branches }) {
    for (const branch of branches)
      if (branch.if === undefined || (await branch.if()) === true) return { end: "enter", block: branch.do };
    return { end: "skip" };
  },
});
