import type { CanonicalArguments, CanonicalDatum, CanonicalValue } from "../contracts/canonical.ts";
import type { Fields } from "../contracts/fields.ts";
import { parseDuration } from "../language/duration.ts";
import { duration, type Value } from "../language/values.ts";
import { parseYesNo } from "../language/yes-no.ts";

/** The declaration of the datum that a word's arguments name, for checking the value beside it. */
export function datumOf(
  data: Readonly<Record<string, CanonicalDatum>>,
  fields: Fields,
  args: CanonicalArguments,
): CanonicalDatum | undefined {
  for (const [key, field] of Object.entries(fields)) {
    const name = field.kind === "data_name" ? args[key] : undefined;
    if (typeof name === "string" && Object.hasOwn(data, name)) return data[name];
  }
  return undefined;
}

/** A written value as its declaration means it: `yes` is a boolean, `10m` a duration. Undefined when it cannot be one. */
export function literalFor({ type, choices }: CanonicalDatum, written: CanonicalValue): Value | undefined {
  if (typeof written !== "string" && typeof written !== "number" && typeof written !== "boolean") return undefined;
  const text = String(written);
  switch (type) {
    case "text":
      return text;
    case "choice":
      return choices?.find((choice) => choice === text);
    case "boolean": {
      const read = parseYesNo(text);
      return read.ok ? read.value : undefined;
    }
    case "duration": {
      const read = parseDuration(text);
      return read.ok ? duration(read.value) : undefined;
    }
    default: {
      const number = text.trim() === "" ? Number.NaN : Number(text);
      return Number.isFinite(number) && (type === "number" || Number.isSafeInteger(number)) ? number : undefined;
    }
  }
}

/** What a datum holds, for messages. */
export function describeDatum({ type, choices }: CanonicalDatum): string {
  switch (type) {
    case "text":
      return "a text";
    case "choice":
      return `one of ${(choices ?? []).join(", ")}`;
    case "boolean":
      return "yes or no";
    case "duration":
      return "a duration, such as 10m";
    default:
      return type === "integer" ? "a whole number" : "a number";
  }
}
