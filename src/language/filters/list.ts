import { print, printerFor } from "../print.ts";
import type { ListType } from "../types.ts";
import { t, type ValueType } from "../types.ts";
import type { Value } from "../values.ts";
import type { Filter, FilterArgument } from "./filter.ts";
import { characters } from "./text.ts";

const elementOf = (type: ValueType): ValueType => (type.kind === "list" ? type.of : t.unknown);
const items = (value: Value) => value as readonly Value[];

export const join: Filter = {
  name: "join",
  summary: "A list as one text.",
  input: ["list"],
  args: [
    {
      name: "between",
      summary: "Put between two items; a comma and a space if left out.",
      kinds: ["text"],
      optional: true,
    },
  ],
  examples: [
    { expression: "['Chess', 'Go'] | join", output: "Chess, Go" },
    { expression: "['Chess', 'Go'] | join: ' or '", output: "Chess or Go" },
  ],
  result: (input) =>
    printerFor(input) === undefined
      ? { mistake: "the items of this list have no text of their own", hint: "go through them: {% for x in list %}" }
      : t.text,
  apply: (input, [between = ", "], env, type) => {
    const printItem = printerFor(elementOf(type)) ?? print;
    return items(input)
      .map((item) => printItem(item, env))
      .join(between as string);
  },
};

const count: FilterArgument = { name: "count", summary: "How many at most.", kinds: ["integer"], optional: true };

export const first: Filter = {
  name: "first",
  summary: "The first item of a list, empty where there is none; with a number, a list of the first ones.",
  tells: "the first of {}",
  input: ["list"],
  args: [count],
  examples: [
    { expression: "['Chess', 'Go'] | first", output: "Chess" },
    { expression: "['Chess', 'Go', 'Poker'] | first: 2 | join", output: "Chess, Go" },
  ],
  result: (input, args) => (args.length === 0 ? t.optional(elementOf(input)) : input),
  apply: (input, [most]) =>
    most === undefined ? (items(input)[0] ?? null) : items(input).slice(0, Math.max(0, Number(most))),
};

export const last: Filter = {
  name: "last",
  summary: "The last item of a list, empty where there is none; with a number, a list of the last ones.",
  tells: "the last of {}",
  input: ["list"],
  args: [count],
  examples: [
    { expression: "['Chess', 'Go'] | last", output: "Go" },
    { expression: "['Chess', 'Go', 'Poker'] | last: 2 | join", output: "Go, Poker" },
  ],
  result: (input, args) => (args.length === 0 ? t.optional(elementOf(input)) : input),
  apply: (input, [most]) =>
    most === undefined
      ? (items(input).at(-1) ?? null)
      : items(input).slice(Math.max(0, items(input).length - Math.max(0, Number(most)))),
};

export const size: Filter = {
  name: "size",
  summary: "How many items a list has, or characters a text; 0 for nothing.",
  tells: "the number of {}",
  input: ["list", "text"],
  acceptsEmpty: true,
  args: [],
  examples: [
    { expression: "['Chess', 'Go'] | size", output: "2" },
    { expression: "'hello' | size", output: "5" },
  ],
  result: () => t.integer,
  apply: (input) => (input === null ? 0 : typeof input === "string" ? characters(input).length : items(input).length),
};

const sortable = new Set(["text", "number", "integer", "date", "unknown", "empty"]);

export const sort: Filter = {
  name: "sort",
  summary: "A list of texts, numbers or dates in order.",
  input: ["list"],
  args: [],
  examples: [
    { expression: "['Go', 'Chess'] | sort | join", output: "Chess, Go" },
    { expression: "[10, 9] | sort | join", output: "9, 10" },
  ],
  result: (input) =>
    sortable.has(elementOf(input).kind)
      ? (input as ListType)
      : { mistake: "only texts, numbers and dates can be put in order" },
  apply: (input, _args, env) =>
    [...items(input)].sort((a, b) =>
      typeof a === "number" && typeof b === "number" ? a - b : print(a, env).localeCompare(print(b, env), env.locale),
    ),
};

export const reverse: Filter = {
  name: "reverse",
  summary: "A list from its end to its beginning.",
  input: ["list"],
  args: [],
  examples: [{ expression: "['Chess', 'Go'] | reverse | join", output: "Go, Chess" }],
  result: (input) => input,
  apply: (input) => [...items(input)].reverse(),
};

export const unique: Filter = {
  name: "unique",
  summary: "A list without what stands in it a second time.",
  input: ["list"],
  args: [],
  examples: [{ expression: "['Go', 'Chess', 'Go'] | unique | join", output: "Go, Chess" }],
  result: (input) => input,
  apply: (input) => {
    const seen = new Set<string>();
    return items(input).filter((item) => {
      const key = JSON.stringify(item);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
  },
};

export const random: Filter = {
  name: "random",
  summary: "One item of a list, by chance; empty where there is none.",
  tells: "one of {} by chance",
  input: ["list"],
  args: [],
  examples: [{ expression: "['heads', 'tails'] | random", output: "tails" }],
  result: (input) => t.optional(elementOf(input)),
  apply: (input, _args, env) => items(input)[Math.floor(env.random() * items(input).length)] ?? null,
};
