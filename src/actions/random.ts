import type { CanonicalValue } from "../contracts/canonical.ts";
import { defineAction, done, doneWith, notDone } from "../contracts/word.ts";
import { throwDice } from "../language/dice.ts";
import { required, t } from "../language/types.ts";
import type { Value } from "../language/values.ts";
import { say } from "../sentences/sentence.ts";
import { branchesIn, listsOf } from "./shared/ways.ts";

export const random = defineAction({
  name: "random",
  summary: "Does one of several things, or picks one of several values, or throws dice.",
  tells: ["throw the dice {dice}", "pick one of {from} by chance", "do one of these by chance"],
  tellsBranch: "perhaps[ ({weight} times as likely)]",
  short: "do",
  fields: {
    do: {
      kind: "list",
      of: {
        kind: "object",
        about: "One action, or several one after the other under a do of their own.",
        short: "do",
        fields: {
          weight: {
            kind: "number",
            about: "How often it is taken compared with the others: 3 is three times as often as 1.",
            default: 1,
            minimum: 0,
          },
          do: { kind: "actions", lone: true, about: "What happens then." },
        },
      },
      about: "What may happen.",
      optional: true,
    },
    from: {
      kind: "list",
      of: { kind: "value", about: "A value." },
      lone: true,
      about: "Values to pick one from: written here, or one expression that gives the list.",
      optional: true,
    },
    dice: {
      kind: "plain",
      about: "Dice to throw, as players write them: 2d6+1 is two dice of six sides and one more.",
      optional: true,
      examples: ["2d6+1"],
    },
  },
  exactlyOne: ["do", "from", "dice"],
  repeatable: true,
  decides: true,
  ways({ do: written }) {
    const branches = branchesIn(written).filter(({ weight }) => weight !== 0);
    return branches.length === 0 ? [[]] : listsOf(branches);
  },
  saves(args, _types, { typeOf }) {
    if (args.dice !== undefined) return t.object("throw", { total: t.integer, dice: t.list(t.integer) }, undefined);
    const type = required(typeOf((args.from ?? []) as readonly CanonicalValue[]));
    return type.kind === "list" ? type.of : type;
  },
  outcomes: {
    done: "One of them was done, or save_as keeps the value that was picked. Of dice it keeps the total, and dice, a list of what each shows.",
    not_done:
      "There is nothing to pick from, or the dice are not written like 2d6+1: up to 100, with up to 1000 sides.",
  },
  examples: [
    { about: "Heads or tails", yaml: "random:\n  - reply: Heads!\n  - reply: Tails!" },
    {
      about: "A rare answer",
      yaml: "random:\n  - weight: 9\n    do:\n      - reply: Nothing here.\n  - do:\n      - reply: You have found the treasure!",
    },
    { about: "One of three values", yaml: "random: { from: [Chess, Go, Poker] }\nsave_as: game" },
    { about: "Two dice of six sides, and one more", yaml: "random: { dice: 2d6+1 }\nsave_as: thrown" },
  ],
  run({ do: branches = [], from = [], dice }, context) {
    if (dice !== undefined) {
      const thrown = throwDice(dice, () => context.random());
      return thrown === undefined
        ? notDone(say("bad_dice", { dice }))
        : doneWith({ total: thrown.total, dice: thrown.dice });
    }
    const values = from.flatMap((item): readonly Value[] => (Array.isArray(item) ? item : [item]));
    if (values.length > 0) return doneWith(values[Math.floor(context.random() * values.length)]!);
    const total = branches.reduce((sum, { weight }) => sum + weight, 0);
    if (total <= 0) return branches.length > 0 ? done : notDone(say("nothing_to_pick"));
    let left = context.random() * total;
    for (const { weight, do: block } of branches) {
      if (left < weight) return { end: "enter", block };
      left -= weight;
    }
    return { end: "enter", block: branches.at(-1)!.do };
  },
});
