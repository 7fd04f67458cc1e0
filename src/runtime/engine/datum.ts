import { type CanonicalDatum, entryOf } from "../../contracts/canonical.ts";
import type { Json } from "../../contracts/event.ts";
import type { DataValue } from "../../contracts/store.ts";
import { formatDuration } from "../../language/duration.ts";
import { parseMoment } from "../../language/moment.ts";
import {
  duration,
  instant,
  isDuration,
  isInstant,
  isList,
  isObject,
  mention,
  type ObjectValue,
  type Value,
} from "../../language/values.ts";

/** Where a value is read: `.mention` pings only on the platform that somebody belongs to. */
export interface Reader {
  readonly platform: string;
  readonly timezone: string;
}

/** A stored value as texts and expressions see it; the declared default where nothing is stored. */
export function toValue(datum: CanonicalDatum, stored: DataValue | undefined, reader: Reader): Value {
  const value = stored ?? startOf(datum, reader.timezone);
  if (value === undefined) return null;
  if (datum.type !== "list") return plainValue(datum, value, reader);
  const entry = entryOf(datum);
  return Array.isArray(value) ? value.map((one: Json) => plainValue(entry, one, reader)) : [];
}

function plainValue({ type }: CanonicalDatum, value: DataValue, { platform }: Reader): Value {
  switch (type) {
    case "duration":
      return duration(Number(value));
    case "time":
      return instant(Number(value));
    case "user":
    case "member":
      return withMention("user", value, platform);
    case "role":
    case "channel":
      return withMention(type, value, platform);
    default:
      return value as Value;
  }
}

/** Elsewhere than where somebody is known a mention would name a stranger, or nobody. */
function withMention(kind: "user" | "role" | "channel", value: DataValue, platform: string): Value {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { id, name, platform: home } = value as { readonly [field: string]: Json };
  const shown = home === platform ? mention(kind, String(id), String(name)) : String(name);
  return { ...(value as ObjectValue), mention: shown };
}

/** What is stored, as it were, before anything was; undefined where there is nothing. */
export function startOf(datum: CanonicalDatum, timezone: string): DataValue | undefined {
  const { default: written } = datum;
  if (written === null) return undefined;
  if (Array.isArray(written)) {
    const entries = written.map((one) => startOf({ ...entryOf(datum), default: one }, timezone));
    return entries.filter((one) => one !== undefined);
  }
  if (datum.type !== "time") return written;
  const read = parseMoment(String(written), timezone);
  return read.ok ? read.value : undefined;
}

/** A value that fits its declaration in its stored form, or a sentence saying why it does not fit. */
export type Fitted = { readonly stored: DataValue } | string;

export function fitted(name: string, datum: CanonicalDatum, value: Value, platform: string): Fitted {
  if (datum.type !== "list") return fittedPlain(`"${name}"`, datum, value, platform);
  if (!isList(value)) return `"${name}" holds a list.`;
  if (datum.max_items !== undefined && value.length > datum.max_items) return full(name, datum);
  const entries: Json[] = [];
  for (const one of value) {
    const entry = fittedEntry(name, datum, one, platform);
    if (typeof entry === "string") return entry;
    entries.push(entry.stored);
  }
  return { stored: entries };
}

export function fittedEntry(name: string, datum: CanonicalDatum, value: Value, platform: string): Fitted {
  return fittedPlain(`Each entry of "${name}"`, entryOf(datum), value, platform);
}

export const full = (name: string, { max_items }: CanonicalDatum): string =>
  `"${name}" is full: it may have at most ${max_items} ${max_items === 1 ? "entry" : "entries"}.`;

function fittedPlain(what: string, datum: CanonicalDatum, value: Value, platform: string): Fitted {
  switch (datum.type) {
    case "text": {
      if (typeof value !== "string" && typeof value !== "number") return `${what} must be a text.`;
      const text = String(value);
      if (datum.max_length !== undefined && text.length > datum.max_length)
        return `${what} may have at most ${datum.max_length} characters.`;
      return { stored: text };
    }
    case "boolean":
      return typeof value === "boolean" ? { stored: value } : `${what} must be yes or no.`;
    case "choice":
      return (datum.choices ?? []).includes(String(value))
        ? { stored: String(value) }
        : `${what} must be one of ${(datum.choices ?? []).join(", ")}.`;
    case "time":
      return isInstant(value) ? { stored: value.ms } : `${what} must be a time.`;
    case "user":
    case "member":
      return fittedObject(value, ["id", "name", "username", "is_bot"], platform) ?? `${what} must be a person.`;
    case "role":
      return fittedObject(value, ["id", "name"], platform) ?? `${what} must be a role.`;
    case "channel":
      return fittedObject(value, ["id", "name", "direct"], platform) ?? `${what} must be a channel.`;
    case "attachment":
      return fittedObject(value, ["id", "name", "url", "content_type", "size"], platform) ?? `${what} must be a file.`;
    default:
      return fittedNumber(what, datum, isDuration(value) ? value.ms : value);
  }
}

function fittedNumber(what: string, datum: CanonicalDatum, value: Value): Fitted {
  if (typeof value !== "number" || !Number.isFinite(value)) return `${what} must be a number.`;
  if (datum.type === "integer" && !Number.isSafeInteger(value)) return `${what} must be a whole number.`;
  const { minimum, maximum } = datum;
  if (minimum !== undefined && value < minimum) return `${what} must be at least ${shownNumber(datum, minimum)}.`;
  if (maximum !== undefined && value > maximum) return `${what} must be at most ${shownNumber(datum, maximum)}.`;
  return { stored: value };
}

/** What is kept of somebody or something: who or what it is, and on which platform. */
function fittedObject(
  value: Value,
  fields: readonly string[],
  platform: string,
): { readonly stored: DataValue } | undefined {
  if (!isObject(value) || typeof value.name !== "string") return undefined;
  const kept: Record<string, Json> = { platform: typeof value.platform === "string" ? value.platform : platform };
  for (const field of fields) {
    const one = value[field];
    if (typeof one === "string" || typeof one === "number" || typeof one === "boolean") kept[field] = one;
  }
  return { stored: kept };
}

/** Equal by content; people, roles and channels by their id. */
export function sameEntry(a: Json, b: Json): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  const [one, other] = [a, b] as readonly { readonly [field: string]: Json }[];
  const by = one!.id === undefined ? "url" : "id";
  return one!.platform === other!.platform && one![by] === other![by];
}

/** A number as its type shows it. */
export function shownNumber({ type }: CanonicalDatum, value: number | undefined): string {
  return type === "duration" && value !== undefined ? formatDuration(value, "en") : String(value);
}

/** Whether a stored value is of its declaration's type; bounds are asked when a value changes. */
export function isStored(datum: CanonicalDatum, value: Json): boolean {
  switch (datum.type) {
    case "list":
      return Array.isArray(value) && value.every((one: Json) => isStored(entryOf(datum), one));
    case "text":
      return typeof value === "string";
    case "choice":
      return typeof value === "string" && (datum.choices ?? []).includes(value);
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
    case "duration":
    case "time":
      return typeof value === "number";
    default:
      return typeof value === "object" && value !== null && "name" in value;
  }
}
