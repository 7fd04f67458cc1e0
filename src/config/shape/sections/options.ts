import type { Fields } from "../../../contracts/fields.ts";
import type { CommandOptionForm, OptionType } from "../../../contracts/platform.ts";
import { pointerTo } from "../../../diagnostics/source-map.ts";
import { isMap } from "../../value.ts";
import { readObject } from "../object.ts";
import { isMapWritten, memberOf, type Reading, tellKey, tellNoMap, type Written } from "../reading.ts";
import { boundFields, boundsFit } from "./bounds.ts";

/** Types of options as they are written; `yes_no` and `boolean` are the same. */
export const optionTypes = [
  "text",
  "integer",
  "number",
  "yes_no",
  "boolean",
  "choice",
  "member",
  "user",
  "role",
  "channel",
  "duration",
  "time",
  "attachment",
  "list",
] as const;

/** What the entries of an option that is a list can be. */
const entryTypes = ["text", "integer", "number", "yes_no", "boolean", "choice", "duration", "time"] as const;

/** Most entries of a list that does not say. */
const mostEntries = 100;

/** One entry under `options:`. */
export const optionFields = {
  type: { kind: "choice", values: optionTypes, about: "What the person may give.", examples: ["text"] },
  description: { kind: "plain", about: "What it is for; shown while typing.", default: "", maxLength: 100 },
  required: { kind: "boolean", about: "Whether it must be given.", default: true },
  choices: {
    kind: "list",
    of: { kind: "plain", about: "A possible value.", maxLength: 100 },
    about: "The possible values of a choice.",
    optional: true,
    maxItems: 25,
  },
  ...boundFields,
  min_length: { kind: "integer", minimum: 0, maximum: 6000, about: "Fewest characters of a text.", optional: true },
  max_length: { kind: "integer", minimum: 1, maximum: 6000, about: "Most characters of a text.", optional: true },
  long: {
    kind: "boolean",
    about:
      "Whether a text may have several lines: it is taken exactly as it was typed, with all that is left, so it stands last.",
    optional: true,
  },
  of: {
    kind: "choice",
    values: entryTypes,
    about: "What each entry of a list is; people write commas between them. A text, if left out.",
    optional: true,
  },
  max_items: {
    kind: "integer",
    minimum: 1,
    maximum: 1000,
    about: `Most entries of a list; ${mostEntries} if left out.`,
    optional: true,
  },
} as const satisfies Fields;

/** `options:` in file order. */
export function readOptions(reading: Reading, written: Written): CommandOptionForm[] | undefined {
  if (!isMapWritten(written)) return tellNoMap(reading, written, "lines such as amount: integer", namedOption(written));
  const out = reading.origins.note([] as CommandOptionForm[], written.pointer);
  for (const name of Object.keys(written.value)) {
    const option = readOption(reading, name, memberOf(written, name)!);
    if (option === undefined) continue;
    reading.origins.member(out, out.length, pointerTo(written.pointer, name));
    out.push(option);
  }
  return out;
}

/** `[amount]`, or `- name: amount`. */
function namedOption({ value }: Written): string | undefined {
  const first = Array.isArray(value) ? value[0] : undefined;
  if (typeof first === "string") return `write each on a line of its own: ${first}: text`;
  const name = isMap(first) ? first.name : undefined;
  return typeof name === "string" ? `write ${name}: without a dash, and under it the lines below its name` : undefined;
}

function readOption(reading: Reading, name: string, written: Written): CommandOptionForm | undefined {
  if (!/^[a-z][a-z0-9_]{0,31}$/.test(name)) {
    const message = `"${name}" cannot be the name of an option: small letters, digits and _ only, at most 32.`;
    const small = name
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, "_")
      .slice(0, 32);
    const hint = /^[a-z]/.test(small) ? { hint: `write ${small}` } : {};
    return tellKey(reading, written.pointer, { code: "bad-name", message, ...hint });
  }
  const args = readObject(reading, optionFields, written, { where: `the option "${name}"`, short: "type" });
  if (args?.type === undefined) return undefined;
  const {
    min_length,
    max_length,
    max_items,
    type: writtenType,
    of: writtenOf,
    long,
    ...rest
  } = args as unknown as Omit<CommandOptionForm, "name" | "type" | "of" | "minLength" | "maxLength" | "maxItems"> & {
    type: (typeof optionTypes)[number];
    of?: (typeof entryTypes)[number];
    min_length?: number;
    max_length?: number;
    max_items?: number;
  };
  const types = {
    type: canonicalType(writtenType),
    ...(writtenOf === undefined ? {} : { of: canonicalType(writtenOf) }),
  };
  if (!belongs(reading, written, types.type)) return undefined;
  if (!boundsFit(reading, written, types.type === "list" ? (types.of ?? "text") : types.type)) return undefined;
  if ([types.type, types.of].includes("choice") && (rest.choices?.length ?? 0) === 0) {
    if (memberOf(written, "choices")?.value) return undefined;
    const message = `the option "${name}" is a choice and needs "choices".`;
    return tellKey(reading, written.pointer, { code: "missing-key", message, hint: "write choices: [one, two]" });
  }
  return reading.origins.note(
    {
      name,
      ...rest,
      ...types,
      ...(long === true ? { long } : {}),
      ...(types.type === "list" ? { maxItems: max_items ?? mostEntries } : {}),
      ...(min_length === undefined ? {} : { minLength: min_length }),
      ...(max_length === undefined ? {} : { maxLength: max_length }),
    },
    written.pointer,
  );
}

function canonicalType<Type extends string>(type: Type): Exclude<Type, "yes_no"> | "boolean" {
  return type === "yes_no" ? "boolean" : (type as Exclude<Type, "yes_no">);
}

/** Tells a key that means nothing for the option's type. */
function belongs(reading: Reading, written: Written, type: OptionType): boolean {
  for (const [key, wanted] of Object.entries({ long: "text", of: "list", max_items: "list" })) {
    const member = isMapWritten(written) && type !== wanted ? memberOf(written, key) : undefined;
    if (member === undefined) continue;
    const message = `"${key}" is for a ${wanted}, and "${written.name}" is none.`;
    const hint = `write type: ${wanted}, or delete this line`;
    tellKey(reading, member.pointer, { code: "misplaced-key", message, hint });
    return false;
  }
  return true;
}
