import { type CanonicalDatum, entryOf } from "../../contracts/canonical.ts";
import type { Json } from "../../contracts/event.ts";
import type { Remembered } from "../../contracts/rehearsal.ts";
import type { DataOwner, DataValue } from "../../contracts/store.ts";
import { shortDuration } from "../../language/duration.ts";
import { writtenMoment } from "../../language/moment.ts";
import type { Value } from "../../language/values.ts";
import { isSentence } from "../../sentences/sentence.ts";
import { fitted, startOf } from "../engine/datum.ts";
import { channelValue, personValue, roleValue } from "../engine/values.ts";
import { placeNamed, type SimulatedWorld } from "../simulated/world.ts";

/** What a test says of data, as the bot would have stored it, and what is stored, as the file would say it. */

/** Whose datum a test means: a person, a channel by its name, or the server and the bot by these words. */
export function ownerOf(world: SimulatedWorld, scope: DataOwner["scope"], owner: string): DataOwner {
  const platform = world.definition.name;
  const server = world.server.id;
  const personId = () => world.somebody(owner).person.id;
  switch (scope) {
    case "bot":
      return { scope, platform: "", server: "", subject: "" };
    case "server":
      return { scope, platform, server, subject: "" };
    case "channel":
      return { scope, platform, server, subject: placeNamed(world, owner).channel.id };
    case "user":
      return { scope, platform, server: "", subject: personId() };
    case "member":
      return { scope, platform, server, subject: personId() };
  }
}

/** A value of a test in its stored form. */
export function storedForm(
  world: SimulatedWorld,
  datum: CanonicalDatum,
  value: Remembered,
  timezone: string,
): DataValue {
  if (typeof value === "object") return value.map((one) => storedForm(world, entryOf(datum), one, timezone) as Json);
  const there = found(world, datum, String(value));
  // What was read by its declaration has a stored form.
  if (there === undefined) return startOf({ ...datum, default: value }, timezone)!;
  const kept = fitted("", datum, there, world.definition.name);
  if (isSentence(kept)) throw new TypeError(`a ${datum.type} of a test has no stored form`);
  return kept.stored;
}

/** Who or what is meant by a name; undefined for what has none. */
function found(world: SimulatedWorld, { type }: CanonicalDatum, name: string): Value | undefined {
  switch (type) {
    case "user":
    case "member":
      return personValue(world.somebody(name).person);
    case "role":
      return roleValue(world.role(name));
    case "channel":
      return channelValue(placeNamed(world, name).channel);
    case "attachment":
      return { id: name, name };
    default:
      return undefined;
  }
}

/** Whether two stored values are the same to whoever writes a file, who can say no part of a second. */
export function isSameDatum(datum: CanonicalDatum, a: DataValue | undefined, b: DataValue | undefined): boolean {
  return JSON.stringify(comparable(datum, a)) === JSON.stringify(comparable(datum, b));
}

function comparable(datum: CanonicalDatum, value: DataValue | undefined): Json {
  if (value === undefined || value === null) return null;
  if (isEntries(value)) return value.map((one) => comparable(entryOf(datum), one));
  if (typeof value === "object") return datum.type === "attachment" ? value.name! : [value.platform!, value.id!];
  switch (datum.type) {
    case "number":
      return rounded(Number(value));
    case "duration":
      return Math.ceil(Number(value) / 1000);
    case "time":
      return Math.floor(Number(value) / 1000);
    default:
      return value;
  }
}

/** A stored value as the file would say it. */
export function shownDatum(datum: CanonicalDatum, value: DataValue | undefined, timezone: string): string {
  if (value === undefined || value === null) return "empty";
  if (isEntries(value)) return `[${value.map((one) => shownDatum(entryOf(datum), one, timezone)).join(", ")}]`;
  if (typeof value === "object") return String(value.name);
  switch (datum.type) {
    case "boolean":
      return value === true ? "yes" : "no";
    case "number":
      return String(rounded(Number(value)));
    case "duration":
      return shortDuration(Number(value));
    case "time":
      return writtenMoment(Number(value), timezone);
    case "text":
      return JSON.stringify(value);
    default:
      return String(value);
  }
}

const isEntries = (value: DataValue): value is readonly Json[] => Array.isArray(value);

/** Without the last digits that sums of fractions leave, as texts show it. */
const rounded = (value: number): number => Number(value.toPrecision(12));
