import { numberFormat } from "./intl.ts";
import { type Parsed, wholeProblem } from "./problem.ts";

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** A hundred years: more is a slip of the hand, and sums of two still fit in a date. */
const longest = 36_525 * 86_400_000;

/** Reads `10s`, `5m`, `2h`, `7d`, `2w`, `1h30m` or `1h 30m` as milliseconds. */
export function parseDuration(source: string): Parsed<number> {
  const text = source.trim();
  if (/^\d+[smhdw](\s*\d+[smhdw])*$/.test(text)) {
    const seen = new Set<string>();
    let ms = 0;
    for (const [, count, unit] of text.matchAll(/(\d+)([smhdw])/g)) {
      if (seen.has(unit!))
        return bad(source, `"${text}" names the unit "${unit}" twice`, "add them up: 30m, not 10m20m");
      seen.add(unit!);
      ms += Number(count) * unitMs[unit!]!;
    }
    if (ms > longest) return bad(source, `"${text}" is longer than a hundred years`, "write a shorter duration");
    return { ok: true, value: ms };
  }
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return bad(source, text === "" ? "the duration is empty" : `"${shown}" is not a duration`, hintFor(text));
}

function bad(source: string, message: string, hint: string): Parsed<number> {
  return { ok: false, problem: wholeProblem("bad-duration", source, message, hint) };
}

const unitWords: readonly (readonly [RegExp, string, number])[] = [
  [/^(s|secs?|seconds?|sekunden?)$/i, "s", 1],
  [/^(m|mins?|minut(es?|en?))$/i, "m", 1],
  [/^(h|hrs?|hours?|stunden?|std)$/i, "h", 1],
  [/^(d|days?|tage?n?)$/i, "d", 1],
  [/^(w|wks?|weeks?|wochen?)$/i, "w", 1],
  [/^(mo|months?|monate?)$/i, "d", 30],
  [/^(y|yrs?|years?|jahre?)$/i, "d", 365],
];

function hintFor(text: string): string {
  const general = "write a number and a unit: 10s, 5m, 2h, 7d or 2w";
  if (text.length > 60) return general;
  if (/^\d+$/.test(text)) return `it needs a unit: ${text}s for seconds, ${text}m for minutes, ${text}h for hours`;
  if (text.startsWith("-")) return "a duration cannot be below zero";
  if (/^\d{1,2}:\d{2}$|^(until|till|bis)\b/i.test(text))
    return "it is how long, not when, such as 2h; what happens at a time or on a day stands under schedules:";
  const meant = durationMeant(text);
  return meant === undefined ? general : `write ${meant}`;
}

/** What people write in other words, as the file writes it: `1h30m` for "1 hour and 30 min". Undefined where it is none. */
function durationMeant(text: string): string | undefined {
  const counted = inNumbers(text);
  const parts = [...counted.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)\s*(?:,|and)?\s*/gi)];
  if (parts.map((part) => part[0]).join("") !== counted) return undefined;
  const rewritten = parts.map(([, count, word]) => {
    const known = unitMeant(word!);
    if (known === undefined) return undefined;
    const ms = Math.round(Number(count!.replace(",", ".")) * known[2] * unitMs[known[1]]!);
    return /^\d+$/.test(count!) && known[2] === 1 ? count + known[1] : shortDuration(ms);
  });
  return rewritten.length > 0 && !rewritten.includes(undefined) ? rewritten.join("") : undefined;
}

const unitMeant = (word: string) => unitWords.find(([pattern]) => pattern.test(word));

/** Reads what a person types in a chat: as the file writes it, or in plain words, such as `2 hours`, `90 min` or `2H`. */
export function parseTypedDuration(source: string): Parsed<number> {
  const read = parseDuration(source);
  const text = source.trim();
  const meant = read.ok || text.length > 60 ? undefined : durationMeant(text);
  const typed = meant === undefined ? read : parseDuration(meant);
  return typed.ok ? typed : read;
}

/**
 * The duration of several words at the beginning of a text: "2 hours" of "2 hours bring the balls". Each unit is smaller
 * than the one before, so that "10 min 3 days of noise" begins with 10 minutes.
 */
export function durationAhead(text: string, most: "one unit" | "all units" = "all units"): string | undefined {
  const inWords = /^(?:half an?|an?|one)\s+([a-z]+)(?![\p{L}\p{N}])/iu.exec(text);
  if (inWords !== null) return unitMeant(inWords[1]!) && inWords[0];
  const first = /^\d+(?:[.,]\d+)?\s*([a-z]+)(?![\p{L}\p{N}])/iu;
  const another = /^(?:,|\s+and)?\s+\d+\s*([a-z]+)(?![\p{L}\p{N}])/iu;
  let end = 0;
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    const part = (end === 0 ? first : another).exec(text.slice(end));
    const unit = part === null ? undefined : unitMeant(part[1]!);
    const size = unit === undefined ? before : unit[2] * unitMs[unit[1]]!;
    if (size >= before) return end === 0 ? undefined : text.slice(0, end);
    end += part![0].length;
    if (most === "one unit") return text.slice(0, end);
    before = size;
  }
}

/** `an hour` and `half an hour` with their numbers, and `1h30` with its second unit. */
function inNumbers(text: string): string {
  return text
    .replace(/^half an? /i, "0.5 ")
    .replace(/^(an?|one|eine?) (?=[a-z])/i, "1 ")
    .replace(/^(\d+ *h) ?(\d{1,2})$/i, "$1$2m")
    .replace(/^(\d+ *m) ?(\d{1,2})$/i, "$1$2s");
}

/** The duration as it is written in bot.yaml: `1h30m`. Parts of a second are rounded up. */
export function shortDuration(ms: number): string {
  return (
    split(ms)
      .map(([count, unit]) => `${count}${unit[0]}`)
      .join("") || "0s"
  );
}

/**
 * The duration in words, its two largest units: "2 hours 5 minutes". Parts of a second are rounded up, so that
 * "try again in" never names a moment that is too early.
 */
export function formatDuration(ms: number, locale: string): string {
  const parts = split(ms).slice(0, 2);
  const inWords = (count: number, unit: string) =>
    numberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
  return parts.length === 0 ? inWords(0, "second") : parts.map(([count, unit]) => inWords(count, unit)).join(" ");
}

function split(ms: number): [count: number, unit: "day" | "hour" | "minute" | "second"][] {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  const parts: [number, "day" | "hour" | "minute" | "second"][] = [
    [Math.floor(seconds / 86_400), "day"],
    [Math.floor(seconds / 3600) % 24, "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ];
  return parts.filter(([count]) => count > 0);
}
