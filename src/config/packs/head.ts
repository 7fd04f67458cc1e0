import type { Fields } from "../../contracts/fields.ts";
import { pointerTo } from "../../diagnostics/source-map.ts";
import { readObject } from "../shape/object.ts";
import {
  errorsIn,
  isMapWritten,
  memberOf,
  type Reading,
  tellKey,
  tellNoMap,
  textOf,
  type Written,
} from "../shape/reading.ts";
import { tellUnknownKey } from "../shape/unknown-keys.ts";
import type { YamlMap } from "../value.ts";
import { fieldOf, plainText, type SettingForm, type SettingType, settingTypes } from "./setting-types.ts";

/** What a pack says of itself, above its commands and rules. */
export interface PackHead {
  readonly name: string;
  readonly description: string;
  /** Its own, and behind them those that every pack has. */
  readonly settings: Readonly<Record<string, SettingForm>>;
}

/** Sections that a pack may have besides its head. */
export const packSections = [
  "permissions",
  "rate_limits",
  "data",
  "commands",
  "rules",
  "schedules",
  "blocks",
  "messages",
] as const;

/** Settings that every pack has without saying so. */
export const commonSettings = {
  allow: {
    type: "people",
    about: "Who may use its commands that are not for everyone.",
    required: false,
  },
  only: {
    type: "list",
    about: "The commands, rules and schedules to take from it; all, if left out.",
    required: false,
  },
  except: {
    type: "list",
    about: "Its commands, rules and schedules to leave out.",
    required: false,
  },
  prefix: {
    type: "text",
    about: "What the names of its commands begin with, such as eco_.",
    required: false,
    maxLength: 16,
  },
} as const satisfies Readonly<Record<string, SettingForm>>;

const headFields = {
  name: {
    kind: "plain",
    about: "The name of the pack.",
    pattern: "^[a-z][a-z0-9_-]*$",
    maxLength: 40,
    examples: ["greetings"],
  },
  description: { kind: "plain", about: "What it is for, in one sentence.", default: "" },
} as const satisfies Fields;

const formFields = {
  type: { kind: "choice", values: settingTypes, about: "What may be given.", examples: ["text"] },
  description: { kind: "plain", about: "What it is for.", default: "" },
  required: { kind: "boolean", about: "Whether it must be given.", default: false },
  choices: { kind: "list", of: { kind: "plain", about: "A choice." }, about: "The possible values.", optional: true },
  minimum: { kind: "number", about: "The least it may be.", optional: true },
  maximum: { kind: "number", about: "The most it may be.", optional: true },
  max_length: { kind: "integer", minimum: 1, about: "Most characters of a text.", optional: true },
  unique: { kind: "boolean", about: "Whether no two entries of a list may have the same.", default: false },
} as const satisfies Fields;

const besideForm = new Set(["default", "example", "of", "fields"]);

/** Reads the head of a pack; undefined after telling what is wrong with it. */
export function readHead(reading: Reading, value: YamlMap): PackHead | undefined {
  const file: Written = { value, pointer: "", name: "the pack", dynamic: false };
  const before = errorsIn(reading);
  for (const key of Object.keys(value)) {
    if (key === "pack" || key.startsWith("x-") || packSections.some((section) => section === key)) continue;
    tellUnknownKey(reading, pointerTo("", key), key, ["pack", ...packSections], "a pack");
  }
  const written = memberOf(file, "pack");
  if (written === undefined) {
    const message = 'a pack begins with "pack": its name, and what can be set in it.';
    return tellKey(reading, "", { code: "missing-key", message, hint: "write for example pack: { name: greetings }" });
  }
  const args = readObject(reading, headFields, written, { where: '"pack"', ignore: new Set(["settings"]) });
  const settings = readForms(reading, memberOf(written, "settings"));
  for (const [name, { type }] of Object.entries(settings)) {
    // A pack may say who is let in where the file does not.
    if (!Object.hasOwn(commonSettings, name) || (name === "allow" && type === "people")) continue;
    const message = `every pack has a setting "${name}" already. Give this one another name.`;
    tellKey(reading, pointerTo(`${written.pointer}/settings`, name), { code: "duplicate-key", message });
  }
  if (args === undefined || errorsIn(reading) > before) return undefined;
  const common = Object.fromEntries(Object.entries(commonSettings).filter(([one]) => !Object.hasOwn(settings, one)));
  const { name, description } = args as { name: string; description: string };
  return { name, description, settings: { ...settings, ...common } };
}

function readForms(reading: Reading, written: Written | undefined): Record<string, SettingForm> {
  const forms: Record<string, SettingForm> = {};
  if (written === undefined || written.value === null) return forms;
  if (!isMapWritten(written)) {
    tellNoMap(reading, written, "lines such as greeting: text");
    return forms;
  }
  for (const name of Object.keys(written.value)) {
    const member = memberOf(written, name)!;
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      const message = `"${name}" cannot be the name of a setting: small letters, digits and _ only.`;
      tellKey(reading, member.pointer, { code: "bad-name", message });
      continue;
    }
    const form = readForm(reading, member);
    if (form !== undefined) forms[name] = form;
  }
  return forms;
}

function readForm(reading: Reading, written: Written): SettingForm | undefined {
  const where = `the setting "${written.name}"`;
  const args = readObject(reading, formFields, written, { where, short: "type", ignore: besideForm });
  if (args?.type === undefined) return undefined;
  const { description, required, unique, max_length, choices, minimum, maximum, type } = args as {
    readonly description: string;
    readonly required: boolean;
    readonly unique: boolean;
    readonly type: SettingType;
    readonly max_length?: number;
    readonly choices?: readonly string[];
    readonly minimum?: number;
    readonly maximum?: number;
  };
  const about = description === "" ? `${written.name.replaceAll("_", " ")}.` : description;
  const inner = readInner(reading, written, type, about);
  const form: SettingForm = {
    type,
    about,
    required,
    ...(choices === undefined ? {} : { choices }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(max_length === undefined ? {} : { maxLength: max_length }),
    ...(unique ? { unique } : {}),
    ...inner,
  };
  if (type === "choice" && choices === undefined) {
    const message = `${where} is a choice and needs "choices".`;
    return tellKey(reading, written.pointer, { code: "missing-key", message, hint: "write choices: [one, two]" });
  }
  return { ...form, ...readValues(reading, written, form) };
}

/** What is in a list, a map or an entry. */
function readInner(
  reading: Reading,
  written: Written,
  type: SettingType,
  about: string,
): Pick<SettingForm, "of" | "fields"> {
  const fields = memberOf(written, "fields");
  const of = memberOf(written, "of");
  if (type === "entry") return { fields: readForms(reading, fields) };
  if (type !== "list" && type !== "map") return {};
  if (fields !== undefined) return { of: { type: "entry", about, required: true, fields: readForms(reading, fields) } };
  if (of === undefined) return { of: plainText(about) };
  const form = readForm(reading, of);
  return form === undefined ? {} : { of: { ...form, required: true } };
}

/** The default and the example, each of which must be what the setting may be. */
function readValues(reading: Reading, written: Written, form: SettingForm): Pick<SettingForm, "default" | "example"> {
  const out: { -readonly [key in "default" | "example"]?: SettingForm["default"] } = {};
  for (const key of ["default", "example"] as const) {
    const member = memberOf(written, key);
    if (member === undefined || (member.value === null && textOf(reading, member) === undefined)) continue;
    if (reading.read(reading, fieldOf(form), member) === undefined) continue;
    out[key] = { value: member.value, pointer: member.pointer };
  }
  return out;
}
