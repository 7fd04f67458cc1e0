import { suggest } from "../../diagnostics/suggest.ts";
import { dateFormat } from "../intl.ts";
import type { FilterMistake } from "./filter.ts";

/** The formats that have a name, without those that are a pattern. */
export const namedFormats: Readonly<Record<string, Intl.DateTimeFormatOptions>> = Object.freeze(
  Object.assign(Object.create(null) as Record<string, Intl.DateTimeFormatOptions>, {
    short: { dateStyle: "short" },
    medium: { dateStyle: "medium" },
    long: { dateStyle: "full" },
    weekday: { weekday: "long" },
    month: { month: "long" },
    year: { year: "numeric" },
  }),
);

/** The letters of strftime that people know from elsewhere. */
const letters: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  Y: { year: "numeric" },
  y: { year: "2-digit" },
  m: { month: "2-digit" },
  d: { day: "2-digit" },
  e: { day: "numeric" },
  H: { hour: "2-digit", hourCycle: "h23" },
  I: { hour: "2-digit", hourCycle: "h12" },
  M: { minute: "2-digit" },
  S: { second: "2-digit" },
  p: { hour: "2-digit", hourCycle: "h12" },
  A: { weekday: "long" },
  a: { weekday: "short" },
  B: { month: "long" },
  b: { month: "short" },
};
const clockLetters = "HIMSp";
const partNames: Readonly<Record<string, Intl.DateTimeFormatPartTypes>> = {
  ...{ Y: "year", y: "year", m: "month", d: "day", e: "day", H: "hour", I: "hour", M: "minute", S: "second" },
  ...{ p: "dayPeriod", A: "weekday", a: "weekday", B: "month", b: "month" },
};
const digits = "YymdeHIMS";

/** What is wrong with a format that was written, or undefined. */
export function patternMistake(
  written: string,
  isDay: boolean,
  names: readonly string[] = [...Object.keys(namedFormats), "iso"],
): FilterMistake | undefined {
  if (names.includes(written)) return undefined;
  if (!written.includes("%")) {
    const near = suggest(written, names);
    const all = names.map((name) => `'${name}'`).join(", ");
    const hint = near ? `did you mean '${near}'?` : `write ${all}, or a pattern such as '%d.%m.%Y'`;
    return { argument: 0, mistake: `there is no format "${written}"`, hint };
  }
  for (const [, letter] of written.matchAll(/%([\s\S]?)/g)) {
    if (letter === "%" || Object.hasOwn(letters, letter!)) {
      if (isDay && clockLetters.includes(letter!) && letter !== "")
        return { argument: 0, mistake: `a date has no hours and minutes, so "%${letter}" has nothing to show` };
      continue;
    }
    const hint = `known are ${Object.keys(letters)
      .map((known) => `%${known}`)
      .join(" ")} and %% for a percent sign`;
    return { argument: 0, mistake: `"%${letter}" is not part of a date pattern`, hint };
  }
  return undefined;
}

/** A moment by a pattern such as `%Y-%m-%d %H:%M`; what is not a known letter stays as written. */
export function formatPattern(pattern: string, ms: number, timeZone: string, locale: string): string {
  return pattern.replace(/%([A-Za-z%])/g, (whole, letter: string) => {
    if (letter === "%") return "%";
    const options = Object.hasOwn(letters, letter) ? letters[letter] : undefined;
    if (options === undefined) return whole;
    const isDigits = digits.includes(letter);
    // Digits are the same everywhere; the names of days and months are the language's own.
    const parts = dateFormat(isDigits ? "en-u-ca-gregory-nu-latn" : locale, { ...options, timeZone }).formatToParts(ms);
    const value = parts.find((part) => part.type === partNames[letter])?.value ?? "";
    return isDigits && letter !== "Y" && letter !== "e" ? value.padStart(2, "0") : value;
  });
}
