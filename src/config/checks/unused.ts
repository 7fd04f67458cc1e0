import { noticeAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { actionsOf, argumentsOfKind } from "./walk.ts";

const dataRead = /\bdata(?:\.(\w+)|\[\\?["'](\w+))/g;

/** A text that is nothing but a value's name was meant to read it, and is told as such. */
const readable = (key: string, value: unknown): unknown =>
  typeof value === "string" && key !== "$" && !value.includes("{") && !/^data\.\w+$/.test(value) ? "" : value;

/** Data that nothing reads or changes. */
export const unusedData: Check = function* (context) {
  const { config, origins } = context;
  const names = Object.keys(config.data);
  if (names.length === 0 || config.rules.length === 0) return;
  const used = new Set<string>();
  // Texts and expressions are looked at as they are written; a text without braces reads nothing.
  for (const [, dotted, quoted] of JSON.stringify([config.rules, config.rate_limits], readable).matchAll(dataRead))
    used.add((dotted ?? quoted)!);
  for (const { value } of argumentsOfKind(context, "data_name")) if (typeof value === "string") used.add(value);
  for (const { field, value } of argumentsOfKind(context, "map"))
    if (field.data === true) for (const name of Object.keys(value as object)) used.add(name);
  for (const name of names) {
    const at = used.has(name) ? undefined : origins.position(config.data, name, "key");
    const message = `nothing in this file reads or changes "${name}".`;
    // What a pack leaves unused by its settings is not for the file to mend.
    if (at !== undefined && at.pack === undefined) yield noticeAt(at, { code: "unused-data", message });
  }
};

/** What `save_as` keeps and nothing reads. */
export const unusedSaves: Check = function* (context) {
  for (const rule of context.config.rules) {
    let text: string | undefined;
    for (const action of actionsOf(context, rule)) {
      const name = action.save_as;
      if (name === undefined) continue;
      text ??= JSON.stringify(rule);
      // What a loop keeps of each round is read as a field of its records: `one.answer`.
      if (new RegExp(`(?:\\.|\\[\\\\?["'])${name}\\b`).test(text)) continue;
      const at = context.origins.position(action, "save_as");
      const message = `nothing reads "steps.${name}", which is kept here.`;
      if (at !== undefined && at.pack === undefined) yield noticeAt(at, { code: "unused-save", message });
    }
  }
};
