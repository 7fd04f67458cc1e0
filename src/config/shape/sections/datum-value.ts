import { type CanonicalDatum, type CanonicalDefault, entryOf } from "../../../contracts/canonical.ts";
import type { Field } from "../../../contracts/fields.ts";
import { parseMoment } from "../../../language/moment.ts";
import { readText } from "../kinds/text.ts";
import { readField } from "../read-field.ts";
import { isListWritten, itemsOf, type Reading, tell, tellProblem, tellWrongType, type Written } from "../reading.ts";

/** A value that stands in the file, as its declaration means it, or a list of such values. */
export type DatumValue = CanonicalDefault | readonly CanonicalDefault[];

/** Reads a value by its declaration and within its bounds; people, roles, channels and files by their names. */
export function readDatumValue(reading: Reading, datum: CanonicalDatum, written: Written): DatumValue | undefined {
  if (datum.type !== "list") return readPlain(reading, datum, written);
  if (!isListWritten(written)) return tellWrongType(reading, written, "a list, such as [a, b]");
  const items = itemsOf(written);
  if (items.length > datum.max_items!) {
    const message = `"${written.name}" may have at most ${datum.max_items} entries, and it has ${items.length}.`;
    return tell(reading, items[datum.max_items!]!.pointer, { code: "too-many-items", message });
  }
  const values = items.map((item) => readPlain(reading, entryOf(datum), item));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function readPlain(reading: Reading, datum: CanonicalDatum, written: Written): CanonicalDefault | undefined {
  if (datum.type !== "time") return readField(reading, fieldOf(datum), written) as CanonicalDefault | undefined;
  const text = readText(reading, { kind: "plain", about: "When." }, written);
  if (typeof text !== "string") return undefined;
  const read = parseMoment(text, "UTC");
  return read.ok ? text : tellProblem(reading, written.pointer, read.problem);
}

function fieldOf({ type, minimum, maximum, max_length, choices = [] }: CanonicalDatum): Field {
  const about = "What is remembered.";
  const least = minimum === undefined ? {} : { minimum };
  const most = maximum === undefined ? {} : { maximum };
  switch (type) {
    case "integer":
    case "number":
      return { kind: type, about, ...least, ...most };
    case "duration": {
      const atLeast = minimum === undefined ? {} : { minimumMs: minimum };
      return { kind: type, about, ...atLeast, ...(maximum === undefined ? {} : { maximumMs: maximum }) };
    }
    case "boolean":
      return { kind: type, about };
    case "choice":
      return { kind: type, about, values: choices };
    case "user":
    case "member":
      return { kind: "person", about };
    case "role":
      return { kind: "role", about };
    default:
      return { kind: "plain", about, ...(max_length === undefined ? {} : { maxLength: max_length }) };
  }
}
