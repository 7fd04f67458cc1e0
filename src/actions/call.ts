import { defineAction } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import type { Value } from "../language/values.ts";

export const call = defineAction({
  name: "call",
  summary:
    "Does the actions of a block that the file keeps under blocks, then goes on. A stop inside the block ends the caller too.",
  tells: "do what stands in the block {block}[, given {with}]",
  short: "block",
  fields: {
    block: { kind: "block_name", about: "Its name under blocks.", examples: ["greet"] },
    with: {
      kind: "map",
      of: { kind: "value", template: true, asWritten: true, about: "A value; for a text, {{ }} may stand in it." },
      about: "What the block is given along: its options, by their names.",
      optional: true,
    },
  },
  repeatable: true,
  decides: true,
  ways: ({ block }, blocks) => (typeof block === "string" && Object.hasOwn(blocks, block) ? [blocks[block]!.do] : [[]]),
  rounds: true,
  saves: (_args, _types, { inside }) => t.object("record", inside),
  outcomes: {
    done: "The block was done to its end. save_as keeps what was saved inside, by its names.",
    not_done: "What it is given along does not fit its options.",
  },
  examples: [
    { about: "Greet somebody", yaml: 'call: { block: greet, with: { who: "{{ user }}" } }' },
    { about: "A block without options", yaml: "call: goodbye" },
  ],
  run: ({ block, with: given = {} }) => ({
    end: "call",
    block,
    options: given as Readonly<Record<string, Value>>,
  }),
});
