import type { CanonicalValue } from "../../../contracts/canonical.ts";
import type { Field } from "../../../contracts/fields.ts";
import { parseName, parsePersonName } from "../../../language/name.ts";
import { isListWritten, itemsOf, type Reading, tellProblem, tellWrongType, textOf, type Written } from "../reading.ts";
import { readExpression } from "./expression.ts";
import { tellLostDigits } from "./number.ts";

/** The name of a person, a role or a place; what it stands for is found out on the platform. */
export function readName(
  reading: Reading,
  written: Written,
  kind: "person" | "role" | "place",
  forPerson?: (to: string) => string,
): CanonicalValue | undefined {
  const wanted = kind === "place" ? "the name of a channel" : `the name of a ${kind}`;
  const text = textOf(reading, written);
  if (text === undefined) return tellWrongType(reading, written, wanted);
  const platforms = [...reading.words.platforms.keys()];
  const parsed = kind === "person" ? parsePersonName(text, platforms) : parseName(text, platforms);
  if (parsed.ok) return text.trim();
  // With the sign before it, a name is mostly somebody's, but a channel of Telegram is written so too.
  const person = text.trim().startsWith("@") ? forPerson?.(text.trim().slice(1)) : undefined;
  const hint = person === undefined ? {} : { hint: `${person}; for a channel ${parsed.problem.hint}` };
  return tellProblem(reading, written.pointer, { ...parsed.problem, ...hint });
}

/** One place or several; always a list afterwards. */
export function readPlaces(
  reading: Reading,
  written: Written,
  forPerson?: (to: string) => string,
): CanonicalValue | undefined {
  const items = isListWritten(written) ? itemsOf(written) : [written];
  const out: CanonicalValue[] = [];
  reading.origins.note(out, written.pointer);
  if (!isListWritten(written)) reading.origins.member(out, 0, written.pointer);
  let failed = false;
  for (const item of items) {
    const expression = readExpression(reading, item);
    const value = expression ?? readName(reading, item, "place", forPerson);
    if (value === undefined || value === "told") failed = true;
    else out.push(value);
  }
  return failed ? undefined : out;
}

/** Any literal: text, number, yes or no, a list of them. */
export function readValue(
  reading: Reading,
  field: Pick<Extract<Field, { kind: "value" }>, "asWritten">,
  written: Written,
): CanonicalValue | undefined {
  if (isListWritten(written)) {
    const out = reading.origins.note([] as CanonicalValue[], written.pointer);
    for (const item of itemsOf(written)) {
      const expression = readExpression(reading, item);
      if (expression === "told") return undefined;
      const value = expression ?? readValue(reading, field, item);
      if (value === undefined) return undefined;
      out.push(value);
    }
    return out;
  }
  const { value } = written;
  if (typeof value === "object") return tellWrongType(reading, written, "a text, a number, or yes or no");
  if (typeof value === "string") return value;
  const text = textOf(reading, written);
  if (field.asWritten === true && text !== undefined && text !== String(value)) return text;
  if (typeof value === "number") tellLostDigits(reading, written, text ?? "", value);
  return value;
}
