import type { Field, Fields } from "../../contracts/fields.ts";
import { shortDuration } from "../../language/duration.ts";
import type { KeyRow, Marks } from "./keys.ts";

type Code = Marks["code"];
type Plain = Exclude<Field["kind"], "choice" | "list" | "map" | "object" | "duration" | "who">;

/** What is written for a field, in plain words. */
const kinds: Readonly<Record<Plain, (code: Code) => string>> = {
  text: (code) => `text; may show values with ${code("{{ }}")}`,
  plain: () => "text",
  secret: (code) => `text; may hold ${code("${NAME}")}`,
  integer: () => "whole number",
  number: () => "number",
  boolean: () => "yes or no",
  size: (code) => `size, such as ${code("8MB")}`,
  rate: (code) => `rate, such as ${code("5 per 10s per user")}`,
  percent: (code) => `percent, such as ${code("10%")}`,
  right: (code) => `a right, such as ${code("ban_members")}`,
  value: () => "any value",
  data_name: (code) => `a name under ${code("data")}`,
  block_name: () => "the name of a block",
  command_name: () => "the name of a command",
  platform_name: () => "the name of a platform",
  person: () => "a person",
  role: () => "the name of a role",
  places: () => "the name of a channel, or several",
  emoji: () => "an emoji",
  file: () => "a file",
  condition: () => "a condition",
  actions: () => "a list of actions",
};

/** What plain names mean where only one sort of people is asked for. */
const named = {
  can: "a right, or several",
  role: "the name of a role, or several",
  user: "a person, or several",
} as const;

/** Keys of a word or of a platform's settings, as the reference and `botctl explain` tell of them, with those inside of others. */
export function fieldRows(fields: Fields, path: string, code: Code): KeyRow[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const key = `${path}.${name}`;
    const row = { path: key, written: `${written(field, code)}${needed(field, code)}`, about: field.about };
    const inner = innerFields(field);
    return inner === undefined || key.split(".").length > 4
      ? [row]
      : [row, ...fieldRows(inner.fields, `${key}${inner.mark}`, code)];
  });
}

function innerFields(field: Field): { fields: Fields; mark: string } | undefined {
  if (field.kind === "object") return { fields: field.fields, mark: "" };
  if (field.kind === "list" && field.of.kind === "object") return { fields: field.of.fields, mark: "[]" };
  if (field.kind === "map" && field.of.kind === "object") return { fields: field.of.fields, mark: ".<name>" };
  return undefined;
}

function written(field: Field, code: Code): string {
  switch (field.kind) {
    case "choice":
      return `one of ${field.values.map(code).join(", ")}`;
    case "list":
      return `${field.lone === true ? "one or a list" : "a list"}: ${written(field.of, code)}`;
    case "map":
      return `names, each with: ${written(field.of, code)}`;
    case "object":
      return "keys of its own";
    case "integer":
    case "number":
      return `${kinds[field.kind](code)}${bounds(field.minimum, field.maximum, String)}`;
    case "duration":
      return `duration${bounds(field.minimumMs, field.maximumMs, shortDuration)}, such as ${code("10m")}`;
    case "who":
      return field.as === undefined ? "who: groups, rights, roles, people" : named[field.as];
    default:
      return kinds[field.kind](code);
  }
}

function bounds(least: number | undefined, most: number | undefined, show: (value: number) => string): string {
  if (least !== undefined && most !== undefined) return ` from ${show(least)} to ${show(most)}`;
  if (least !== undefined) return ` of at least ${show(least)}`;
  return most === undefined ? "" : ` of at most ${show(most)}`;
}

function needed(field: Field, code: Code): string {
  if (field.default !== undefined) {
    const value = Array.isArray(field.default) ? field.default.join(", ") : field.default;
    const shown = typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
    return shown === "" ? "; may be left out" : `; ${code(shown)} if left out`;
  }
  return field.optional === true ? "; may be left out" : "; needed";
}
