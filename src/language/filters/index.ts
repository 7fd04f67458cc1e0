import type { Filter } from "./filter.ts";
import { first, join, last, random, reverse, size, sort, unique } from "./list.ts";
import {
  abs,
  atLeast,
  atMost,
  ceil,
  dividedBy,
  floor,
  minus,
  modulo,
  number,
  ordinal,
  plural,
  plus,
  round,
  times,
} from "./number.ts";
import {
  capitalize,
  code,
  downcase,
  remove,
  replace,
  split,
  strip,
  trim,
  truncate,
  upcase,
  urlEncode,
} from "./text.ts";
import { ago, date, duration, time } from "./time.ts";
import { defaultFilter, mention } from "./value.ts";

/** Every filter, in the order of the reference. */
export const filters: readonly Filter[] = [
  ...[upcase, downcase, capitalize, trim, strip, truncate, replace, remove, split, urlEncode, code],
  ...[join, first, last, size, sort, reverse, unique, random],
  ...[plus, minus, times, dividedBy, modulo, round, floor, ceil, abs, atLeast, atMost, number, plural, ordinal],
  ...[duration, ago, date, time],
  ...[defaultFilter, mention],
];

export type Filters = ReadonlyMap<string, Filter>;

/** The filters by the name that is written behind `|`. */
export const filtersByName: Filters = new Map(filters.map((filter) => [filter.name, filter]));

/** Names from other template languages and spreadsheets, and the filter that does it here. */
export const filterSynonyms: ReadonlyMap<string, string> = new Map([
  ...["upper", "uppercase"].map((word) => [word, "upcase"] as const),
  ...["lower", "lowercase"].map((word) => [word, "downcase"] as const),
  ...["length", "count"].map((word) => [word, "size"] as const),
  ...["add", "sum"].map((word) => [word, "plus"] as const),
  ...["subtract", "sub"].map((word) => [word, "minus"] as const),
  ...["multiply", "mul", "multiplied_by"].map((word) => [word, "times"] as const),
  ...["divide", "div"].map((word) => [word, "divided_by"] as const),
  ...["pluralize", "pluralise"].map((word) => [word, "plural"] as const),
  ...["choose", "pick", "sample", "shuffle"].map((word) => [word, "random"] as const),
  ...["timeago", "relative", "since"].map((word) => [word, "ago"] as const),
  ...["shorten", "cut", "limit"].map((word) => [word, "truncate"] as const),
  ...["or", "fallback", "else"].map((word) => [word, "default"] as const),
  ...["uniq", "distinct"].map((word) => [word, "unique"] as const),
  ...["max", "minimum"].map((word) => [word, "at_least"] as const),
  ...["min", "maximum"].map((word) => [word, "at_most"] as const),
  ...["mod", "remainder"].map((word) => [word, "modulo"] as const),
  ...["urlencode", "escape_url", "uri"].map((word) => [word, "url_encode"] as const),
  ...["take", "slice"].map((word) => [word, "first"] as const),
  ...["delete", "without"].map((word) => [word, "remove"] as const),
  ...["ping", "tag"].map((word) => [word, "mention"] as const),
  ...["format", "comma", "thousands"].map((word) => [word, "number"] as const),
]);
