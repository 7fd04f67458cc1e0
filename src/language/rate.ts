import { suggest } from "../diagnostics/suggest.ts";
import { parseDuration, shortDuration } from "./duration.ts";
import { type Parsed, wholeProblem } from "./problem.ts";

const rateUnits = ["minute", "hour", "day", "week", "month"] as const;
export const rateSubjects = ["user", "member", "channel", "server", "everyone"] as const;

export type RateUnit = (typeof rateUnits)[number];
export type RateSubject = (typeof rateSubjects)[number];

/** A window in units rolls (`1 per 24h`); a calendar word does not (`1 per day` starts anew at midnight, bot.timezone). */
export type RateWindow =
  | { readonly kind: "rolling"; readonly ms: number }
  | { readonly kind: "calendar"; readonly unit: RateUnit };

export interface Rate {
  readonly limit: number;
  readonly window: RateWindow;
  readonly per: RateSubject;
}

const shape = "write for example 5 per 10s per user, or 2 per day per server";

/** Reads `5 per 10s per user`. Without a second "per" it counts for each user. */
export function parseRate(source: string): Parsed<Rate> {
  const text = source.trim();
  const bad = (message: string, hint = shape): Parsed<Rate> => ({
    ok: false,
    problem: wholeProblem("bad-rate", source, message, hint),
  });
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const parts = text.split(/\s+per\s+/);
  const [count, ...rest] = parts;
  if (!/^\d+$/.test(count!) || rest.length === 0 || rest.length > 2) {
    const meant = inShape(text);
    return bad(`"${shown}" is not a rate`, meant === text || !parseRate(meant).ok ? shape : `write ${meant}`);
  }
  const limit = Number(count);
  if (limit < 1 || limit > 1_000_000)
    return bad(`"${count}" cannot be a limit`, "write a whole number from 1 to 1000000");

  let window: RateWindow | undefined;
  let per: RateSubject | undefined;
  for (const part of rest) {
    if (isSubject(part)) {
      if (per !== undefined) return bad(`"${shown}" says twice who is counted`);
      per = part;
      continue;
    }
    if (window !== undefined) {
      const near = /^(person|people|somebody|each)$/.test(part) ? "user" : suggest(part, rateSubjects);
      return bad(
        `"${part}" is not something that a rate can count by`,
        near ? `did you mean "per ${near}"?` : `after the time write per ${rateSubjects.join(", per ")}`,
      );
    }
    const read = parseWindow(part);
    if (!read.ok) return bad(`"${part}" is not a time that a rate can have`, read.problem.hint);
    window = read.value;
  }
  if (window === undefined) return bad(`"${shown}" does not say in which time`);
  return { ok: true, value: { limit, window, per: per ?? "user" } };
}

/** `once per day`, `5/min` and `3 times a day` in the shape of a rate. */
function inShape(text: string): string {
  return text
    .toLowerCase()
    .replace(/^(once|einmal)\b/, "1")
    .replace(/^(twice|zweimal)\b/, "2")
    .replace(/^(\d+) *(times|x|mal)\b/, "$1")
    .replace(/ *(?:\/| (?:every|each|an?|in|pro)\b) */, " per ")
    .replace(/ per (s|sec|second)s?\b/, " per 1s")
    .replace(/ per (m|min)s?\b/, " per minute")
    .replace(/ per (h|hr)s?\b/, " per hour");
}

/** Reads the window alone: `10s`, or `day`. */
export function parseWindow(source: string): Parsed<RateWindow> {
  const text = source.trim();
  const unit = rateUnits.find((word) => word === text);
  if (unit !== undefined) return { ok: true, value: { kind: "calendar", unit } };
  const read = parseDuration(text);
  if (read.ok && read.value > 0) return { ok: true, value: { kind: "rolling", ms: read.value } };
  const near = /\d/.test(text) ? undefined : suggest(text, rateUnits);
  const hint = near ? `did you mean "${near}"?` : read.ok ? "write at least 1s" : read.problem.hint;
  return { ok: false, problem: wholeProblem("bad-rate", source, `"${text}" is not a time`, hint) };
}

function isSubject(word: string): word is RateSubject {
  return rateSubjects.some((subject) => subject === word);
}

/** A rate as one writes it: `5 per 10s per user`. */
export function printRate({ limit, window, per }: Rate): string {
  const stretch = window.kind === "calendar" ? window.unit : shortDuration(window.ms);
  return `${limit} per ${stretch} per ${per}`;
}
