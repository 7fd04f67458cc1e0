import { required, t, type ValueType } from "../types.ts";
import { isObject } from "../values.ts";
import type { Filter } from "./filter.ts";

export const defaultFilter: Filter = {
  name: "default",
  summary: "Another value where there is none, or an empty text or list. 0 and no are values and stay.",
  tells: "{} (or {0})",
  input: "any",
  acceptsEmpty: true,
  args: [{ name: "value", summary: "Used instead.", kinds: "any" }],
  examples: [
    { expression: "user.nickname | default: 'nobody'", output: "nobody" },
    { expression: "0 | default: 5", output: "0" },
  ],
  result: (input, [other]) => eitherType(input, other!),
  apply: (input, [other]) =>
    input === null || input === "" || (Array.isArray(input) && input.length === 0) ? (other ?? null) : input,
};

/** The type of a value that is one or the other. */
function eitherType(input: ValueType, other: ValueType): ValueType {
  const [a, b] = [required(input), required(other)];
  const withEmpty = (type: ValueType) =>
    other.kind === "optional" || other.kind === "empty" ? t.optional(type) : type;
  if (a.kind === "empty") return other;
  if (b.kind === "empty") return t.optional(a);
  if (a.kind === "object" && b.kind === "object" && a.name === b.name) return withEmpty(a);
  if (a.kind === "list" && b.kind === "list")
    return withEmpty(
      a.of.kind === "empty" ? b : b.of.kind === a.of.kind || b.of.kind === "empty" ? a : t.list(t.unknown),
    );
  if (a.kind === "integer" && b.kind === "number") return withEmpty(t.number);
  if (a.kind === "number" && b.kind === "integer") return withEmpty(t.number);
  if (a.kind === "text" && b.kind === "text") return withEmpty(t.text);
  // `user.mention | default: 'nobody'` still pings where there is somebody.
  if (a.kind === "mention" && b.kind === "text") return withEmpty(t.mention);
  if (a.kind === b.kind && a.kind !== "object" && a.kind !== "list") return withEmpty(a);
  return t.unknown;
}

export const mention: Filter = {
  name: "mention",
  summary: "Pings a person, role or channel; the same as .mention behind its name.",
  input: ["object"],
  args: [],
  examples: [{ expression: "user | mention", output: "@Ada" }],
  result: (input) =>
    input.kind === "object" && Object.hasOwn(input.fields, "mention")
      ? (input.fields.mention ?? t.unknown)
      : { mistake: "this cannot be mentioned", hint: "people, roles and channels can be" },
  apply: (input) => (isObject(input) ? (input.mention ?? null) : null),
};
