import { type CanonicalDatum, entryOf } from "../../contracts/canonical.ts";
import type { Json } from "../../contracts/event.ts";
import type { DataValue } from "../../contracts/store.ts";
import { parseMoment } from "../../language/moment.ts";
import {
  type Duration,
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
import { isSentence, quoted, type Sentence, say } from "../../sentences/sentence.ts";

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
export type Fitted = { readonly stored: DataValue } | Sentence;

export function fitted(name: string, datum: CanonicalDatum, value: Value, platform: string): Fitted {
  if (datum.type !== "list") return fittedPlain(quoted(name), datum, value, platform);
  if (!isList(value)) return say("list_needed", { name });
  if (datum.max_items !== undefined && value.length > datum.max_items) return full(name, datum);
  const entries: Json[] = [];
  for (const one of value) {
    const entry = fittedEntry(name, datum, one, platform);
    if (isSentence(entry)) return entry;
    entries.push(entry.stored);
  }
  return { stored: entries };
}

export function fittedEntry(name: string, datum: CanonicalDatum, value: Value, platform: string): Fitted {
  return fittedPlain(say("each_entry", { name }), entryOf(datum), value, platform);
}

export const full = (name: string, { max_items = 0 }: CanonicalDatum): Sentence =>
  say("list_full", { name, most: max_items });

function fittedPlain(what: string | Sentence, datum: CanonicalDatum, value: Value, platform: string): Fitted {
  switch (datum.type) {
    case "text": {
      if (typeof value !== "string" && typeof value !== "number") return say("value_text", { value: what });
      const text = String(value);
      if (datum.max_length !== undefined && text.length > datum.max_length)
        return say("value_too_long", { value: what, most: datum.max_length });
      return { stored: text };
    }
    case "boolean":
      return typeof value === "boolean" ? { stored: value } : say("value_yes_no", { value: what, given: undefined });
    case "choice":
      return (datum.choices ?? []).includes(String(value))
        ? { stored: String(value) }
        : say("value_choice", { value: what, choices: datum.choices ?? [], near: undefined });
    case "time":
      return isInstant(value) ? { stored: value.ms } : say("value_time", { value: what, given: undefined });
    case "user":
    case "member":
      return (
        fittedObject(value, ["id", "name", "username", "is_bot"], platform) ?? say("value_person", { value: what })
      );
    case "role":
      return fittedObject(value, ["id", "name"], platform) ?? say("value_role", { value: what });
    case "channel":
      return fittedObject(value, ["id", "name", "direct"], platform) ?? say("value_channel", { value: what });
    case "attachment":
      return (
        fittedObject(value, ["id", "name", "url", "content_type", "size"], platform) ??
        say("value_file", { value: what })
      );
    default:
      return fittedNumber(what, datum, isDuration(value) ? value.ms : value);
  }
}

function fittedNumber(what: string | Sentence, datum: CanonicalDatum, value: Value): Fitted {
  if (typeof value !== "number" || !Number.isFinite(value))
    return say("value_number", { value: what, given: undefined });
  if (datum.type === "integer" && !Number.isSafeInteger(value))
    return say("value_whole_number", { value: what, given: undefined });
  const { minimum, maximum } = datum;
  if (minimum !== undefined && value < minimum)
    return say("value_at_least", { value: what, least: shownNumber(datum, minimum) });
  if (maximum !== undefined && value > maximum)
    return say("value_at_most", { value: what, most: shownNumber(datum, maximum) });
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
export function shownNumber({ type }: CanonicalDatum, value: number): number | Duration {
  return type === "duration" ? duration(value) : value;
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
