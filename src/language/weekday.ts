import { dateFormat } from "./intl.ts";

/** Days as they are written, by the numbers that calendars count them with: 0 is Sunday. */
export const weekdays = {
  mon: [1],
  tue: [2],
  wed: [3],
  thu: [4],
  fri: [5],
  sat: [6],
  sun: [0],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 0],
  monday: [1],
  tuesday: [2],
  wednesday: [3],
  thursday: [4],
  friday: [5],
  saturday: [6],
  sunday: [0],
} as const;

/** The numbers of the days that are written. */
export function weekdayNumbers(written: readonly string[]): readonly number[] {
  return written.flatMap((day) => weekdays[day as keyof typeof weekdays] ?? []);
}

/** Languages whose names of days are known, so that who writes `montag` learns the word for it. */
const languages = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "tr", "ru"];

/** The day of the week that stands somewhere in a text, in one of several languages; undefined where there is none. */
export function weekdayMeant(text: string): Short | undefined {
  const words: readonly string[] = text.toLowerCase().match(/\p{L}[\p{L}-]*/gu) ?? [];
  for (const language of languages) {
    const format = dateFormat(language, { weekday: "long", timeZone: "UTC" });
    // 1970 began on a Thursday.
    const names = short.map((_, day) => format.format(new Date((day + 3) * 86_400_000)).toLowerCase());
    const isDay = (name: string, word: string) => word === name || word === `${name}s`;
    const found = names.findIndex((name) => words.some((word) => isDay(name, word)));
    if (found !== -1) return short[found];
  }
  return short.find((day) => words.includes(day));
}

/** The days one after the other, as calendars count them. */
const short = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
type Short = (typeof short)[number];

/** The days from one to another, as a list is written; undefined where one of them is no day. */
export function weekdaysBetween(from: string, to: string): readonly string[] | undefined {
  const [first, last] = [weekdayMeant(from), weekdayMeant(to)];
  if (first === undefined || last === undefined) return undefined;
  const start = short.indexOf(first);
  const count = ((short.indexOf(last) - start + 7) % 7) + 1;
  return Array.from({ length: count }, (_, at) => short[(start + at) % 7]!);
}
