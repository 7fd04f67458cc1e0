import { defineTrigger } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { isDuration, type Value } from "../language/values.ts";

export const data_reached = defineTrigger({
  name: "data_reached",
  summary:
    "A number that is declared under data comes to a mark: user is whose it is, before and value what it was and is. It starts with the change that crosses the mark.",
  tells: ["{at} {data} are reached", "fewer than {below} {data} are left"],
  fields: {
    data: { kind: "data_name", about: "Its name, as it is declared under data.", numbers: true, examples: ["coins"] },
    at: {
      kind: "value",
      about: "The mark: it starts when the number grows to it, or past it.",
      optional: true,
      examples: [100],
    },
    below: {
      kind: "value",
      about: "The mark: it starts when the number falls below it.",
      optional: true,
      examples: [10],
    },
  },
  events: ["data_changed"],
  matches({ data, at, below }) {
    if ((at === undefined) === (below === undefined))
      return {
        problem: "say either at: 100, for a number that grows, or below: 10, for one that falls.",
        field: "data",
      };
    const mark = numberOf(at ?? below);
    return ({ event }) => {
      if (event.kind !== "data_changed" || event.data !== data) return false;
      const { before, after } = event;
      return at === undefined ? before >= mark && after < mark : before < mark && after >= mark;
    };
  },
  variables: () => ({ before: t.number, value: t.number }),
  values: (event) => (event.kind === "data_changed" ? { before: event.before, value: event.after } : {}),
  feeds: [],
  hasMessage: false,
  examples: [
    { about: "Whoever has come to a hundred coins", yaml: "data_reached: { data: coins, at: 100 }" },
    { about: "Whoever has less than ten left", yaml: "data_reached: { data: coins, below: 10 }" },
  ],
});

function numberOf(value: Value | undefined): number {
  return isDuration(value) ? value.ms : Number(value);
}
