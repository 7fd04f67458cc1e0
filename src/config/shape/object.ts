import type { CanonicalArguments, CanonicalValue } from "../../contracts/canonical.ts";
import type { Field, Fields } from "../../contracts/fields.ts";
import { parseYesNo } from "../../language/yes-no.ts";
import type { YamlMap } from "../value.ts";
import { isWhoEntry } from "./kinds/who.ts";
import {
  actionsAsConditions,
  andList,
  isLeftEmpty,
  isMapWritten,
  memberOf,
  type Reading,
  tellKey,
  tellNoMap,
  textOf,
  type Written,
} from "./reading.ts";
import { explainStrangers, type Strangers, tellUnexplained } from "./unknown-keys.ts";

/** Where an object stands and what else may stand beside its fields. */
export interface ObjectOptions {
  /** How messages name it: `the command "give"`, `"reply"`. */
  readonly where: string;
  /** The field that a plain value stands for. */
  readonly short?: string | undefined;
  /** Keys of which one must be given, with the sentence that says so behind the map's name. */
  readonly oneOf?: readonly { readonly keys: readonly string[]; readonly message: string }[];
  /** Keys read by somebody else. */
  readonly ignore?: ReadonlySet<string>;
  /** Tells where a key belongs that is neither a field nor ignored; answers the field that it belongs under. */
  readonly belongs?: (key: string, pointer: string) => string | undefined;
  /** Gets the keys that were meant by others, for those who look for keys of their own. */
  readonly meant?: Set<string>;
}

/** Whether the writer may leave a field out. */
export function mayBeLeftOut(field: Field): boolean {
  return field.optional === true || field.default !== undefined;
}

/** Reads a map by its fields; defaults are filled in. Undefined where it is no map at all. */
export function readObject(
  reading: Reading,
  fields: Fields,
  written: Written,
  options: ObjectOptions,
): CanonicalArguments | undefined {
  const short = options.short === undefined ? undefined : fields[options.short];
  if (!isMapWritten(written) || short?.kind === "map" || (short?.kind === "who" && isWhoEntry(written, fields)))
    return readShort(reading, fields, written, options);
  if (short?.kind === "actions" && isActionItem(reading, Object.keys(written.value), fields))
    return readShort(reading, fields, written, options);
  const out: Record<string, CanonicalValue> = {};
  const before = reading.problems.length;
  reading.origins.note(out, written.pointer);
  const { meant, unexplained, tellThem } = strangers(reading, fields, written, options);
  const absent = (name: string) => !Object.hasOwn(written.value, name) && !meant.has(name);
  const missing = neededOf(fields).filter(absent);
  const lacking = (options.oneOf ?? [])
    .filter((one) => !one.keys.some((key) => meant.has(key) || Object.hasOwn(written.value, key)))
    .map(({ message }) => message);
  tellThem?.(missing);
  for (const name in fields) {
    const field = fields[name]!;
    const member = memberOf(written, name);
    const value = member === undefined ? defaultOf(reading, field, name) : readMember(reading, field, member, meant);
    if (value !== undefined) out[name] = value;
  }
  for (const name of meant) options.meant?.add(name);
  if (unexplained.length > 0 && missing.length > 0) return out;
  // Actions under "if" are what is missing, and are told there.
  if (missing[0] === "do" && reading.problems.slice(before).some((one) => one.message.endsWith(actionsAsConditions)))
    return out;
  if (missing.length > 0) tellMissing(reading, written, fields, missing, options.where, lacking);
  else if (lacking.length > 0)
    tellKey(reading, written.pointer, { code: "missing-key", message: `${options.where} ${lacking.join(" It ")}` });
  return out;
}

/** Fields that must be written, of each of the few sets of fields that there are. */
const needed = new WeakMap<Fields, readonly string[]>();

function neededOf(fields: Fields): readonly string[] {
  let names = needed.get(fields);
  if (names === undefined) {
    names = Object.keys(fields).filter((name) => !mayBeLeftOut(fields[name]!));
    needed.set(fields, names);
  }
  return names;
}

/** Keys that do not belong, and how those are told that nothing explains. */
interface FoundStrangers extends Strangers {
  readonly tellThem?: (missing: readonly string[]) => void;
}

const noStrangers: FoundStrangers = { meant: new Set(), unexplained: [] };

function strangers(
  reading: Reading,
  fields: Fields,
  { value, pointer }: Written & { readonly value: YamlMap },
  { where, ignore, belongs }: ObjectOptions,
): FoundStrangers {
  const keys = Object.keys(value);
  if (keys.every((key) => Object.hasOwn(fields, key) || ignore?.has(key) === true)) return noStrangers;
  const asked = { where, keys, pointer, allowed: [...Object.keys(fields), ...(ignore ?? [])], belongs };
  const found = explainStrangers(reading, asked);
  const tellThem = (missing: readonly string[]) =>
    tellUnexplained(reading, asked, found.unexplained, missing, missing.length === 0 ? "" : hintFor(fields, missing));
  return { ...found, tellThem };
}

/** A key left empty, whose value stands beside it, is told by what stands beside it. */
function readMember(
  reading: Reading,
  field: Field,
  member: Written,
  meant: ReadonlySet<string>,
): CanonicalValue | undefined {
  return meant.has(member.name) && isLeftEmpty(reading, member) ? undefined : reading.read(reading, field, member);
}

