import type { CanonicalValue } from "../../../contracts/canonical.ts";
import type { Field } from "../../../contracts/fields.ts";
import { warningAt } from "../../../diagnostics/diagnostic.ts";
import { parseDuration } from "../../../language/duration.ts";
import { type Reading, tell, tellWrongType, textOf, type Written } from "../reading.ts";

type NumberField = Extract<Field, { kind: "integer" | "number" }>;

/** Numbers, also written in quotes. */
export function readNumber(reading: Reading, field: NumberField, written: Written): CanonicalValue | undefined {
  const plain = field.kind === "integer" ? "a whole number, such as 5" : "a number, such as 2.5";
  const wanted = field.orDuration === true ? `${plain}, or a duration, such as 10m` : plain;
  const text = textOf(reading, written)?.trim();
  if (text === undefined) return tellWrongType(reading, written, wanted);
  const length = field.orDuration === true ? parseDuration(text) : undefined;
  if (length?.ok === true) return length.value;
  const subject = written.name === "this" ? "this" : `"${written.name}"`;
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) {
    const digits = inDigits(text);
    if (digits === undefined) return tellWrongType(reading, written, wanted);
    const message = `${subject} must be written in digits alone, and it is "${text}".`;
    return tell(reading, written.pointer, { code: "wrong-type", message, hint: `write ${digits}` });
  }
  const value = Number(text);
  if (/^[+-]?\d+$/.test(text) && !Number.isSafeInteger(value)) {
    const message = `${subject} has more digits than a number can keep; the largest is ${Number.MAX_SAFE_INTEGER}.`;
    const hint = "an id is no number to count with: keep it as a text";
    return tell(reading, written.pointer, { code: "out-of-range", message, hint });
  }
  if (field.kind === "integer" && !Number.isSafeInteger(value)) return tellWrongType(reading, written, wanted);
  const { minimum, maximum } = field;
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
  if (/^[+-]?0\d/.test(text))
    tellLost(reading, written, `this is ${value}: a number has no 0 before it.`, `write ${value}`);
  return value;
}

/** Digits that a number does not keep, where a text could stand as well: a 0 before it, and more than there is room for. */
export function tellLostDigits(reading: Reading, written: Written, text: string, value: number): void {
  const hint = `to keep it as it is written, put quotes around it: "${text}"`;
  if (/^[+-]?0\d/.test(text)) tellLost(reading, written, `this is ${value}: a number has no 0 before it.`, hint);
  else if (/^[+-]?\d+$/.test(text) && !Number.isSafeInteger(value))
    tellLost(reading, written, `a number keeps about 16 digits, so this becomes ${BigInt(value)}.`, hint);
}

function tellLost({ map, problems }: Reading, { pointer }: Written, message: string, hint: string): void {
  problems.push(warningAt(map.value(pointer), { code: "lost-digits", message, hint }));
}

/** `1e5`, `1_000`, `1,000`, `0x1F`: numbers as programs write them. */
function inDigits(text: string): string | undefined {
  const plain = /^[+-]?\d{1,3}([_,']\d{3})+$/.test(text) ? text.replace(/[_,']/g, "") : text;
  if (!/^[+-]?\d+$/.test(plain) && !/^[+-]?\d+(\.\d+)?e[+-]?\d+$|^0[xob][\da-f]+$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

function rangeInWords(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `from ${minimum} to ${maximum}`;
}
