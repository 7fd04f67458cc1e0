import { defineAction, done } from "../contracts/word.ts";
import { forloopType, mostRounds } from "./shared/rounds.ts";
import { actionsIn } from "./shared/ways.ts";

export const repeat = defineAction({
  name: "repeat",
  summary: "Does the same several times, one after the other.",
  tells: "do this {repeat} times",
  block: { key: "repeat" },
  fields: {
    repeat: {
      kind: "integer",
      about: "How many times. forloop.index counts them from 1, as in for_each and {% for %}.",
      minimum: 0,
      maximum: mostRounds,
      examples: [3],
    },
    do: { kind: "actions", about: "What happens each time." },
  },
  repeatable: true,
  decides: true,
  ways: (args) => [actionsIn(args.do), ...(typeof args.repeat === "number" && args.repeat > 0 ? [] : [[]])],
  variables: () => ({ forloop: forloopType }),
  outcomes: { done: "It was done so many times.", not_done: "The number is below 0 or above 1000." },
  examples: [{ about: "Count to three", yaml: 'repeat: 3\ndo:\n  - reply: "{{ forloop.index }}"' }],
  run({ repeat: times, do: block }) {
    if (times === 0) return done;
    return { end: "enter", block, loop: { items: Array.from({ length: times }, (_, index) => index + 1) } };
  },
});
