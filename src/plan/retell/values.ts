import type { CanonicalArguments, CanonicalExpression, CanonicalValue } from "../../contracts/canonical.ts";
import type { Field, Fields } from "../../contracts/fields.ts";
import { type Right, rights } from "../../contracts/right.ts";
import type { Tells } from "../../contracts/tells.ts";
import { agreeing, sayPath, sayWritten } from "./expressions.ts";
import { ownerOf, spaced, type Telling } from "./telling.ts";
import { sayText } from "./texts.ts";
import { sayDuration } from "./times.ts";
import { sayWho } from "./who.ts";

/** The word that a field belongs to, with all that is written for it. */
interface Around {
  readonly fields: Fields;
  readonly args: CanonicalArguments;
}

/** What is written in a field, in plain words; undefined where there is nothing to say. */
export function sayValue(
  field: Field | undefined,
  value: CanonicalValue | undefined,
  telling: Telling,
  around?: Around,
): string | undefined {
  if (field?.kind === "person" && field.causer === true && isMissing(value))
    return isMissing(around?.args.who) ? sayOwner(around, telling) : undefined;
  if (field?.kind === "value" && (value === false || value === "")) return value === false ? "no" : "nothing";
  if (isMissing(value)) return undefined;
  if (typeof value === "object" && "$" in value) return sayWritten(String(value.$), telling);
  switch (field?.kind) {
    case "text":
      return `"${sayText(String(value), telling)}"`;
    case "duration":
      return typeof value === "number" ? sayDuration(value) : String(value);
    case "percent":
      return typeof value === "number" ? `${Math.round(value * 1000) / 10}%` : String(value);
    case "right":
      return rights[value as Right];
    case "who":
      return Array.isArray(value) ? sayWho(value, field.as) : undefined;
    case "places":
      return sayPlaces(value, telling);
    case "data_name":
      return sayDatum(String(value), around, telling);
    case "object":
      return sayObject(field, value as CanonicalArguments, telling);
    case "platform_name":
      if (typeof value === "string") return telling.registry.platforms.get(value)?.title ?? value;
      break;
    case "map":
      return sayMap(field, value as CanonicalArguments, telling);
    default:
      break;
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => sayValue(field?.kind === "list" ? field.of : undefined, item, telling) ?? []);
    return items.length === 0 ? undefined : telling.list(items);
  }
  if (value === true) return "yes";
  if (typeof value === "object") return undefined;
  const text = sayText(String(value), telling);
  return typeof value === "string" && isQuoted(field, text) ? `"${text}"` : text;
}

/** Texts stand in quotes; names, addresses, times and numbers do not. */
function isQuoted(field: Field | undefined, text: string): boolean {
  if (field?.kind === "value") return text !== "yes" && text !== "no";
  return field?.kind === "plain" && field.pattern === undefined && field.format === undefined && !/^[\d:]+$/.test(text);
}

const isMissing = (value: CanonicalValue | undefined): value is undefined | null | "" | false =>
  value === undefined || value === null || value === "" || value === false;

function sayObject(field: Field & { kind: "object" }, value: CanonicalArguments, telling: Telling): string | undefined {
  if (field.tells !== undefined) return tell(field.tells, { fields: field.fields, args: value }, telling);
  const said = Object.entries(value).flatMap(([name, one]) => {
    const text = sayValue(field.fields[name], one, telling);
    return text === undefined ? [] : [`${spaced(name)} ${text}`];
  });
  return said.length === 0 ? undefined : said.join(", ");
}

function sayMap(field: Field & { kind: "map" }, value: CanonicalArguments, telling: Telling): string | undefined {
  const said = Object.entries(value).flatMap(([name, one]) => {
    const text = sayValue(field.of, one, telling);
    if (text === undefined) return [];
    return [field.data === true ? agreeing(sayPath(["data", name], telling), text) : `${spaced(name)} ${text}`];
  });
  return said.length === 0 ? undefined : said.join(field.data === true ? " and " : ", ");
}

/** Names of places, those on another platform with its name. */
function sayPlaces(value: CanonicalValue, telling: Telling): string | undefined {
  const places = (Array.isArray(value) ? value : [value]).map((place: CanonicalValue) => {
    if (isExpression(place)) return sayWritten(String((place as CanonicalExpression).$), telling);
    const [, platform, name] = /^([a-z]+):(.+)$/s.exec(String(place)) ?? [];
    const title = telling.registry.platforms.get(platform ?? "")?.title;
    return title === undefined ? String(place) : `${name} on ${title}`;
  });
  return places.length === 0 ? undefined : telling.list(places);
}

