import { dateFormat } from "./intl.ts";
import { type Parsed, wholeProblem } from "./problem.ts";

/** A moment as a person writes it: a day, and a time of it. */
const shape = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** Reads `2026-12-24` or `2026-12-24 18:00` as that moment in a time zone, in milliseconds since 1970. */
export function parseMoment(source: string, timezone: string): Parsed<number> {
  const text = source.trim();
  const [, year, month, day, hour = "0", minute = "0", second = "0"] = shape.exec(text) ?? [];
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const isReal =
    !Number.isNaN(wall) &&
    new Date(wall).toISOString().startsWith(`${year}-${month}-${day}`) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (isReal) return { ok: true, value: inZone(wall, timezone) };
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const hint = "write it like 2026-12-24 18:00";
  return { ok: false, problem: wholeProblem("bad-time", source, `"${shown}" is not a time`, hint) };
}

/** A moment as a person writes it: `2026-12-24 18:00`, or the day alone at its beginning. Parts of a second are left out. */
export function writtenMoment(ms: number, timezone: string): string {
  return shownAt(ms, timezone)
    .replace(/:00$/, "")
    .replace(/ 00:00$/, "");
}

/** The moment at which clocks of a zone show this; of an hour that a clock change skips or repeats, a moment beside it. */
function inZone(wall: number, timezone: string): number {
  const first = wall - offsetAt(wall, timezone);
  return wall - offsetAt(first, timezone);
}

function offsetAt(ms: number, timezone: string): number {
  return Date.parse(`${shownAt(ms, timezone).replace(" ", "T")}Z`) - ms;
}

/** `2026-12-24 18:00:00`: the Swedish locale writes dates and times as ISO 8601 does. */
function shownAt(ms: number, timezone: string): string {
  return dateFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" }).format(ms);
}
