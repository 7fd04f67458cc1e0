import type { CanonicalValue } from "../../../contracts/canonical.ts";
import type { Field } from "../../../contracts/fields.ts";
import { type Reading, tell, tellWrongType, textOf, type Written } from "../reading.ts";

type NumberField = Extract<Field, { kind: "integer" | "number" }>;

/** Numbers, also written in quotes. */
export function readNumber(reading: Reading, field: NumberField, written: Written): CanonicalValue | undefined {
  const wanted = field.kind === "integer" ? "a whole number, such as 5" : "a number, such as 2.5";
  const text = textOf(reading, written)?.trim();
  if (text === undefined || !/^[+-]?\d+(\.\d+)?$/.test(text)) return tellWrongType(reading, written, wanted);
  const value = Number(text);
  if (field.kind === "integer" && !Number.isSafeInteger(value)) return tellWrongType(reading, written, wanted);
  const { minimum, maximum } = field;
  const subject = written.name === "this" ? "this" : `"${written.name}"`;
  if (field.positive === true && value <= 0) {
    const message = `${subject} must be above 0, and it is ${text}.`;
    return tell(reading, written.pointer, { code: "out-of-range", message });
  }
  if ((minimum !== undefined && value < minimum) || (maximum !== undefined && value > maximum)) {
    return tell(reading, written.pointer, {
      code: "out-of-range",
      message: `${subject} must be ${rangeInWords(minimum, maximum)}, and it is ${text}.`,
    });
  }
  return value;
}

function rangeInWords(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `from ${minimum} to ${maximum}`;
}
