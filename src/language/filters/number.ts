import { numberFormat } from "../intl.ts";
import { describeType, required, t, type ValueType } from "../types.ts";
import { calendarDate, duration, type Env, instant, isDate, isDuration, isInstant, type Value } from "../values.ts";
import type { Filter, FilterArgument, FilterExample, FilterMistake } from "./filter.ts";

const numbers = ["number", "integer"] as const;
const amount: FilterArgument = { name: "by", summary: "How much.", kinds: [...numbers, "duration"] };
const dayMs = 86_400_000;
const isNumber = (type: ValueType) => type.kind === "number" || type.kind === "integer";
const known = (value: number): Value => (Number.isFinite(value) ? value : null);

/** What a sum or a difference of two values is, or why there is none. */
function sumType(word: string): (input: ValueType, args: readonly ValueType[]) => ValueType | FilterMistake {
  return (input, [by]) => {
    const other = required(by!);
    if (input.kind === "unknown" || other.kind === "unknown") return t.unknown;
    if (isNumber(input) && isNumber(other))
      return input.kind === "integer" && other.kind === "integer" ? t.integer : t.number;
    if (!isNumber(input) && other.kind === "duration") return input;
    const expected = isNumber(input) ? "a number" : "a duration such as 10m or 7d";
    const from = `${word} ${describeType(input)} belongs ${expected}, not ${describeType(other)}`;
    return { argument: 0, mistake: from };
  };
}

function add(input: Value, by: Value | undefined, sign: 1 | -1): Value {
  if (typeof input === "number" && typeof by === "number") return known(input + sign * by);
  if (!isDuration(by)) return null;
  const ms = sign * by.ms;
  if (isDuration(input)) return duration(input.ms + ms);
  if (isInstant(input)) return instant(input.ms + ms);
  // A day has no hours: whole days only, so that a date stays a date.
  if (isDate(input)) {
    const moved = new Date(Date.parse(input.iso) + Math.trunc(ms / dayMs) * dayMs);
    return Number.isNaN(moved.getTime()) ? null : calendarDate(moved.toISOString().slice(0, 10));
  }
  return null;
}

export const plus: Filter = {
  name: "plus",
  summary: "Added: numbers, durations, or a duration to a time or date.",
  tells: "{} plus {0}",
  input: [...numbers, "duration", "time", "date"],
  args: [amount],
  examples: [
    { expression: "2 | plus: 3", output: "5" },
    { expression: "1h | plus: 30m", output: "1 hour 30 minutes" },
  ],
  result: sumType("to"),
  apply: (input, [by]) => add(input, by, 1),
};

export const minus: Filter = {
  name: "minus",
  summary: "Taken away: numbers, durations, or a duration from a time or date.",
  tells: "{} minus {0}",
  input: [...numbers, "duration", "time", "date"],
  args: [amount],
  examples: [
    { expression: "5 | minus: 3", output: "2" },
    { expression: "today | minus: 1d | date: 'iso'", output: "2026-03-30" },
  ],
  result: sumType("from"),
  apply: (input, [by]) => add(input, by, -1),
};

export const times: Filter = {
  name: "times",
  summary: "A number or a duration multiplied.",
  tells: "{} times {0}",
  input: [...numbers, "duration"],
  args: [{ name: "by", summary: "How often.", kinds: numbers }],
  examples: [
    { expression: "4 | times: 2.5", output: "10" },
    { expression: "10m | times: 3", output: "30 minutes" },
  ],
  result: (input, [by]) => (input.kind === "integer" && required(by!).kind !== "integer" ? t.number : input),
  apply: (input, [by]) =>
    isDuration(input) ? duration(input.ms * (by as number)) : known((input as number) * (by as number)),
};

export const dividedBy: Filter = {
  name: "divided_by",
  summary: "A number or a duration divided; empty where the divisor is 0.",
  tells: "{} divided by {0}",
  input: [...numbers, "duration"],
  args: [{ name: "by", summary: "Into how many parts.", kinds: numbers }],
  examples: [
    { expression: "7 | divided_by: 2", output: "3.5" },
    { expression: "1h | divided_by: 4", output: "15 minutes" },
  ],
  result: (input, _args, [by]) => {
    if (by === 0) return { argument: 0, mistake: "nothing can be divided by 0" };
    const type = input.kind === "integer" ? t.number : input;
    return typeof by === "number" ? type : t.optional(type);
  },
  apply: (input, [by]) =>
    by === 0
      ? null
      : isDuration(input)
        ? duration(input.ms / (by as number))
        : known((input as number) / (by as number)),
};

export const round: Filter = {
  name: "round",
  summary: "Rounded to a whole number, or to a number of digits behind the point.",
  tells: "{} rounded",
  input: numbers,
  args: [{ name: "digits", summary: "Digits behind the point, 0 to 10.", kinds: ["integer"], optional: true }],
  examples: [
    { expression: "3.6 | round", output: "4" },
    { expression: "3.14159 | round: 2", output: "3.14" },
  ],
  result: (_input, args) => (args.length === 0 ? t.integer : t.number),
  apply: (input, [digits = 0]) => {
    const places = Math.min(10, Math.max(0, digits as number));
    const shifted = Number(`${input as number}e${places}`);
    const value = Number.isNaN(shifted) ? (input as number) : Number(`${Math.round(shifted)}e-${places}`);
    return Number.isNaN(value) ? input : value;
  },
};

