import type { CanonicalDatum, CanonicalValue } from "../../contracts/canonical.ts";
import type { Field } from "../../contracts/fields.ts";
import { errorAt } from "../../diagnostics/diagnostic.ts";
import { formatDuration, parseDuration } from "../../language/duration.ts";
import type { Check } from "./check.ts";
import { actionsOf, wordOf } from "./walk.ts";

type Code = "not-a-number" | "outside-data";

/** What an action writes into data must be possible by its declaration, as far as the file says what it is. */
export const dataValues: Check = function* (context) {
  const { config, origins } = context;
  if (Object.keys(config.data).length === 0) return;
  for (const action of config.rules.flatMap((rule) => [...actionsOf(context, rule)])) {
    const fields = Object.entries(wordOf(context, action)?.fields ?? {});
    const named = fields.find(([, { kind }]) => kind === "data_name");
    const name = named === undefined ? undefined : action.args[named[0]];
    if (named === undefined || typeof name !== "string" || !Object.hasOwn(config.data, name)) continue;
    for (const [key, field] of fields) {
      const written = action.args[key];
      const found = written === undefined ? undefined : mistake(name, config.data[name]!, field, written);
      const at = found && origins.position(action.args, key);
      if (at !== undefined) yield errorAt(at, found!);
    }
  }
};

function mistake(
  name: string,
  datum: CanonicalDatum,
  field: Field,
  written: CanonicalValue,
): { code: Code; message: string; hint?: string } | undefined {
  const isNumber = datum.type === "integer" || datum.type === "number" || datum.type === "duration";
  if (field.kind === "data_name" && field.numbers === true && !isNumber) {
    const message = `"${name}" holds ${held[datum.type]}, and only a number can grow or shrink.`;
    return { code: "not-a-number", message, hint: "write set: to give it another value" };
  }
  const problem =
    field.kind === "value" && !isNumber
      ? lengthProblem(datum, written)
      : field.kind === "value"
        ? boundsProblem(datum, written)
        : field.kind === "number" && isNumber
          ? amountProblem(datum, written)
          : undefined;
  return problem === undefined ? undefined : { code: "outside-data", message: `"${name}" ${problem}` };
}

const held: Partial<Record<CanonicalDatum["type"], string>> = {
  text: "a text",
  choice: "one of its choices",
  boolean: "yes or no",
};

function lengthProblem({ type, max_length }: CanonicalDatum, written: CanonicalValue): string | undefined {
  if (type !== "text" || max_length === undefined || typeof written !== "string") return undefined;
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
function numberIn({ type }: CanonicalDatum, written: CanonicalValue): number | undefined {
  if (typeof written !== "string" && typeof written !== "number") return undefined;
  if (type === "duration") {
    const read = parseDuration(String(written));
    return read.ok ? read.value : undefined;
  }
  const number = Number(written);
  return String(written).trim() === "" || !Number.isFinite(number) ? undefined : number;
}

function shown({ type }: CanonicalDatum, value: number): string {
  return type === "duration" ? formatDuration(value, "en") : String(value);
}
