import { type CanonicalDatum, isOfPeople } from "../../../contracts/canonical.ts";
import type { OwnedData, PersonalData, Remembered } from "../../../contracts/rehearsal.ts";
import { pointerTo } from "../../../diagnostics/source-map.ts";
import { isMapWritten, memberOf, type Reading, tellKey, tellNoMap, type Written } from "../reading.ts";
import { readDatumValue } from "./datum-value.ts";

/** What the file declares under `data`. */
export type DeclaredData = Readonly<Record<string, CanonicalDatum>>;

type Scope = CanonicalDatum["scope"];

const holders: Readonly<Record<Scope, string>> = {
  user: "each person",
  member: "each member",
  channel: "each channel",
  server: "the server",
  bot: "the bot",
};

const isOfOne = (scope: Scope): boolean => scope === "server" || scope === "bot";

/** What is remembered of one person, by its name under `data`. */
export function readPersonalData(
  reading: Reading,
  declared: DeclaredData,
  written: Written | undefined,
): PersonalData | undefined {
  return readNames<Remembered>(reading, declared, written, (datum, member) => {
    if (isOfPeople(datum.scope)) return readDatumValue(reading, datum, member);
    const message = `"${member.name}" belongs to ${holders[datum.scope]}, and not to a person.`;
    const value = isOfOne(datum.scope) ? "…" : "{ general: … }";
    const hint = `write it under given, beside people: data: { ${member.name}: ${value} }`;
    return tellKey(reading, member.pointer, { code: "misplaced-key", message, hint });
  });
}

/** What is given of the server, the bot and the channels. */
export function readGivenData(
  reading: Reading,
  declared: DeclaredData,
  written: Written | undefined,
): OwnedData | undefined {
  return readNames(reading, declared, written, (datum, member) => {
    if (!isOfPeople(datum.scope)) return readOwned(reading, datum, member);
    const message = `"${member.name}" belongs to ${holders[datum.scope]}, so it stands under a person.`;
    const hint = `write it under given as people: { ada: { data: { ${member.name}: … } } }`;
    return tellKey(reading, member.pointer, { code: "misplaced-key", message, hint });
  });
}

/** What must be remembered then, by its name under `data` and by whose it is. */
export function readExpectedData(
  reading: Reading,
  declared: DeclaredData,
  written: Written | undefined,
): OwnedData | undefined {
  return readNames(reading, declared, written, (datum, member) => readOwned(reading, datum, member));
}

/** Reads each value by its declaration. A name that is not declared is told later, with those of the whole file at hand. */
function readNames<T>(
  reading: Reading,
  declared: DeclaredData,
  written: Written | undefined,
  read: (datum: CanonicalDatum, member: Written) => T | undefined,
): Record<string, T> | undefined {
  if (written === undefined) return {};
  if (!isMapWritten(written)) return tellNoMap(reading, written, "lines such as name: value");
  const out = reading.origins.note({} as Record<string, T>, written.pointer);
  let failed = false;
  for (const name of Object.keys(written.value)) {
    const datum = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const value = datum === undefined ? ({} as T) : read(datum, memberOf(written, name)!);
    if (value === undefined) failed = true;
    else out[name] = value;
  }
  return failed ? undefined : out;
}

/** The values of one datum by whose they are; the value itself, where there is only one. */
function readOwned(
  reading: Reading,
  datum: CanonicalDatum,
  written: Written,
): Readonly<Record<string, Remembered>> | undefined {
  const { name, pointer } = written;
  const { scope } = datum;
  if (!isMapWritten(written)) {
    if (isOfOne(scope)) return one(scope, readDatumValue(reading, datum, written));
    const message = `"${name}" belongs to ${holders[scope]}, so it needs the name of whose it is.`;
    const hint = `write ${name}: { ${isOfPeople(scope) ? "ada" : "general"}: … }`;
    return tellKey(reading, pointer, { code: "wrong-type", message, hint });
  }
  const out: Record<string, Remembered> = {};
  let failed = false;
  for (const owner of Object.keys(written.value)) {
    const value = isOwner(scope, owner)
      ? readDatumValue(reading, datum, { ...memberOf(written, owner)!, name })
      : tellStranger(reading, written, scope, owner);
    if (value === undefined) failed = true;
    else out[owner] = value;
  }
  return failed ? undefined : out;
}

const one = (owner: string, value: Remembered | undefined) => (value === undefined ? undefined : { [owner]: value });

/** `server` and `bot` are no people; a channel may be called anything. */
function isOwner(scope: Scope, owner: string): boolean {
  if (isOfOne(scope)) return owner === scope;
  return scope === "channel" || (owner !== "server" && owner !== "bot");
}

function tellStranger(reading: Reading, { name, pointer }: Written, scope: Scope, owner: string): undefined {
  const not = isOfOne(scope) ? `not to "${owner}"` : `"${owner}" is nobody`;
  const message = `"${name}" belongs to ${holders[scope]}, and ${not}.`;
  const hint = isOfOne(scope) ? `write ${name}: and the value itself` : "write the name of a person, such as ada";
  return tellKey(reading, pointerTo(pointer, owner), { code: "misplaced-key", message, hint });
}
