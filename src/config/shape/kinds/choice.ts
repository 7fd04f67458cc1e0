import { suggest } from "../../../diagnostics/suggest.ts";
import { weekdayMeant, weekdays, weekdaysBetween } from "../../../language/weekday.ts";
import { orList, type Reading, tell, tellWrongType, textOf, type Written } from "../reading.ts";

/** One of a few words. */
export function readChoice<T extends string>(reading: Reading, values: readonly T[], written: Written): T | undefined {
  const text = textOf(reading, written);
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  if (text === undefined) return tellWrongType(reading, written, orList(values));
  return tell(reading, written.pointer, { code: "not-a-choice", ...whatInstead(text, values) });
}

/** Tells several words in one text, where a list of them is wanted: `mon, tue`. */
export function tellSeveral(reading: Reading, values: readonly string[], written: Written): boolean {
  const text = textOf(reading, written)?.trim() ?? "";
  if (values.includes(text)) return false;
  const parts = text.split(/\s*(?:[,;&+/]|\s(?:and|und|or)\s)\s*/i);
  const [from = "", to] = text.split(/\s*(?:-|–|\s(?:to|bis)\s)\s*/i);
  const range = isDays(values) && to !== undefined ? weekdaysBetween(from, to) : undefined;
  const meant: readonly (string | undefined)[] =
    range ?? (parts.length > 1 ? parts.map((part) => nearest(part, values)) : [undefined]);
  if (meant.includes(undefined)) return false;
  const message = `"${text}" is several, and several are a list.`;
  const hint = `write ${written.name}: [${meant.join(", ")}]`;
  tell(reading, written.pointer, { code: "not-a-choice", message, hint });
  return true;
}

function whatInstead(text: string, values: readonly string[]): { message: string; hint?: string } {
  const shown = `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
  const small = values.find((value) => value === text.toLowerCase());
  if (small !== undefined) return { message: `${shown} is written in small letters here.`, hint: `write ${small}` };
  if (isDays(values) && /^(every ?day|daily|all|always|any|täglich|jeden tag)$/i.test(text))
    return { message: `${shown} is not possible here; without days it is every day.`, hint: "delete the line" };
  const near = nearest(text, values);
  if (near === undefined) return { message: `${shown} is not possible here; write ${orList(values)}.` };
  const message = `${shown} is not possible here. Did you mean "${near}"?`;
  return isDays(values) ? { message } : { message, hint: `possible are ${values.join(", ")}` };
}

const isDays = (values: readonly string[]): boolean => Object.keys(weekdays).every((day) => values.includes(day));

/** The value that was meant, also by a name that people try for it. */
function nearest(text: string, values: readonly string[]): string | undefined {
  const plain = text.trim().toLowerCase();
  if (values.includes(plain)) return plain;
  const day = isDays(values) ? weekdayMeant(plain) : undefined;
  const other = Object.entries(otherValues()).find(([value, names]) => names.includes(plain) && values.includes(value));
  return day ?? other?.[0] ?? suggest(plain, values);
}

/** What people write for a value of another name. Made when it is asked for, because hardly any file needs it. */
const otherValues = (): Readonly<Record<string, readonly string[]>> => ({
  text: ["string", "str", "words"],
  integer: ["int", "whole", "whole number", "count"],
  number: ["float", "double", "decimal"],
  yes_no: ["bool", "toggle", "checkbox"],
  member: ["person", "people"],
  user: ["person", "people"],
  server: ["guild", "chat", "workspace", "group"],
  bot: ["global", "everyone", "everywhere", "shared", "all"],
  everyone: ["@everyone", "all", "global"],
  duration: ["period", "timespan"],
  time: ["date", "datetime", "timestamp", "day"],
  attachment: ["file", "image", "picture"],
  list: ["array", "several"],
  channel: ["room"],
  success: ["green"],
  danger: ["red"],
  primary: ["blue"],
  secondary: ["grey", "gray"],
});
