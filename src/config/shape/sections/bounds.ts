import type { Fields } from "../../../contracts/fields.ts";
import { parseDuration } from "../../../language/duration.ts";
import { memberOf, type Reading, tellKey, tellWrongType, textOf, type Written } from "../reading.ts";

/** How little and how much a declared value may be: a duration where its type is one, else a number. */
export const boundFields = {
  minimum: {
    kind: "number",
    orDuration: true,
    about: "The least that it, or each entry of it, can be: a number, or a duration such as 10m.",
    optional: true,
  },
  maximum: {
    kind: "number",
    orDuration: true,
    about: "The most that it, or each entry of it, can be: a number, or a duration such as 7d.",
    optional: true,
  },
} as const satisfies Fields;

/** Tells bounds that are none for a type; of a list, its entries' type. */
export function boundsFit(reading: Reading, written: Written, type: string): boolean {
  const misfits = (["minimum", "maximum"] as const).filter((key) => {
    const member = memberOf(written, key);
    return member !== undefined && !boundFits(reading, written, member, type);
  });
  return misfits.length === 0;
}

function boundFits(reading: Reading, written: Written, member: Written, type: string): boolean {
  const isDuration = parseDuration(textOf(reading, member) ?? "").ok;
  if (type === "duration") {
    if (!isDuration) tellWrongType(reading, member, "a duration, such as 10m");
    return isDuration;
  }
  if (type === "integer" || type === "number") {
    if (isDuration) tellWrongType(reading, member, "a number, such as 5");
    return !isDuration;
  }
  const message = `"${member.name}" is for numbers and durations, and "${written.name}" is none.`;
  const hint = `delete this line${type === "text" ? `; for how long a text may be, write ${member.name.slice(0, 3)}_length` : ""}`;
  tellKey(reading, member.pointer, { code: "misplaced-key", message, hint });
  return false;
}
