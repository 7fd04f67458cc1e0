import { type CanonicalDatum, entryOf } from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import { parseDuration } from "../../../language/duration.ts";
import { parseYesNo } from "../../../language/yes-no.ts";
import { readObject } from "../object.ts";
import {
  isListWritten,
  isMapWritten,
  itemsOf,
  memberOf,
  type Reading,
  tell,
  tellKey,
  textOf,
  type Written,
} from "../reading.ts";
import { boundFields, boundsFit } from "./bounds.ts";
import { readDatumValue } from "./datum-value.ts";

/** Types of one remembered value as they are written; `yes_no` and `boolean` are the same. */
const plainTypes = [
  ...(["text", "integer", "number", "yes_no", "boolean", "duration", "time", "choice"] as const),
  ...(["user", "member", "role", "channel", "attachment"] as const),
] as const;
const dataTypes = [...plainTypes, "list"] as const;

/** Most entries of a list that does not say. */
const mostEntries = 100;

/** One entry under `data:`, but for its default. */
export const dataFields = {
  type: { kind: "choice", values: dataTypes, about: "What kind of value it is." },
  of: { kind: "choice", values: plainTypes, about: "What each entry of a list is.", optional: true },
  scope: {
    kind: "choice",
    values: ["user", "member", "channel", "server", "bot"],
    about: "Whose value it is: each person's, each member's of a server, one per channel or server, or one for all.",
    default: "member",
  },
  ...boundFields,
  max_length: { kind: "integer", minimum: 1, about: "Most characters of a text.", optional: true },
  max_items: {
    kind: "integer",
    minimum: 1,
    maximum: 10_000,
    about: `Most entries of a list; ${mostEntries} if left out.`,
    optional: true,
  },
  choices: {
    kind: "list",
    of: { kind: "plain", about: "A possible value." },
    about: "The possible values of a choice.",
    optional: true,
  },
  convert: {
    kind: "boolean",
    about: "Whether values that were stored while it had another type are converted to this one.",
    optional: true,
  },
} as const satisfies Fields;

/** What a value is before anybody has set it, by type; nothing, for the types that are not here. */
const zero: Partial<Record<CanonicalDatum["type"], CanonicalDatum["default"]>> = {
  text: "",
  integer: 0,
  number: 0,
  boolean: false,
  duration: 0,
};

/** What stands for something of a platform: nobody knows it before the bot runs. */
const found: ReadonlySet<CanonicalDatum["type"]> = new Set(["user", "member", "role", "channel", "attachment"]);

type WrittenType = (typeof dataTypes)[number];
type WrittenDatum = Omit<CanonicalDatum, "type" | "of" | "default"> & {
  readonly type: WrittenType;
  readonly of?: Exclude<WrittenType, "list">;
};

/** One declared value; its default must be of its type. */
export function readDatum(reading: Reading, written: Written): CanonicalDatum | undefined {
  const where = `"${written.name}"`;
  const given = isMapWritten(written) ? undefined : valueWritten(reading, written);
  if (given !== undefined) {
    const message = `${where} is declared by its type, and ${given.text} is a value.`;
    const hint = `write ${written.name}: { type: ${given.type}, default: ${given.text} }`;
    return tell(reading, written.pointer, { code: "wrong-type", message, hint });
  }
  const short = isMapWritten(written) ? {} : { short: "type" };
  const args = readObject(reading, dataFields, written, { where, ignore: new Set(["default"]), ...short });
  if (args?.type === undefined || args.scope === undefined) return undefined;
  const { type: writtenType, of: writtenOf, ...rest } = args as unknown as WrittenDatum;
  const type = canonicalType(writtenType);
  const of = writtenOf && canonicalType(writtenOf);
  if (!fitsTogether(reading, written, type, of, rest.choices)) return undefined;
  const bounded = type === "list" ? { ...rest, max_items: rest.max_items ?? mostEntries } : rest;
  const shape: CanonicalDatum = { ...bounded, type, ...(of && { of }), default: null };
  const member = memberOf(written, "default");
  const value = member === undefined ? fallbackOf(shape) : readDefault(reading, shape, member);
  if (value === undefined) return undefined;
  return reading.origins.note({ ...shape, default: value }, written.pointer);
}

/** `coins: 0`: a value in place of a type. */
function valueWritten(reading: Reading, written: Written): { type: WrittenType; text: string } | undefined {
  const text = textOf(reading, written);
  if (text === undefined) return undefined;
  if (/^-?\d+$/.test(text)) return { type: "integer", text };
  if (/^-?\d+\.\d+$/.test(text)) return { type: "number", text };
  if (parseDuration(text).ok) return { type: "duration", text };
  return parseYesNo(text).ok ? { type: "yes_no", text } : undefined;
}

function canonicalType<Type extends WrittenType>(type: Type): Exclude<Type, "yes_no"> | "boolean" {
  return type === "yes_no" ? "boolean" : (type as Exclude<Type, "yes_no">);
}

/** What a type needs beside it, and what belongs to lists alone. */
function fitsTogether(
  reading: Reading,
  written: Written,
  type: CanonicalDatum["type"],
  of: CanonicalDatum["of"],
  choices: readonly string[] | undefined,
): boolean {
  const where = `"${written.name}"`;
  const missing = (message: string, hint: string) => {
    tellKey(reading, written.pointer, { code: "missing-key", message, hint });
    return false;
  };
  for (const key of ["of", "max_items"]) {
    const member = type === "list" ? undefined : memberOf(written, key);
    if (member === undefined) continue;
    const message = `"${key}" is for lists, and ${where} is none.`;
    tellKey(reading, member.pointer, { code: "misplaced-key", message, hint: "write type: list, or delete this line" });
    return false;
  }
  if (type === "list" && of === undefined) {
    if (memberOf(written, "of") !== undefined) return false;
    return missing(`${where} is a list and needs "of".`, "write of: text, or what else its entries are");
  }
  if ((type === "choice" || of === "choice") && (choices === undefined || choices.length === 0)) {
    if (choices === undefined && memberOf(written, "choices") !== undefined) return false;
    return missing(`${where} is a choice and needs "choices".`, "write choices: [one, two]");
  }
  return boundsFit(reading, written, of ?? type);
}

function fallbackOf(datum: CanonicalDatum): CanonicalDatum["default"] {
  if (datum.type === "list") return [];
  if (datum.type === "choice") return datum.choices![0]!;
  const value = zero[datum.type] ?? null;
  if (typeof value !== "number") return value;
  return Math.min(Math.max(value, datum.minimum ?? value), datum.maximum ?? Number.POSITIVE_INFINITY);
}

function readDefault(reading: Reading, datum: CanonicalDatum, member: Written): CanonicalDatum["default"] | undefined {
  const { type } = datum.type === "list" ? entryOf(datum) : datum;
  if (!found.has(type)) return readDatumValue(reading, datum, member);
  const written = datum.type !== "list" ? [member] : isListWritten(member) ? itemsOf(member) : [];
  if (written.length === 0) return readDatumValue(reading, datum, member);
  for (const { pointer } of written) {
    const message = `a ${type} has no default: it is empty until an action sets it.`;
    const hint = "delete this, and write {{ … | default: 'nobody' }} where it is shown";
    tellKey(reading, pointer, { code: "no-default", message, hint });
  }
  return undefined;
}
