import { parseDuration } from "../duration.ts";
import { formatMoment } from "../intl.ts";
import { parseMoment } from "../moment.ts";
import { inRange } from "../print.ts";
import { t } from "../types.ts";
import {
  calendarDate,
  duration as durationOf,
  type Env,
  instant,
  isDate,
  isDuration,
  isInstant,
  type Value,
} from "../values.ts";
import { formatPattern, namedFormats, patternMistake } from "./date-pattern.ts";
import type { Filter, FilterArgument } from "./filter.ts";

const units: Record<string, number> = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

export const duration: Filter = {
  name: "duration",
  summary: "A number of seconds (or minutes, hours, days) as a duration; a text such as '10m' is read as one.",
  input: ["number", "integer", "text", "duration"],
  args: [{ name: "unit", summary: "'seconds', 'minutes', 'hours' or 'days'.", kinds: ["text"], optional: true }],
  examples: [
    { expression: "90 | duration", output: "1 minute 30 seconds" },
    { expression: "3 | duration: 'days'", output: "3 days" },
  ],
  result: (input, _args, [unit]) => {
    if (typeof unit === "string" && !Object.hasOwn(units, unit))
      return { argument: 0, mistake: `"${unit}" is not a unit`, hint: "write 'seconds', 'minutes', 'hours' or 'days'" };
    return input.kind === "text" ? t.optional(t.duration) : t.duration;
  },
  apply: (input, [unit]) => {
    if (isDuration(input)) return input;
    if (typeof input === "number") return durationOf(input * (units[(unit as string) ?? "seconds"] ?? 1000));
    const read = parseDuration(input as string);
    return read.ok ? durationOf(read.value) : null;
  },
};

const relative = new Map<string, Intl.RelativeTimeFormat>();
const steps = [
  ["year", 365.25 * 86_400_000],
  ["month", 30.4375 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

export const ago: Filter = {
  name: "ago",
  summary: "How long ago a time was, or how long it is still to come.",
  tells: "how long ago {} was",
  input: ["time", "date"],
  fromText: writtenMoment,
  args: [],
  examples: [
    { expression: "now | minus: 3d | ago", output: "3 days ago" },
    { expression: "now | plus: 2h | ago", output: "in 2 hours" },
  ],
  result: () => t.text,
  apply: (input, _args, env) => {
    const moment = momentOf(input);
    if (moment === undefined) return null;
    // Between two dates only whole days count.
    const now = isDate(input) ? Date.parse(dayIn(env.now(), env.timezone)) : env.now();
    const difference = moment - now;
    const format = relative.get(env.locale) ?? new Intl.RelativeTimeFormat(env.locale, { numeric: "auto" });
    relative.set(env.locale, format);
    for (const [unit, ms] of steps) {
      if (Math.abs(difference) >= ms) return format.format(Math.trunc(difference / ms), unit);
    }
    return isDate(input) ? format.format(0, "day") : format.format(Math.trunc(difference / 1000), "second");
  },
};

const format: FilterArgument = {
  name: "format",
  summary: "'short', 'long', 'iso', 'weekday', 'month', 'year', or a pattern such as '%d.%m.%Y'.",
  kinds: ["text"],
  optional: true,
};

export const date: Filter = {
  name: "date",
  summary: "The day of a time, in the bot's time zone and language.",
  input: ["time", "date"],
  fromText: writtenMoment,
  args: [format],
  examples: [
    { expression: "today | date", output: "Mar 31, 2026" },
    { expression: "today | date: 'long'", output: "Tuesday, March 31, 2026" },
    { expression: "today | date: 'weekday'", output: "Tuesday" },
    { expression: "today | date: 'iso'", output: "2026-03-31" },
    { expression: "now | date: '%d.%m.%Y %H:%M'", output: "31.03.2026 18:05" },
  ],
  result: (input, _args, [written]) =>
    typeof written === "string" ? (patternMistake(written, input.kind === "date") ?? t.text) : t.text,
  apply: (input, [written = "medium"], env) => show(input, written as string, env),
};

export const time: Filter = {
  name: "time",
  summary: "The hour and minute of a time, in the bot's time zone and language.",
  input: ["time"],
  fromText: writtenMoment,
  args: [
    {
      name: "format",
      summary: "'short', 'long' (with seconds), 'iso', or a pattern such as '%H:%M'.",
      kinds: ["text"],
      optional: true,
    },
  ],
  examples: [
    { expression: "now | time", output: "6:05 PM" },
    { expression: "now | time: '%H:%M'", output: "18:05" },
  ],
  result: (_input, _args, [written]) =>
    typeof written === "string" && written !== "short" && written !== "long" && written !== "iso"
      ? (patternMistake(written, false, ["short", "long", "iso"]) ?? t.text)
      : t.text,
  apply: (input, [written = "short"], env) => {
    if (!isInstant(input) || !inRange(input.ms)) return null;
    const named = { short: "short", long: "medium" } as const;
    if (written === "iso") return formatPattern("%H:%M:%S", input.ms, env.timezone, env.locale);
    if (written !== "short" && written !== "long")
      return formatPattern(written as string, input.ms, env.timezone, env.locale);
    return formatMoment(env.locale, { timeStyle: named[written], timeZone: env.timezone }, input.ms);
  },
};

function show(input: Value, written: string, env: Env): Value {
  const ms = momentOf(input);
  if (ms === undefined) return null;
  // A date is already the day in the bot's time zone.
  const timeZone = isDate(input) ? "UTC" : env.timezone;
  if (written === "iso") return isDate(input) ? input.iso : dayIn(ms, timeZone);
  const named = namedFormats[written];
  if (named === undefined) return formatPattern(written, ms, timeZone, env.locale);
  return formatMoment(env.locale, { ...named, timeZone }, ms);
}

const momentInZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** A day or a moment as programs write them: `2026-12-01`, `2026-12-01T18:00:00Z`; without a zone, in the bot's. */
function writtenMoment(written: string, env: Env): Value {
  const text = written.trim();
  if (momentInZone.test(text)) return instant(Date.parse(text));
  const read = parseMoment(text, env.timezone);
  if (!read.ok) return null;
  return text.length === "2026-12-01".length ? calendarDate(text) : instant(read.value);
}

function momentOf(value: Value): number | undefined {
  const ms = isInstant(value) ? value.ms : isDate(value) ? Date.parse(value.iso) : Number.NaN;
  return inRange(ms) ? ms : undefined;
}

function dayIn(ms: number, timeZone: string): string {
  return formatPattern("%Y-%m-%d", ms, timeZone, "en");
}
