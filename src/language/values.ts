/**
 * The values of expressions at run time: plain readonly data, so that a suspended run can store them as JSON.
 * A missing value is `null` (in fields also `undefined`): empty, and false as a condition.
 */

export interface Duration {
  readonly kind: "duration";
  readonly ms: number;
}

/** A moment: milliseconds since 1970 in UTC. */
export interface Instant {
  readonly kind: "time";
  readonly ms: number;
}

/** A calendar day in the bot's time zone, such as `today`. */
export interface CalendarDate {
  readonly kind: "date";
  /** `2026-03-31` */
  readonly iso: string;
}

export interface MentionTarget {
  /** `everyone` stands only in the file's own text; its id is `everyone`, `here` or `channel`, as it was written. */
  readonly kind: "user" | "role" | "channel" | "everyone";
  readonly id: string;
  /** Shown where the mention cannot ping. */
  readonly name: string;
}

/** What `.mention` of a person, role or channel holds. It pings only where the static type says "mention". */
export interface Mention {
  readonly kind: "mention";
  readonly target: MentionTarget;
}

export interface ObjectValue {
  readonly [field: string]: Value | undefined;
}

export type Value =
  | string
  | number
  | boolean
  | null
  | Duration
  | Instant
  | CalendarDate
  | Mention
  | readonly Value[]
  | ObjectValue;

/** The variables of one evaluation, by name. Fields may be getters; each is read at most once per mention. */
export type Values = ObjectValue;

/** The effects that expressions may see, handed in. */
export interface Env {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** IANA name, such as "Europe/Madrid". */
  readonly timezone: string;
  /** BCP 47, such as "en". */
  readonly locale: string;
}

export const duration = (ms: number): Duration => ({ kind: "duration", ms });
export const instant = (ms: number): Instant => ({ kind: "time", ms });
export const calendarDate = (iso: string): CalendarDate => ({ kind: "date", iso });
export const mention = (kind: Exclude<MentionTarget["kind"], "everyone">, id: string, name: string): Mention => ({
  kind: "mention",
  target: { kind, id, name },
});

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function isPlain(
  value: Value | undefined,
): value is Exclude<Value, string | number | boolean | null | readonly Value[]> {
  return typeof value === "object" && value !== null && !isList(value);
}

export function isDuration(value: Value | undefined): value is Duration {
  return isPlain(value) && value.kind === "duration" && typeof value.ms === "number";
}

export function isInstant(value: Value | undefined): value is Instant {
  return isPlain(value) && value.kind === "time" && typeof value.ms === "number";
}

export function isDate(value: Value | undefined): value is CalendarDate {
  return isPlain(value) && value.kind === "date" && typeof value.iso === "string";
}

export function isMention(value: Value | undefined): value is Mention {
  return isPlain(value) && value.kind === "mention" && typeof value.target === "object";
}

/** An object with fields: neither a list nor one of the built-in kinds. */
export function isObject(value: Value | undefined): value is ObjectValue {
  return isPlain(value) && !isDuration(value) && !isInstant(value) && !isDate(value) && !isMention(value);
}

/** What counts as yes in a condition: everything but empty text, 0, no, nothing, an empty list and a duration of 0. */
export function isTrue(value: Value | undefined): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      return value !== "";
    case "number":
      return value !== 0 && !Number.isNaN(value);
    case "object":
      if (value === null) return false;
      if (isList(value)) return value.length > 0;
      return !(isDuration(value) && value.ms === 0);
    default:
      return false;
  }
}
