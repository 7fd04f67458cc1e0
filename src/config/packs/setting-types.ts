import type { Field, Fields } from "../../contracts/fields.ts";
import { t, type ValueType } from "../../language/types.ts";
import type { YamlValue } from "../value.ts";

/** What a setting of a pack may be. */
export const settingTypes = [
  "text",
  "integer",
  "number",
  "yes_no",
  "choice",
  "duration",
  "size",
  "rate",
  "name",
  "url",
  "emoji",
  "channel",
  "role",
  "person",
  "people",
  "condition",
  "actions",
  "list",
  "map",
  "entry",
] as const;

export type SettingType = (typeof settingTypes)[number];

/** What a pack says of one of its settings. */
export interface SettingForm {
  readonly type: SettingType;
  readonly about: string;
  readonly required: boolean;
  /** What it is where the file does not say: a value of the pack, at its place there. */
  readonly default?: { readonly value: YamlValue; readonly pointer: string };
  /** What pages and tests write for a setting that must be given. */
  readonly example?: { readonly value: YamlValue; readonly pointer: string };
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly choices?: readonly string[];
  /** Whether no two entries of a list may have the same here. */
  readonly unique?: boolean;
  /** What the items of a list, or the values of a map, are. */
  readonly of?: SettingForm;
  /** The keys of an entry. */
  readonly fields?: Readonly<Record<string, SettingForm>>;
}

/** Names as `data` and `permissions` declare them. */
const namePattern = "^[\\p{L}_][\\p{L}\\p{N}_-]*$";

/** How the value of a setting is read. Nothing is filled in here: a default is a value of the pack with a place there. */
export function fieldOf(form: SettingForm): Field {
  const { about } = form;
  const shared = form.required ? { about } : { about, optional: true };
  const bounds = {
    ...(form.minimum === undefined ? {} : { minimum: form.minimum }),
    ...(form.maximum === undefined ? {} : { maximum: form.maximum }),
  };
  const length = form.maxLength === undefined ? {} : { maxLength: form.maxLength };
  switch (form.type) {
    case "text":
      return { ...shared, kind: "text", ...length };
    case "integer":
    case "number":
      return { ...shared, kind: form.type, ...bounds };
    case "yes_no":
      return { ...shared, kind: "boolean" };
    case "choice":
      return { ...shared, kind: "choice", values: form.choices ?? [] };
    case "name":
      return { ...shared, kind: "plain", pattern: namePattern };
    case "url":
      return { ...shared, kind: "plain", format: "url" };
    case "channel":
      return { ...shared, kind: "places" };
    case "people":
      return { ...shared, kind: "who" };
    case "list":
      return { ...shared, kind: "list", of: fieldOf(form.of ?? plainText(about)), lone: true };
    case "map":
      return { ...shared, kind: "map", of: fieldOf(form.of ?? plainText(about)) };
    case "entry":
      return { ...shared, kind: "object", fields: fieldsOf(form.fields ?? {}) };
    default:
      return { ...shared, kind: form.type };
  }
}

/** The same for editors, which are told what it is when left out. */
export function describedField(form: SettingForm): Field {
  const value = form.default?.value;
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isPlain ? { ...fieldOf(form), default: value } : fieldOf(form);
}

/** The fields of several settings. */
export function fieldsOf(forms: Readonly<Record<string, SettingForm>>): Fields {
  return Object.fromEntries(Object.entries(forms).map(([name, form]) => [name, fieldOf(form)]));
}

export const plainText = (about: string): SettingForm => ({ type: "text", about, required: true });

/** What an expression of the pack sees of a setting. People, actions and conditions are there or not, and no more. */
export function valueTypeOf(form: SettingForm): ValueType {
  const type = requiredType(form);
  return form.required || form.default !== undefined ? type : t.optional(type);
}

function requiredType(form: SettingForm): ValueType {
  switch (form.type) {
    case "integer":
    case "number":
    case "duration":
      return t[form.type];
    case "size":
      return t.integer;
    case "choice":
      return t.choice(form.choices ?? []);
    case "yes_no":
    case "people":
    case "condition":
    case "actions":
      return t.boolean;
    case "channel":
      return t.list(t.text);
    case "list":
      return t.list(form.of === undefined ? t.text : requiredType(form.of));
    case "map":
      return t.unknown;
    case "entry": {
      const fields = Object.entries(form.fields ?? {}).map(([name, one]) => [name, valueTypeOf(one)]);
      return t.object("entry", Object.fromEntries(fields));
    }
    default:
      return t.text;
  }
}
