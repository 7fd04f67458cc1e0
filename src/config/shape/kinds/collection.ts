import type { CanonicalValue } from "../../../contracts/canonical.ts";
import type { Field } from "../../../contracts/fields.ts";
import { pointerTo } from "../../../diagnostics/source-map.ts";
import { timeOfDayMeant } from "../../../language/time-of-day.ts";
import {
  isListWritten,
  isMapWritten,
  itemsOf,
  type Reading,
  tell,
  tellKey,
  tellNoMap,
  tellWrongType,
  textOf,
  type Written,
} from "../reading.ts";
import { tellSeveral } from "./choice.ts";

/** A list; a lone item where the field allows it. */
export function readList(
  reading: Reading,
  field: Extract<Field, { kind: "list" }>,
  written: Written,
): CanonicalValue | undefined {
  const lone = !isListWritten(written);
  if (lone && (field.lone !== true || written.value === null)) {
    const wanted = "a list: lines that each begin with a dash, or [a, b]";
    return tellWrongType(reading, written, wanted, asList(textOf(reading, written) ?? "", written.name));
  }
  if (lone && field.of.kind === "choice" && tellSeveral(reading, field.of.values, written)) return undefined;
  if (lone && isTimes(field.of) && tellSeveralTimes(reading, written)) return undefined;
  const items = lone ? [written] : itemsOf(written);
  if (!isCountRight(reading, field, written, items)) return undefined;
  const out = reading.origins.note([] as CanonicalValue[], written.pointer);
  if (lone) reading.origins.member(out, 0, written.pointer);
  let failed = false;
  let last: string | undefined;
  for (const item of items) {
    const before = reading.problems.length;
    const value = reading.read(reading, field.of, item);
    if (value === undefined) failed = true;
    else out.push(value);
    last = onceSideBySide(reading, item, before, last);
  }
  return failed ? undefined : out;
}

/** `fees, shoes` as the list that it was meant for. */
function asList(text: string, name: string): string | undefined {
  const items = text.split(/\s*,\s*/).filter((item) => item !== "");
  const isPlain = items.every((item) => /^[\p{L}\p{N}_][\p{L}\p{N}_ .!?-]*$/u.test(item));
  return isPlain && items.length > 1 ? `write ${name}: [${items.join(", ")}]` : undefined;
}

const isTimes = (field: Field): boolean => field.kind === "plain" && field.format === "time_of_day";

/** `07:30, 19:00` in one text. */
function tellSeveralTimes(reading: Reading, written: Written): boolean {
  const text = textOf(reading, written) ?? "";
  const times = text.split(/\s*(?:[,;&+/]|\s(?:and|und)\s)\s*/i).map(timeOfDayMeant);
  if (times.length < 2 || times.includes(undefined)) return false;
  const message = `"${text}" is several times, and several are a list.`;
  const hint = `write ${written.name}: [${times.map((time) => `"${time}"`).join(", ")}]`;
  tell(reading, written.pointer, { code: "bad-time", message, hint });
  return true;
}

/** `[Yes, No]` where buttons are wanted is one mistake, told at the first. @returns the code of what is wrong with the item. */
function onceSideBySide(reading: Reading, item: Written, before: number, last: string | undefined): string | undefined {
  const told = reading.problems[before]?.code;
  if (typeof item.value === "object" || (told !== "wrong-type" && told !== "unknown-action")) return undefined;
  if (told === last) reading.problems.splice(before);
  return told;
}

/** Tells where there are more or fewer items than there may be. */
function isCountRight(
  reading: Reading,
  { minItems = 0, maxItems = Number.POSITIVE_INFINITY }: { readonly minItems?: number; readonly maxItems?: number },
  written: Written,
  items: readonly { readonly pointer: string }[],
): boolean {
  const { length } = items;
  if (length > maxItems) {
    const message = `"${written.name}" may have at most ${maxItems} items, and it has ${length}.`;
    tell(reading, items[maxItems]!.pointer, { code: "too-many-items", message });
    return false;
  }
  if (length >= minItems) return true;
  const has = length === 0 ? "none" : `only ${length}`;
  const message = `"${written.name}" needs at least ${minItems === 1 ? "one item" : `${minItems} items`}, and it has ${has}.`;
  tell(reading, written.pointer, { code: "too-few-items", message });
  return false;
}

/** A map with keys of the writer's own. */
export function readMap(
  reading: Reading,
  field: Extract<Field, { kind: "map" }>,
  written: Written,
): CanonicalValue | undefined {
  if (!isMapWritten(written)) return tellNoMap(reading, written, "lines such as name: value");
  const items = Object.keys(written.value).map((key) => ({ pointer: pointerTo(written.pointer, key) }));
  if (!isCountRight(reading, field, written, items)) return undefined;
  const out = reading.origins.note({} as Record<string, CanonicalValue>, written.pointer);
  const pattern = field.keys === undefined ? undefined : new RegExp(field.keys, "u");
  for (const [key, value] of Object.entries(written.value)) {
    const pointer = pointerTo(written.pointer, key);
    if (pattern !== undefined && !pattern.test(key)) {
      tellKey(reading, pointer, { code: "bad-name", message: `"${key}" cannot be a name here.` });
      continue;
    }
    const read = reading.read(reading, field.of, { value, pointer, name: key, dynamic: written.dynamic });
    if (read !== undefined) out[key] = read;
  }
  return out;
}
