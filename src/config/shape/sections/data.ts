import type { CanonicalDatum } from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import { readObject } from "../object.ts";
import { readField } from "../read-field.ts";
import { isLater, isMapWritten, memberOf, type Reading, tellKey, textOf, type Written } from "../reading.ts";

/** Types of remembered values as they are written; `yes_no` and `boolean` are the same. */
export const dataTypes = ["text", "integer", "number", "yes_no", "boolean", "duration", "choice"] as const;

/** One entry under `data:`, but for its default. */
export const dataFields = {
  type: { kind: "choice", values: dataTypes, about: "What kind of value it is." },
  scope: {
    kind: "choice",
    values: ["user", "member", "channel", "server", "bot"],
    about: "Whose value it is: each person's, each member's of a server, one per channel or server, or one for all.",
    default: "member",
  },
  minimum: { kind: "number", about: "The least that it can be.", optional: true },
  maximum: { kind: "number", about: "The most that it can be.", optional: true },
  max_length: { kind: "integer", minimum: 1, about: "Most characters of a text.", optional: true },
  choices: {
    kind: "list",
    of: { kind: "plain", about: "A possible value." },
    about: "The possible values of a choice.",
    optional: true,
  },
} as const satisfies Fields;

/** What a value is before anybody has set it, by type. */
const zero = { text: "", integer: 0, number: 0, boolean: false, duration: 0 } as const;

type WrittenDatum = Omit<CanonicalDatum, "type" | "default"> & { readonly type: (typeof dataTypes)[number] };

/** One declared value; its default must be of its type. */
export function readDatum(reading: Reading, written: Written): CanonicalDatum | undefined {
  const where = `"${written.name}"`;
  const typeAt = isMapWritten(written) ? memberOf(written, "type") : written;
  const typeText = typeAt === undefined ? undefined : textOf(reading, typeAt);
  if (typeText !== undefined && isLater(reading, "data_type", typeText, typeAt!.pointer, "value")) return undefined;
  const short = isMapWritten(written) ? {} : { short: "type" };
  const args = readObject(reading, dataFields, written, { where, ignore: new Set(["default"]), ...short });
  if (args?.type === undefined || args.scope === undefined) return undefined;
  const { type: writtenType, ...rest } = args as unknown as WrittenDatum;
  const type = writtenType === "yes_no" ? "boolean" : writtenType;
  if (type === "choice" && (rest.choices === undefined || rest.choices.length === 0)) {
    if (rest.choices === undefined && memberOf(written, "choices") !== undefined) return undefined;
    const message = `${where} is a choice and needs "choices".`;
    return tellKey(reading, written.pointer, { code: "missing-key", message, hint: "write choices: [one, two]" });
  }
  const member = memberOf(written, "default");
  const fallback = type === "choice" ? rest.choices![0]! : zero[type];
  const bounds = { minimum: rest.minimum, maximum: rest.maximum, maxLength: rest.max_length };
  const value = member === undefined ? clamp(fallback, rest) : readDefault(reading, type, bounds, rest.choices, member);
  if (value === undefined) return undefined;
  const datum: CanonicalDatum = { ...rest, type, default: value };
  return reading.origins.note(datum, written.pointer);
}

function clamp(value: string | number | boolean, bounds: { minimum?: number; maximum?: number }) {
  if (typeof value !== "number") return value;
  return Math.min(Math.max(value, bounds.minimum ?? value), bounds.maximum ?? Number.POSITIVE_INFINITY);
}

function readDefault(
  reading: Reading,
  type: CanonicalDatum["type"],
  bounds: { minimum?: number | undefined; maximum?: number | undefined; maxLength?: number | undefined },
  choices: readonly string[] | undefined,
  member: Written,
): string | number | boolean | undefined {
  const about = "What it is before anybody has set it.";
  const { maxLength, ...range } = bounds;
  const defined = Object.fromEntries(Object.entries(range).filter(([, value]) => value !== undefined));
  const field =
    type === "choice"
      ? ({ kind: "choice", values: choices ?? [], about } as const)
      : type === "text"
        ? ({ kind: "plain", about, ...(maxLength === undefined ? {} : { maxLength }) } as const)
        : ({ kind: type, about, ...defined } as const);
  return readField(reading, field, member) as string | number | boolean | undefined;
}
