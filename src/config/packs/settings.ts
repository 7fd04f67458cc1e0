import type { CanonicalValue } from "../../contracts/canonical.ts";
import type { Position } from "../../diagnostics/diagnostic.ts";
import { pointerTo, type SourceMap } from "../../diagnostics/source-map.ts";
import type { ValueType } from "../../language/types.ts";
import { duration, type Value } from "../../language/values.ts";
import type { Reading } from "../shape/reading.ts";
import { isMap, type YamlMap, type YamlValue } from "../value.ts";
import { fieldOf, plainText, type SettingForm, valueTypeOf } from "./setting-types.ts";

/** A value with its place. */
export interface Given {
  readonly value: YamlValue;
  readonly map: SourceMap;
  readonly pointer: string;
}

/** A setting of a pack as a file uses it: what was written for it, and what expressions of the pack see. */
export interface Setting {
  readonly form: SettingForm;
  /** Undefined where neither the file nor the pack says anything. */
  readonly given: Given | undefined;
  readonly type: ValueType;
  readonly value: Value;
  readonly items?: readonly Setting[];
  readonly fields?: Settings;
}

export type Settings = Readonly<Record<string, Setting>>;

/**
 * The settings of a pack, whose shape was found right. `pack` is where defaults are written; `name` goes into what is said
 * of a mistake that a setting causes inside of the pack.
 */
export function settingsOf(
  forms: Readonly<Record<string, SettingForm>>,
  written: Given,
  pack: { readonly map: SourceMap; readonly name: string },
  reading: Reading,
): Settings {
  const quiet = (map: SourceMap): Reading => ({ ...reading, map, problems: [] });

  function make(form: SettingForm, own: Given | undefined): Setting {
    const fallback = form.default && { value: form.default.value, map: pack.map, pointer: form.default.pointer };
    const given = own ?? fallback;
    const base = { form, given, type: valueTypeOf(form) };
    if (given === undefined) return { ...base, value: null };
    if (form.type === "list") {
      const items = itemsOf(given).map((item) => make(form.of ?? plainText(form.about), item));
      return { ...base, items, value: items.map((item) => item.value) };
    }
    if (form.type === "entry") {
      const fields = makeAll(form.fields ?? {}, given);
      return {
        ...base,
        fields,
        value: Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.value])),
      };
    }
    return { ...base, value: leafValue(form, given, quiet(given.map)) };
  }

  function makeAll(all: Readonly<Record<string, SettingForm>>, from: Given): Settings {
    const out: Record<string, Setting> = {};
    const values: YamlMap = isMap(from.value) ? from.value : {};
    for (const [name, form] of Object.entries(all)) {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      const pointer = pointerTo(from.pointer, name);
      const isGiven = value !== undefined && !(value === null && (from.map.raw(pointer) ?? "") === "");
      out[name] = make(form, isGiven ? { value, map: from.map, pointer } : undefined);
    }
    return out;
  }

  return makeAll(forms, { ...written, map: within(written.map, pack.name) });
}

/** Places in the file of what has become part of a pack: what is wrong with it there is told as such. */
function within(map: SourceMap, pack: string): SourceMap {
  const inside = (at: Position): Position => ({ ...at, pack });
  return {
    has: (pointer) => map.has(pointer),
    raw: (pointer) => map.raw(pointer),
    key: (pointer) => inside(map.key(pointer)),
    value: (pointer) => inside(map.value(pointer)),
    offsetIn: (pointer, offset, length) => inside(map.offsetIn(pointer, offset, length)),
  };
}

/** A lone item stands for a list of one. */
function itemsOf(given: Given): Given[] {
  if (!Array.isArray(given.value)) return [given];
  return given.value.map((value, index) => ({ ...given, value, pointer: pointerTo(given.pointer, index) }));
}

function leafValue(form: SettingForm, given: Given, reading: Reading): Value {
  const read = reading.read(reading, fieldOf(form), { ...given, name: "this", dynamic: false });
  switch (form.type) {
    case "duration":
      return duration(read as number);
    case "people":
    case "condition":
    case "actions":
    case "map":
      return !isNothing(read);
    case "rate":
      return given.map.raw(given.pointer) ?? "";
    default:
      return (read ?? null) as Value;
  }
}

/** An empty list or map, as somebody writes to switch a part off. */
function isNothing(read: CanonicalValue | undefined): boolean {
  return typeof read !== "object" || read === null || Object.keys(read).length === 0;
}
