import type { CanonicalArguments, CanonicalValue } from "../contracts/canonical.ts";
import { defineAction, notDone, type WrittenTypes } from "../contracts/word.ts";
import { required, t } from "../language/types.ts";
import type { Value } from "../language/values.ts";
import { say } from "../sentences/sentence.ts";
import { forloopType, mostBranches, mostRounds } from "./shared/rounds.ts";
import { actionsIn } from "./shared/ways.ts";

export const for_each = defineAction({
  name: "for_each",
  aka: ["each", "loop", "foreach"],
  summary: "Does the same for each item of a list, one after the other or all together.",
  tells: "for each {for_each.as} of {for_each.items}[{for_each.together?yes=, all at once}]",
  block: { key: "for_each" },
  fields: {
    for_each: {
      kind: "object",
      about: "What to go through.",
      short: "items",
      fields: {
        items: {
          kind: "list",
          of: { kind: "value", about: "An item." },
          lone: true,
          about: "The list: written here, or one expression that gives it.",
          examples: ["[Chess, Go, Poker]"],
        },
        as: {
          kind: "plain",
          about: "What an item is called inside.",
          default: "item",
          pattern: "^[a-z][a-z0-9_]*$",
          maxLength: 32,
        },
        together: {
          kind: "boolean",
          about:
            "Whether it is done for all items at once: asking three people waits for all three. Otherwise for one after the other.",
          default: false,
        },
      },
    },
    do: { kind: "actions", about: "What happens for each of them." },
  },
  repeatable: true,
  decides: true,
  rounds: true,
  ways: (args) => [actionsIn(args.do), []],
  variables: (args, written) => {
    const { as, item, together } = itemOf(args, written);
    return { [as]: item, ...(together ? {} : { forloop: forloopType }) };
  },
  saves(args, _types, written) {
    const { as, item } = itemOf(args, written);
    const inside = Object.entries(written.inside).map(([name, type]) => [name, t.optional(type)] as const);
    return t.list(t.object("record", { ...Object.fromEntries(inside), [as]: item }));
  },
  outcomes: {
    done: "It was done for every item; for one that was refused or failed, as far as it went. save_as keeps a list with one record for each: the item by its name, and what was saved inside.",
    not_done: `The list has more than ${mostRounds} items, or more than ${mostBranches} to do together.`,
  },
  examples: [
    {
      about: "Three answers",
      yaml: 'for_each: { items: [Chess, Go, Poker], as: game }\ndo:\n  - reply: "Who plays {{ game }}?"',
    },
    {
      about: "Three messages at once, and what each of them was",
      yaml: 'for_each: { items: [Chess, Go, Poker], as: game, together: yes }\ndo:\n  - reply: "Who plays {{ game }}?"\n    save_as: question\nsave_as: questions',
    },
  ],
  run({ for_each: { items, as, together }, do: block }) {
    const all = items.flatMap((item): readonly Value[] => (item === null ? [] : Array.isArray(item) ? item : [item]));
    const most = together ? mostBranches : mostRounds;
    if (all.length > most) return notDone(say("list_too_long", { count: all.length, most, together }));
    if (!together) return { end: "enter", block, loop: { items: all, as } };
    return { end: "fork", branches: all.map((item) => ({ block, as, item })) };
  },
});

/** The item's name and type, as they are written. */
function itemOf(args: CanonicalArguments, { typeOf }: WrittenTypes) {
  const { items, as, together } = args.for_each as { items: readonly CanonicalValue[]; as: string; together: boolean };
  const type = required(typeOf(items));
  return { as, together, item: type.kind === "list" ? type.of : type };
}
