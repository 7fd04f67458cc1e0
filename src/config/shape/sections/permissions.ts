import type { CanonicalGroup } from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import { isWhoEntry, readWho } from "../kinds/who.ts";
import { readObject } from "../object.ts";
import { isMapWritten, type Reading, type Written } from "../reading.ts";

/** One group under `permissions:`. */
export const groupFields = {
  allow: { kind: "who", about: "Who belongs to the group: any of these.", optional: true },
  deny: { kind: "who", about: "Who does not belong to it, whatever else lets them in.", optional: true },
} as const satisfies Fields;

/** One named group of people; a list or a single entry is its `allow`. */
export function readGroup(reading: Reading, written: Written): CanonicalGroup | undefined {
  if ((!isMapWritten(written) && written.value !== null) || isWhoEntry(written, groupFields)) {
    const allow = readWho(reading, written);
    return allow && reading.origins.note({ allow, deny: [] }, written.pointer);
  }
  const args = readObject(reading, groupFields, written, { where: `the group "${written.name}"` });
  if (args === undefined) return undefined;
  const { allow = [], deny = [] } = args as unknown as Partial<CanonicalGroup>;
  return reading.origins.note({ allow, deny }, written.pointer);
}
