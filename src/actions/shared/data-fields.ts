import type { CanonicalValue } from "../../contracts/canonical.ts";
import type { Fields } from "../../contracts/fields.ts";
import type { SavedTypes } from "../../contracts/word.ts";
import { required, type ValueType } from "../../language/types.ts";

/** Which datum a word changes, and whose. */
export const dataFields = {
  data: { kind: "data_name", about: "Its name, as it is declared under data.", examples: ["coins"] },
  of: {
    kind: "person",
    about: "Whose, where everybody has their own. The person who caused this, if left out.",
    optional: true,
    causer: true,
  },
} as const satisfies Fields;

/** Which number changes and by how much. Below zero would turn one word into the other, so that a person could take with it. */
export const amountFields = {
  data: { ...dataFields.data, holds: "number" },
  amount: { kind: "number", about: "How much. It cannot be below zero.", minimum: 0, examples: [5] },
} as const satisfies Fields;

/** Which list changes, and whose. */
export const listFields = {
  data: { ...dataFields.data, holds: "list", examples: ["news"] },
  of: dataFields.of,
} as const satisfies Fields;

/** The type of the value that a word's `data` names. */
export function typeOf({ data }: SavedTypes, name: CanonicalValue | undefined): ValueType | undefined {
  return typeof name === "string" && Object.hasOwn(data, name) ? data[name]?.type : undefined;
}

/** The type of one entry of the list that a word's `data` names. */
export function entryTypeOf(types: SavedTypes, name: CanonicalValue | undefined): ValueType | undefined {
  const type = typeOf(types, name);
  const list = type === undefined ? undefined : required(type);
  return list?.kind === "list" ? list.of : undefined;
}
