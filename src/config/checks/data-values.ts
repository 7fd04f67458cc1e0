import { type CanonicalDatum, type CanonicalValue, entryOf, isCounted, isOfPeople } from "../../contracts/canonical.ts";
import type { Field } from "../../contracts/fields.ts";
import { errorAt } from "../../diagnostics/diagnostic.ts";
import { formatDuration, parseDuration } from "../../language/duration.ts";
import { hasTags } from "../../language/template/scan.ts";
import type { Check } from "./check.ts";
import { usedWords } from "./walk.ts";

interface Mistake {
  readonly code: "not-a-number" | "not-a-list" | "not-for-this-scope" | "outside-data";
  readonly message: string;
  readonly hint?: string;
}

/** What an action writes into data must be possible by its declaration, as far as the file says what it is. */
export const dataValues: Check = function* (context) {
  const { config, origins } = context;
  if (Object.keys(config.data).length === 0) return;
  for (const [word, found] of usedWords(context)) {
    const fields = Object.entries(word.fields);
    const named = fields.find(([, { kind }]) => kind === "data_name");
    if (named === undefined) continue;
    for (const { action } of found) {
      const name = action.args[named[0]];
      if (typeof name !== "string" || !Object.hasOwn(config.data, name)) continue;
      for (const [key, field] of fields) {
        const written = action.args[key];
        const wrong =
          written === undefined ? undefined : mistake(action.action, name, config.data[name]!, { key, field }, written);
        const at = wrong && origins.position(action.args, key);
        if (at !== undefined) yield errorAt(at, wrong!);
      }
    }
  }
};

function mistake(
  word: string,
  name: string,
  datum: CanonicalDatum,
  { key, field }: { readonly key: string; readonly field: Field },
  written: CanonicalValue,
): Mistake | undefined {
  if (field.kind === "data_name") return notForWord(word, name, datum, field);
  if (field.kind === "person" && field.causer === true) return ofNobody(name, datum, key);
  const problem =
    field.kind === "value"
      ? valueProblem(field.entry === true ? entryOf(datum) : datum, written)
      : field.kind === "number" && isCounted(datum)
        ? amountProblem(datum, written)
        : undefined;
  return problem === undefined ? undefined : { code: "outside-data", message: `"${name}" ${problem}` };
}

/** Whose, of what nobody has for themselves. */
function ofNobody(name: string, { scope }: CanonicalDatum, key: string): Mistake | undefined {
  if (isOfPeople(scope)) return undefined;
  const message = `"${name}" belongs to ${owners[scope]}, and to no person.`;
  return { code: "not-for-this-scope", message, hint: `take "${key}" out, or give "${name}" scope: user` };
}

const owners = { bot: "the whole bot", server: "the whole server", channel: "the channel" } as const;

function notForWord(
  word: string,
  name: string,
  datum: CanonicalDatum,
  { holds, scopes }: Extract<Field, { kind: "data_name" }>,
): Mistake | undefined {
  const what = `"${name}" holds ${held[datum.type]}, and "${word}" works with`;
  if (holds === "number" && !isCounted(datum))
    return {
      code: "not-a-number",
      message: `${what} numbers only.`,
      hint: "name one of the type integer, number or duration",
    };
  if (holds === "list" && datum.type !== "list")
    return { code: "not-a-list", message: `${what} lists only.`, hint: "name one of the type list" };
  if (scopes === undefined || scopes.includes(datum.scope)) return undefined;
  const message = `"${name}" is ${whose[datum.scope]} (scope ${datum.scope}), and "${word}" needs one for each ${scopes.includes("channel") ? "person or channel" : "person"}.`;
  return { code: "not-for-this-scope", message, hint: `"${word}" works with the scopes ${scopes.join(", ")}` };
}

/** How many of a value there are, by scope. */
const whose: Readonly<Record<CanonicalDatum["scope"], string>> = {
  user: "one for each person",
  member: "one for each member",
  channel: "one for each channel",
  server: "one for the whole server",
  bot: "one for all",
};

const held: Readonly<Record<CanonicalDatum["type"], string>> = {
  text: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "yes or no",
  duration: "a duration",
  time: "a time",
  choice: "one of its choices",
  user: "a person",
  member: "a person",
  role: "a role",
  channel: "a channel",
  attachment: "a file",
  list: "a list",
};

/** A list is looked at entry by entry. */
function valueProblem(datum: CanonicalDatum, written: CanonicalValue): string | undefined {
  if (datum.type !== "list") return isCounted(datum) ? boundsProblem(datum, written) : lengthProblem(datum, written);
  if (!Array.isArray(written)) return undefined;
  const items = written as readonly CanonicalValue[];
  const most = datum.max_items ?? items.length;
  if (items.length > most) return `may have at most ${most} entries, and this has ${items.length}.`;
  for (const item of items) {
    const problem = valueProblem(entryOf(datum), item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function lengthProblem({ type, max_length }: CanonicalDatum, written: CanonicalValue): string | undefined {
  if (type !== "text" || max_length === undefined || typeof written !== "string") return undefined;
  // How long it becomes is known when its parts are.
  if (hasTags(written)) return undefined;
  const { length } = written;
  return length > max_length ? `may have at most ${max_length} characters, and this has ${length}.` : undefined;
}

function boundsProblem(datum: CanonicalDatum, written: CanonicalValue): string | undefined {
  const value = numberIn(datum, written);
  if (value === undefined) return undefined;
  if (datum.minimum !== undefined && value < datum.minimum) return `must be at least ${shown(datum, datum.minimum)}.`;
  if (datum.maximum !== undefined && value > datum.maximum) return `must be at most ${shown(datum, datum.maximum)}.`;
  return undefined;
}

function amountProblem(datum: CanonicalDatum, amount: CanonicalValue): string | undefined {
  if (typeof amount !== "number") return undefined;
  if (datum.type === "integer" && !Number.isSafeInteger(amount))
    return `holds whole numbers, and ${amount} is not one.`;
  const { minimum, maximum } = datum;
  if (minimum === undefined || maximum === undefined || amount <= maximum - minimum) return undefined;
  return `goes from ${shown(datum, minimum)} to ${shown(datum, maximum)}, so it can never change by ${shown(datum, amount)}.`;
}

/** The number that is written, if it is one. */
export function numberIn({ type }: Pick<CanonicalDatum, "type">, written: CanonicalValue): number | undefined {
  if (typeof written !== "string" && typeof written !== "number") return undefined;
  if (type === "duration") {
    const read = parseDuration(String(written));
    return read.ok ? read.value : undefined;
  }
  const number = Number(written);
  return String(written).trim() === "" || !Number.isFinite(number) ? undefined : number;
}

export function shown({ type }: Pick<CanonicalDatum, "type">, value: number): string {
  return type === "duration" ? formatDuration(value, "en") : String(value);
}