export const floor: Filter = {
  name: "floor",
  summary: "Rounded down to a whole number.",
  tells: "{} rounded down",
  input: numbers,
  args: [],
  examples: [{ expression: "3.6 | floor", output: "3" }],
  result: () => t.integer,
  apply: (input) => Math.floor(input as number),
};

export const ceil: Filter = {
  name: "ceil",
  summary: "Rounded up to a whole number.",
  tells: "{} rounded up",
  input: numbers,
  args: [],
  examples: [{ expression: "3.2 | ceil", output: "4" }],
  result: () => t.integer,
  apply: (input) => Math.ceil(input as number),
};

export const modulo: Filter = {
  name: "modulo",
  summary: "What is left over when a number is divided; empty where the divisor is 0.",
  tells: "what is left of {} divided by {0}",
  input: numbers,
  args: [{ name: "by", summary: "Into how many parts.", kinds: numbers }],
  examples: [{ expression: "7 | modulo: 3", output: "1" }],
  result: (input, [other], [by]) => {
    if (by === 0) return { argument: 0, mistake: "nothing can be divided by 0" };
    const type = input.kind === "integer" && required(other!).kind === "integer" ? t.integer : t.number;
    return typeof by === "number" ? type : t.optional(type);
  },
  apply: (input, [by]) => (by === 0 ? null : known((input as number) % (by as number))),
};

/** The larger or the smaller of two numbers or durations. */
function bound(name: string, summary: string, example: FilterExample, pick: (a: number, b: number) => number): Filter {
  return {
    name,
    summary,
    tells: `{}, ${name.replace("_", " ")} {0}`,
    input: [...numbers, "duration"],
    args: [{ name: "bound", summary: "The bound, of the same kind.", kinds: [...numbers, "duration"] }],
    examples: [example],
    result: (input, [other]) => {
      const limit = required(other!);
      if (input.kind === "unknown" || limit.kind === "unknown") return input;
      if (isNumber(input) !== isNumber(limit))
        return { argument: 0, mistake: `${describeType(input)} cannot be compared with ${describeType(limit)}` };
      return input.kind === "integer" && limit.kind === "number" ? t.number : input;
    },
    apply: (input, [limit]) => {
      if (isDuration(input) && isDuration(limit)) return duration(pick(input.ms, limit.ms));
      return typeof input === "number" && typeof limit === "number" ? pick(input, limit) : null;
    },
  };
}

export const atLeast = bound(
  "at_least",
  "The number or duration itself, or the bound where it is less.",
  { expression: "3 | at_least: 5", output: "5" },
  Math.max,
);

export const atMost = bound(
  "at_most",
  "The number or duration itself, or the bound where it is more.",
  { expression: "30 | at_most: 20", output: "20" },
  Math.min,
);

export const abs: Filter = {
  name: "abs",
  summary: "Without the sign: how far from 0.",
  input: numbers,
  args: [],
  examples: [{ expression: "-5 | abs", output: "5" }],
  result: (input) => input,
  apply: (input) => Math.abs(input as number),
};

export const number: Filter = {
  name: "number",
  summary: "With separators between thousands, as the bot's language writes them.",
  input: numbers,
  args: [{ name: "digits", summary: "Digits behind the point, 0 to 10.", kinds: ["integer"], optional: true }],
  examples: [
    { expression: "1234567 | number", output: "1,234,567" },
    { expression: "2.5 | number: 2", output: "2.50" },
  ],
  result: () => t.text,
  apply: (input, [digits], env) => {
    const places = digits === undefined || digits === null ? undefined : Math.min(10, Math.max(0, digits as number));
    const options = places === undefined ? {} : { minimumFractionDigits: places, maximumFractionDigits: places };
    return numberFormat(env.locale, options).format(input as number);
  },
};

export const plural: Filter = {
  name: "plural",
  summary: "The word that fits the number: one form for 1, another for more. The number itself is not shown.",
  tells: "{0}(s)",
  input: numbers,
  args: [
    { name: "one", summary: "The word for 1.", kinds: ["text"] },
    {
      name: "more",
      summary: "The word for other numbers; with s at its end if left out.",
      kinds: ["text"],
      optional: true,
    },
  ],
  examples: [
    { expression: "1 | plural: 'coin'", output: "coin" },
    { expression: "3 | plural: 'person', 'people'", output: "people" },
  ],
  result: () => t.text,
  apply: (input, [one, more], env) =>
    pluralRules(env, "cardinal").select(input as number) === "one" ? one! : (more ?? `${one as string}s`),
};

export const ordinal: Filter = {
  name: "ordinal",
  summary: "A place in an order: 1st, 2nd, 3rd.",
  tells: "number {}",
  input: ["integer"],
  args: [],
  examples: [{ expression: "22 | ordinal", output: "22nd" }],
  result: () => t.text,
  apply: (input, _args, env) => {
    const endings: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };
    const english = env.locale.startsWith("en");
    return `${input as number}${english ? endings[pluralRules(env, "ordinal").select(input as number)] : "."}`;
  },
};

const rules = new Map<string, Intl.PluralRules>();

function pluralRules(env: Env, type: "cardinal" | "ordinal"): Intl.PluralRules {
  const key = `${type} ${env.locale}`;
  const made = rules.get(key) ?? new Intl.PluralRules(env.locale, { type });
  rules.set(key, made);
  return made;
}