/** Whether a map is an action, such as `reply: Hello`, where a map of these fields might stand too. */
function isActionItem({ words }: Reading, keys: readonly string[], fields: Fields): boolean {
  const strangers = keys.filter((key) => !Object.hasOwn(fields, key));
  const isAction = strangers.some((key) => words.actions.has(key));
  return isAction || (keys.length > 0 && strangers.length === keys.length);
}

function readShort(
  reading: Reading,
  fields: Fields,
  written: Written,
  options: ObjectOptions,
): CanonicalArguments | undefined {
  const short = options.short === undefined ? undefined : fields[options.short];
  if (short === undefined) {
    if (!isLeftEmpty(reading, written) || neededOf(fields).length > 0)
      return tellNoMap(reading, written, wantedKeys(fields), longHint(reading, written, fields));
    return fillDefaults(reading, fields, reading.origins.note({}, written.pointer));
  }
  const value = reading.read(reading, short, { ...written });
  if (value === undefined) return undefined;
  const out = reading.origins.note({ [options.short!]: value } as Record<string, CanonicalValue>, written.pointer);
  reading.origins.member(out, options.short!, written.pointer);
  const missing = neededOf(fields).filter((name) => name !== options.short);
  if (missing.length > 0) tellMissing(reading, written, fields, missing, options.where);
  return fillDefaults(reading, fields, out);
}

function fillDefaults(reading: Reading, fields: Fields, out: Record<string, CanonicalValue>): CanonicalArguments {
  for (const name in fields) {
    if (out[name] !== undefined) continue;
    const value = defaultOf(reading, fields[name]!, name);
    if (value !== undefined) out[name] = value;
  }
  return out;
}

/** Defaults that are no objects, in canonical form: they are the same wherever they are filled in. */
const plainDefaults = new WeakMap<Field, CanonicalValue>();

/** A field's default in canonical form. */
function defaultOf(reading: Reading, field: Field, name: string): CanonicalValue | undefined {
  if (field.default === undefined) return undefined;
  const known = plainDefaults.get(field);
  if (known !== undefined) return known;
  const value = Array.isArray(field.default) ? [...field.default] : (field.default as string | number | boolean);
  const nowhere: Reading["origins"] = { ...reading.origins, note: (node) => node, member() {}, braces() {} };
  const quiet: Reading = { ...reading, map: unwritten(reading, value), origins: nowhere, problems: [] };
  const read = reading.read(quiet, field, { value, pointer: "", name, dynamic: false });
  if (read === undefined) throw new Error(`the default of "${name}" is not a value of its kind`);
  if (typeof read !== "object") plainDefaults.set(field, read);
  return read;
}

/** Stands in for the source map where a value comes from a definition and not from the file. */
function unwritten(reading: Reading, value: unknown): Reading["map"] {
  const items = Array.isArray(value) ? value : undefined;
  return { ...reading.map, raw: (pointer) => String(items === undefined ? value : items[Number(pointer.slice(1))]) };
}

function tellMissing(
  reading: Reading,
  written: Written,
  fields: Fields,
  missing: readonly string[],
  where: string,
  lacking: readonly string[] = [],
): void {
  const message = [`${where} needs ${andList(missing)}.`, ...lacking].join(" It also ");
  tellKey(reading, written.pointer, { code: "missing-key", message, hint: hintFor(fields, missing) });
}

/** How the first of the missing keys is written, or what it is. */
function hintFor(fields: Fields, [name]: readonly string[]): string {
  const field = fields[name!]!;
  const example = field.examples?.[0];
  if (example !== undefined) return `write for example ${name}: ${example}`;
  return field.kind === "actions"
    ? `write ${name}: and under it a list, such as - reply: Hello`
    : `${name}: ${field.about}`;
}

/** What to write for a text where keys are wanted: nothing in braces, or the first key of an item. */
function longHint(reading: Reading, written: Written, fields: Fields): string | undefined {
  const text = textOf(reading, written);
  const name = Object.keys(fields).find((key) => !mayBeLeftOut(fields[key]!));
  if (text === undefined) return undefined;
  if (name === undefined)
    return parseYesNo(text).ok ? `write ${written.name}: {} to leave all of it as it is` : undefined;
  if (written.name !== "this") return undefined;
  const { kind } = fields[name]!;
  if (kind !== "plain" && kind !== "text") return undefined;
  return `write - ${name}: ${text} and below it, as far in as "${name}", what else belongs to it`;
}

/** `several lines: choices: … and do: …`: what must be written comes first. */
function wantedKeys(fields: Fields): string {
  const names = Object.keys(fields);
  const needed = names.filter((name) => !mayBeLeftOut(fields[name]!));
  const shown = (needed.length > 0 ? needed : names).slice(0, 3).map((name) => `${name}: ${exampleOf(fields[name]!)}`);
  const last = shown.length > 1 ? ` and ${shown.at(-1)}` : "";
  return `written out in lines such as ${shown.slice(0, Math.max(1, shown.length - 1)).join(", ")}${last}`;
}

function exampleOf(field: Field): string {
  const example = field.examples?.[0] ?? field.default;
  if (example !== undefined && !Array.isArray(example)) return String(example);
  if (field.kind === "secret") return '"${NAME}"';
  return field.kind === "choice" ? field.values[0]! : field.kind === "duration" ? "10m" : "…";
}
