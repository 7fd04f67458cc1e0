import type { Field, Fields } from "../../../src/contracts/fields.ts";
import { shortDuration } from "../../../src/language/duration.ts";
import { code } from "./markdown.ts";

/** What is written for a field, in plain words. */
const kinds: Readonly<Record<Exclude<Field["kind"], "choice" | "list" | "map" | "object">, string>> = {
  text: "text; may show values with `{{ }}`",
  plain: "text",
  secret: "text; may hold `${NAME}`",
  integer: "whole number",
  number: "number",
  boolean: "yes or no",
  duration: "duration, such as `10m`",
  size: "size, such as `8MB`",
  rate: "rate, such as `5 per 10s per user`",
  value: "any value",
  data_name: "a name under `data`",
  command_name: "the name of a command",
  person: "a person",
  role: "the name of a role",
  places: "the name of a channel, or several",
  emoji: "an emoji",
  who: "who: groups, rights, roles, people",
  condition: "a condition",
  actions: "a list of actions",
} as Readonly<Record<string, string>> as Readonly<
  Record<Exclude<Field["kind"], "choice" | "list" | "map" | "object">, string>
>;

/** Rows of a table: key, what is written, what it means. Keys inside of others stand behind a dot. */
export function fieldRows(fields: Fields, above = ""): string[][] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const key = `${above}${name}`;
    const row = [code(key), `${written(field)}${needed(field)}`, field.about];
    const inner = innerFields(field);
    return inner === undefined || key.split(".").length > 3
      ? [row]
      : [row, ...fieldRows(inner.fields, `${key}${inner.mark}.`)];
  });
}

function innerFields(field: Field): { fields: Fields; mark: string } | undefined {
  if (field.kind === "object") return { fields: field.fields, mark: "" };
  if (field.kind === "list" && field.of.kind === "object") return { fields: field.of.fields, mark: "[]" };
  if (field.kind === "map" && field.of.kind === "object") return { fields: field.of.fields, mark: ".*" };
  return undefined;
}

function written(field: Field): string {
  switch (field.kind) {
    case "choice":
      return `one of ${field.values.map(code).join(", ")}`;
    case "list":
      return `${field.lone === true ? "one or a list" : "a list"}: ${written(field.of)}`;
    case "map":
      return `names, each with: ${written(field.of)}`;
    case "object":
      return "keys of its own";
    case "integer":
    case "number":
      return `${kinds[field.kind]}${bounds(field.minimum, field.maximum, String)}`;
    case "duration":
      return `${kinds.duration}${bounds(field.minimumMs, field.maximumMs, shortDuration)}`;
    default:
      return kinds[field.kind] ?? field.kind.replaceAll("_", " ");
  }
}

function bounds(least: number | undefined, most: number | undefined, show: (value: number) => string): string {
  if (least !== undefined && most !== undefined) return ` from ${show(least)} to ${show(most)}`;
  if (least !== undefined) return ` of at least ${show(least)}`;
  return most === undefined ? "" : ` of at most ${show(most)}`;
}

function needed(field: Field): string {
  if (field.default !== undefined) {
    const value = Array.isArray(field.default) ? field.default.join(", ") : String(field.default);
    return value === "" ? "; may be left out" : `; ${code(value)} if left out`;
  }
  return field.optional === true ? "; may be left out" : "; needed";
}
