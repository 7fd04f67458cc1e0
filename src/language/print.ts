import { formatDuration } from "./duration.ts";
import { formatMoment } from "./intl.ts";
import { plainMention } from "./rich-text.ts";
import type { ValueType } from "./types.ts";
import { type Env, isDate, isDuration, isInstant, isList, isMention, type Value } from "./values.ts";

export type Printer = (value: Value | undefined, env: Env) => string;

/** How values of a type read as text; undefined where they have no text of their own. */
export function printerFor(type: ValueType): Printer | undefined {
  switch (type.kind) {
    case "optional":
      return printerFor(type.of);
    case "object": {
      const field = type.text;
      if (field === undefined) return undefined;
      return (value, env) =>
        value !== null && typeof value === "object" && !isList(value) && field in value
          ? print((value as Readonly<Record<string, Value>>)[field], env)
          : print(value, env);
    }
    case "list": {
      const item = printerFor(type.of);
      if (item === undefined) return undefined;
      return (value, env) => (isList(value) ? value.map((each) => item(each, env)).join(", ") : print(value, env));
    }
    default:
      return print;
  }
}

/** A value as text by what it is at run time; missing prints as nothing. */
export function print(value: Value | undefined, env: Env): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return printNumber(value);
    case "boolean":
      return value ? "yes" : "no";
    case "object":
      break;
    default:
      return "";
  }
  if (value === null) return "";
  if (isList(value)) return value.map((item) => print(item, env)).join(", ");
  if (isDuration(value)) return formatDuration(value.ms, env.locale);
  if (isInstant(value)) return printMoment(value.ms, env.timezone, env.locale);
  if (isDate(value)) return printDay(value.iso, env.locale);
  if (isMention(value)) return plainMention(value.target);
  const name = "name" in value ? value.name : undefined;
  return typeof name === "string" ? name : JSON.stringify(value);
}

/** Without the last digits that sums of fractions leave: 0.1 and 0.2 are 0.3. Never in the form 1e21. */
function printNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  if (!Number.isFinite(value)) return "";
  const short = String(Number(value.toPrecision(12)));
  return short.includes("e") ? value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 12 }) : short;
}

function printMoment(ms: number, timezone: string, locale: string): string {
  return inRange(ms) ? formatMoment(locale, { dateStyle: "medium", timeStyle: "short", timeZone: timezone }, ms) : "";
}

function printDay(iso: string, locale: string): string {
  const ms = Date.parse(iso);
  return inRange(ms) ? formatMoment(locale, { dateStyle: "medium", timeZone: "UTC" }, ms) : "";
}

/** Whether a number of milliseconds is a date at all; formatters throw on others. */
export function inRange(ms: number): boolean {
  return Math.abs(ms) <= 8.64e15;
}
