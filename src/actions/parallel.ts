import { defineAction, notDone } from "../contracts/word.ts";
import { say } from "../sentences/sentence.ts";
import { mostBranches } from "./shared/rounds.ts";

const branches = {
  kind: "list",
  of: {
    kind: "object",
    about: "One action, or several one after the other under a do of their own.",
    short: "do",
    fields: { do: { kind: "actions", lone: true, about: "What happens in this branch." } },
  },
} as const;

export const parallel = defineAction({
  name: "parallel",
  summary: "Does several things side by side, and goes on when all of them have ended.",
  tells: "do these side by side",
  tellsBranch: "at the same time",
  block: { key: "parallel" },
  fields: {
    parallel: { ...branches, about: "The branches, where they are not under do.", optional: true },
    do: { ...branches, about: "The branches.", optional: true },
  },
  exactlyOne: ["do", "parallel"],
  repeatable: true,
  decides: true,
  outcomes: {
    done: "All branches have ended. One that is refused, unanswered or fails ends alone. What they save is known behind them.",
    not_done: `There are more than ${mostBranches} branches.`,
  },
  examples: [
    {
      about: "Two messages at once",
      yaml: "parallel:\ndo:\n  - reply: One\n  - reply: Another",
    },
    {
      about: "Two branches, one of them with two actions",
      yaml: "parallel:\n  - do:\n      - reply: Wait for it\n      - wait: 5s\n      - reply: Here it is\n  - reply: Meanwhile",
    },
  ],
  run({ parallel: above = [], do: below = [] }) {
    const all = [...above, ...below];
    if (all.length > mostBranches) return notDone(say("too_many_branches", { most: mostBranches }));
    return { end: "fork", branches: all.map((branch) => ({ block: branch.do })) };
  },
});
