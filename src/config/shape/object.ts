import type { CanonicalArguments, CanonicalValue } from "../../contracts/canonical.ts";
import type { Field, Fields } from "../../contracts/fields.ts";
import { pointerTo } from "../../diagnostics/source-map.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { YamlMap } from "../value.ts";
import { isWhoEntry } from "./kinds/who.ts";
import {
  andList,
  isMapWritten,
  memberOf,
  type Reading,
  tellKey,
  tellNoMap,
  tellUnknownKey,
  type Written,
} from "./reading.ts";

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
  /** Called for a key that is neither a field nor ignored; answers whether it has told something better. */
  readonly unknown?: (key: string, pointer: string) => boolean;
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
  reading.origins.note(out, written.pointer);
  /** Fields that the writer gave by a wrong name or at a wrong place: that is told, and nothing is missing besides. */
  const meant = new Set<string>();
  for (const key of Object.keys(written.value)) {
    if (Object.hasOwn(fields, key) || options.ignore?.has(key)) continue;
    const pointer = pointerTo(written.pointer, key);
    if (options.unknown?.(key, pointer)) {
      for (const [name, field] of Object.entries(fields)) if (field.kind === "actions") meant.add(name);
      continue;
    }
    const allowed = [...Object.keys(fields), ...(options.ignore ?? [])];
    const needed = suggest(key, allowed) === undefined ? neededInstead(written, fields) : undefined;
    if (needed === undefined) {
      const near = tellUnknownKey(reading, pointer, key, allowed, options.where);
      if (near !== undefined) meant.add(near);
    } else {
      const message = `${options.where} has no "${key}", and needs "${needed}".`;
      tellKey(reading, pointer, { code: "unknown-key", message, hint: `${needed}: ${fields[needed]!.about}` });
      meant.add(needed);
    }
  }
  const missing: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const member = memberOf(written, name);
    if (member === undefined) {
      const value = defaultOf(reading, field, name);
      if (value !== undefined) out[name] = value;
      else if (!mayBeLeftOut(field) && !meant.has(name)) missing.push(name);
      continue;
    }
    const value = reading.read(reading, field, member);
    if (value !== undefined) out[name] = value;
  }
  const lacking = (options.oneOf ?? [])
    .filter(({ keys }) => !keys.some((key) => meant.has(key) || memberOf(written, key) !== undefined))
    .map(({ message }) => message);
  if (missing.length > 0) tellMissing(reading, written, fields, missing, options.where, lacking);
  else if (lacking.length > 0)
    tellKey(reading, written.pointer, { code: "missing-key", message: `${options.where} ${lacking.join(" It ")}` });
  return out;
}

/** What a key was most likely meant to be, where one thing is missing and one key is unknown. */
function neededInstead({ value }: Written & { readonly value: YamlMap }, fields: Fields): string | undefined {
  const missing = Object.keys(fields).filter((name) => !Object.hasOwn(value, name) && !mayBeLeftOut(fields[name]!));
  return missing.length === 1 && fields[missing[0]!]!.kind !== "actions" ? missing[0] : undefined;
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
  const empty = written.value === null && (reading.map.raw(written.pointer) ?? "") === "";
  const short = options.short === undefined ? undefined : fields[options.short];
  const needsNothing = Object.values(fields).every(mayBeLeftOut);
  if (short === undefined) {
    if (!empty || !needsNothing) return tellNoMap(reading, written, wantedKeys(fields));
    return fillDefaults(reading, fields, reading.origins.note({}, written.pointer));
  }
  const value = reading.read(reading, short, { ...written });
  if (value === undefined) return undefined;
  const out = reading.origins.note({ [options.short!]: value } as Record<string, CanonicalValue>, written.pointer);
  reading.origins.member(out, options.short!, written.pointer);
  const missing = Object.keys(fields).filter((name) => name !== options.short && !mayBeLeftOut(fields[name]!));
  if (missing.length > 0) tellMissing(reading, written, fields, missing, options.where);
  return fillDefaults(reading, fields, out);
}

function fillDefaults(reading: Reading, fields: Fields, out: Record<string, CanonicalValue>): CanonicalArguments {
  for (const [name, field] of Object.entries(fields)) {
    if (out[name] !== undefined) continue;
    const value = defaultOf(reading, field, name);
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
  const [name] = missing;
  const field = fields[name!]!;
  const example = field.examples?.[0];
  const offered = example === undefined ? undefined : `write for example ${name}: ${example}`;
  const list = field.kind === "actions" ? `write ${name}: and under it a list, such as - reply: Hello` : undefined;
  const hint = offered ?? list ?? `${name}: ${field.about}`;
  const message = [`${where} needs ${andList(missing)}.`, ...lacking].join(" It also ");
  tellKey(reading, written.pointer, { code: "missing-key", message, hint });
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
  return field.kind === "choice" ? field.values[0]! : field.kind === "duration" ? "10m" : "…";
}
