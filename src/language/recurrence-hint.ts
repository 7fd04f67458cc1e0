import { timeOfDayMeant } from "./time-of-day.ts";
import { weekdayMeant } from "./weekday.ts";

/** What to write for `every: friday`, `every: week` or `every: daily`; undefined for what has no day or time in it. */
export function hintForEvery(text: string): string | undefined {
  const plain = text.toLowerCase();
  const time = timeOfDayMeant(plain);
  const day = weekdayMeant(plain);
  if (day === undefined && /^\d+ *(?:[smhdw]|mo|year)/.test(plain)) return undefined;
  if (day !== undefined) return `in place of every: write at: "${time ?? "18:00"}", and below it days: [${day}]`;
  if (/\bmonth|\bmonat/.test(plain)) return 'for the first of every month, in place of every: write cron: "0 9 1 * *"';
  if (/\bweek|\bwoche|wöchentlich/.test(plain))
    return 'write 1w; or for a day of the week, in place of every: at: "18:00", and below it days: [fri]';
  if (/\bda(y|ily)|\btag|täglich/.test(plain))
    return time === undefined
      ? 'write 1d; or for a time of day, in place of every: at: "18:00"'
      : `in place of every: write at: "${time}"`;
  if (/\bhour|\bstunde|stündlich/.test(plain)) return "write 1h";
  return /\bminute/.test(plain) ? "write 1m" : undefined;
}