/** What the bot remembers, with whose it is where the word asks for that. */
function sayDatum(name: string, around: Around | undefined, telling: Telling): string {
  const of = around?.fields.of;
  if (of === undefined) return spaced(name);
  const whose = around?.args.of;
  if (isMissing(whose)) return sayPath(["data", name], telling);
  return `the ${spaced(name)} of ${sayValue(of, whose, telling)}`;
}

/** Who is meant where a word names nobody. */
function sayOwner(around: Around | undefined, telling: Telling): string {
  const name = around?.args.data;
  return typeof name === "string" ? ownerOf(name, telling) : "the person";
}

const placeholder = /\{([\w.]*)(?:\?([^}]*))?\}/g;

/** What a sentence is about: fields and what is written in them. `isTrue` chooses in `{?has|has no}`. */
export interface Told {
  readonly fields: Fields;
  readonly args: CanonicalArguments;
  readonly isTrue?: boolean;
}

/** The first of the sentences whose fields are there, filled in; undefined where none is. */
export function tell(tells: Tells, told: Told, telling: Telling): string | undefined {
  for (const sentence of typeof tells === "string" ? [tells] : tells) {
    // Stretches are left out before anything is filled in, so that what people wrote is never taken for one of them.
    const kept = sentence
      .replace(/\[([^\]]*)\]/g, (_all, stretch: string) => (isSaid(stretch, told, telling) ? stretch : ""))
      .replace(/^, | ,|,(?=,)/g, "");
    if (!holds(kept, told, telling)) continue;
    return kept.replace(
      placeholder,
      (_all, name: string, words: string | undefined) => fill(name, words, told, telling)!,
    );
  }
  return undefined;
}

const holds = (sentence: string, told: Told, telling: Telling): boolean =>
  [...sentence.matchAll(placeholder)].every(([, name, words]) => fill(name!, words, told, telling) !== undefined);

function isSaid(stretch: string, told: Told, telling: Telling): boolean {
  return holds(stretch, told, telling) && [...stretch.matchAll(placeholder)].every(([, name]) => !isUsual(name!, told));
}

/** Whether a field is as it would be if nothing was written. */
function isUsual(name: string, { fields, args }: Told): boolean {
  const found = find(name, fields, args);
  if (found.field === undefined || !("default" in found.field)) return false;
  return found.value === found.field.default;
}

function fill(name: string, words: string | undefined, told: Told, telling: Telling): string | undefined {
  if (name === "") return words?.split("|")[told.isTrue === false ? 1 : 0];
  if (name === "server") return telling.server;
  const { field, value } = find(name, told.fields, told.args);
  if (words === undefined) return sayValue(field, value, telling, { args: told.args, fields: told.fields });
  const texts = new Map(words.split("|").map((one) => one.split("=", 2) as [string, string]));
  const inWords = (one: CanonicalValue | undefined): string | undefined => {
    if (typeof one === "boolean") return texts.get(one ? "yes" : "no");
    return typeof one === "object" ? undefined : texts.get(String(one));
  };
  if (!Array.isArray(value))
    return inWords(value) ?? (isExpression(value) ? sayValue(field, value, telling) : undefined);
  const said = value.flatMap((one: CanonicalValue) => inWords(one) ?? []);
  return said.length === 0 ? undefined : telling.list(said);
}

const isExpression = (value: unknown): boolean => typeof value === "object" && value !== null && "$" in value;

/** A field and its value, also inside another: `for_each.items`, `times.0`. */
function find(
  name: string,
  fields: Fields,
  args: CanonicalArguments,
): { readonly field: Field | undefined; readonly value: CanonicalValue | undefined } {
  const [first, ...rest] = name.split(".");
  const field = Object.hasOwn(fields, first!) ? fields[first!] : undefined;
  const value = args[first!];
  if (rest.length === 0) return { field, value };
  if (field?.kind === "object" && typeof value === "object" && value !== null)
    return find(rest.join("."), field.fields, value as CanonicalArguments);
  if (field?.kind === "list" && Array.isArray(value)) return { field: field.of, value: value[Number(rest[0])] };
  return { field: undefined, value: undefined };
}
