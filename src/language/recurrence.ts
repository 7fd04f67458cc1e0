import { Cron } from "croner";
import { weekdayNumbers } from "./weekday.ts";

/** When something happens again and again; exactly one of `every`, `at` and `cron`. */
export interface Recurrence {
  /** Milliseconds. */
  readonly every?: number;
  /** Times of day: `18:00`. */
  readonly at?: readonly string[];
  /** For `at`: `fri`, `weekdays`; every day, if left out. */
  readonly days?: readonly string[];
  readonly cron?: string;
}

/**
 * The first moment after another one, in milliseconds since the epoch; undefined where there is none any more.
 * @param last - the moment before, which `every` counts on from
 */
export type NextMoment = (after: number, last: number | undefined) => number | undefined;

/**
 * Clocks are those of the time zone: a time that the change to summer time leaves out comes when the clocks have moved on,
 * and one that the change back brings twice comes the first time.
 * @returns a sentence where the cron pattern is none, or has no moment.
 */
export function compileRecurrence(written: Recurrence, timezone: string): NextMoment | string {
  const { every, cron } = written;
  if (every !== undefined) return (after, last) => nextOfEvery(every, after, last);
  if (cron === undefined) return nextOf(dailyPatterns(written), timezone);
  if (cron.trim().split(/\s+/).length !== 5 && !cron.startsWith("@")) return notCron(cron);
  try {
    const next = nextOf([cron], timezone);
    if (next(0, undefined) === undefined) return `"${cron}" is a day that never comes.`;
    return next;
  } catch {
    return notCron(cron);
  }
}

const notCron = (cron: string): string =>
  `"${cron}" is not a cron pattern; write minute, hour, day, month and day of the week, such as "0 18 * * 5" for Fridays at 18:00.`;

function nextOfEvery(every: number, after: number, last: number | undefined): number {
  if (last === undefined || last > after) return after + every;
  return last + (Math.floor((after - last) / every) + 1) * every;
}

function dailyPatterns({ at = [], days = [] }: Recurrence): string[] {
  const onDays = days.length === 0 ? "*" : [...new Set(weekdayNumbers(days))].join(",");
  return at.map((time) => {
    const [hour, minute] = time.split(":").map(Number);
    return `${minute} ${hour} * * ${onDays}`;
  });
}

function nextOf(patterns: readonly string[], timezone: string): NextMoment {
  const crons = patterns.map((pattern) => new Cron(pattern, { timezone }));
  return (after) => {
    const moments = crons.flatMap((cron) => cron.nextRun(new Date(after))?.getTime() ?? []);
    return moments.length === 0 ? undefined : Math.min(...moments);
  };
}
