import type { CanonicalWho } from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import { pointerTo } from "../../../diagnostics/source-map.ts";
import { isMap } from "../../value.ts";
import {
  errorsIn,
  isListWritten,
  isMapWritten,
  itemsOf,
  memberOf,
  type Reading,
  tellKey,
  tellWrongType,
  textOf,
  type Written,
} from "../reading.ts";
import { tellUnknownKey } from "../unknown-keys.ts";
import { readName } from "./reference.ts";
import { readRight } from "./small.ts";

export const whoKeys = ["can", "role", "user"] as const;
type WhoKey = (typeof whoKeys)[number];

/** Whether a map is a lone entry, such as `{ role: Moderator }`, where a map of these fields might stand too. */
export function isWhoEntry({ value }: Written, fields: Fields): boolean {
  if (!isMap(value)) return false;
  return (
    whoKeys.some((key) => Object.hasOwn(value, key)) && !Object.keys(fields).some((key) => Object.hasOwn(value, key))
  );
}

/** An `allow` or `deny` list: group names and inline rules, of which any one lets a person in. */
export function readWho(reading: Reading, written: Written, as?: WhoKey): CanonicalWho[] | undefined {
  const out: CanonicalWho[] = [];
  reading.origins.note(out, written.pointer);
  const before = errorsIn(reading);
  for (const item of isListWritten(written) ? itemsOf(written) : [written])
    out.push(...(as === undefined ? readEntry(reading, item) : readNamed(reading, as, item)));
  return errorsIn(reading) > before ? undefined : out;
}

function readEntry(reading: Reading, written: Written): CanonicalWho[] {
  if (!isMapWritten(written)) {
    const text = textOf(reading, written);
    if (text === undefined) {
      tellWrongType(reading, written, "the name of a group, or can:, role: or user:");
      return [];
    }
    const who: CanonicalWho = text === "everyone" ? { everyone: true } : { group: text };
    reading.origins.member(who, "group", written.pointer);
    return [reading.origins.note(who, written.pointer)];
  }
  const out: CanonicalWho[] = [];
  for (const key of Object.keys(written.value)) {
    const member = memberOf(written, key)!;
    if (!whoKeys.some((known) => known === key)) {
      tellUnknownKey(reading, member.pointer, key, whoKeys, "a group of people");
      continue;
    }
    for (const item of isListWritten(member) ? itemsOf(member) : [member]) {
      out.push(...readNamed(reading, key as WhoKey, item));
    }
  }
  if (Object.keys(written.value).length > 1 && out.length > 0) {
    const second = Object.keys(written.value)[1]!;
    const pointer = pointerTo(written.pointer, second);
    const message = `"${second}" stands beside another rule. Each is an item of its own, and any of them lets a person in.`;
    tellKey(reading, pointer, { code: "several-in-one-item", message, hint: `put "- " before "${second}:"` });
  }
  return out;
}

function readNamed(reading: Reading, key: WhoKey, written: Written): CanonicalWho[] {
  const who = readOne(reading, key, written);
  if (who === undefined) return [];
  reading.origins.note(who, written.pointer);
  reading.origins.member(who, key, written.pointer);
  return [who];
}

function readOne(reading: Reading, key: WhoKey, written: Written): CanonicalWho | undefined {
  if (key === "can") {
    const right = readRight(reading, written);
    return right === undefined ? undefined : { can: right };
  }
  const name = readName(reading, written, key === "role" ? "role" : "person");
  if (typeof name !== "string") return undefined;
  return key === "role" ? { role: name } : { user: name };
}
