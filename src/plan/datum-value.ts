import { type CanonicalArguments, type CanonicalDatum, type CanonicalValue, entryOf } from "../contracts/canonical.ts";
import type { Person } from "../contracts/event.ts";
import type { Fields } from "../contracts/fields.ts";
import { parseDuration } from "../language/duration.ts";
import { duration, type Value } from "../language/values.ts";
import { parseYesNo } from "../language/yes-no.ts";
import { fieldsOfKind } from "./fields-of-kind.ts";

/** The declaration of the datum that a word's arguments name, for checking the value beside it. */
export function datumOf(
  data: Readonly<Record<string, CanonicalDatum>>,
  fields: Fields,
  args: CanonicalArguments,
): CanonicalDatum | undefined {
  for (const key of fieldsOfKind(fields, "data_name")) {
    const name = args[key];
    if (typeof name === "string" && Object.hasOwn(data, name)) return data[name];
  }
  return undefined;
}

/** Types whose values are only known on a platform, by their names. */
export const namedTypes: ReadonlySet<CanonicalDatum["type"]> = new Set(["user", "member", "role", "channel"]);

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
    case "integer":
    case "number": {
      const number = text.trim() === "" ? Number.NaN : Number(text);
      return Number.isFinite(number) && (type === "number" || Number.isSafeInteger(number)) ? number : undefined;
    }
    default:
      return undefined;
  }
}

/** Somebody who was named in the file, as the value that a person is. */
export function personAsValue({ platform, id, name, username, isBot }: Person): Value {
  return { platform, id, name, username: username ?? null, is_bot: isBot };
}

/** What a datum holds, for messages. */
export function describeDatum(datum: CanonicalDatum): string {
  switch (datum.type) {
    case "text":
      return "a text";
    case "choice":
      return `one of ${(datum.choices ?? []).join(", ")}`;
    case "boolean":
      return "yes or no";
    case "duration":
      return "a duration, such as 10m";
    case "time":
      return "a time, such as 2026-12-24 18:00";
    case "user":
    case "member":
      return 'a person, such as "{{ user }}"';
    case "role":
      return "a role";
    case "channel":
      return "a channel";
    case "attachment":
      return "a file that somebody sent";
    case "list":
      return `a list, of which each entry is ${describeDatum(entryOf(datum))}`;
    default:
      return datum.type === "integer" ? "a whole number" : "a number";
  }
}
