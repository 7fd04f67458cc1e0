import type { CanonicalDatum } from "../../contracts/canonical.ts";
import type { BotEvent, Person, RaisedEvent } from "../../contracts/event.ts";
import type { DataOwner, DataValue } from "../../contracts/store.ts";
import type { DataAccess } from "../../contracts/word.ts";
import { duration, isDuration, isObject, type Value } from "../../language/values.ts";
import type { DataRead } from "../../plan/program.ts";
import type { Generation, Services } from "../services.ts";
import type { Mutable } from "./values.ts";

/** A datum that was read into the variables, so that a change is seen by the texts after it. */
interface Loaded {
  readonly name: string;
  readonly owner: string;
  readonly into: Mutable;
}

export interface RunData extends DataAccess {
  /** Reads what texts and conditions use, in one query, into the variables. */
  load(reads: readonly DataRead[], values: Mutable): Promise<void>;
}

/** Declared data for the runs of one event. */
export function runData(
  services: Pick<Services, "store">,
  generation: Generation,
  event: BotEvent,
  raise: (event: RaisedEvent) => void,
): RunData {
  const declared = generation.plan.data;
  const loaded: Loaded[] = [];

  const remember = (name: string, owner: DataOwner, value: Value) => {
    const key = ownerKey(owner);
    for (const one of loaded) if (one.name === name && one.owner === key) one.into[name] = value;
  };

  const isWatched = generation.plan.rulesFor.has("data_changed");
  const tellChange = (name: string, of: Person | undefined, before: Value, after: Value) => {
    const [from, to] = [numberOf(before), numberOf(after)];
    if (!isWatched || from === undefined || to === undefined || from === to) return;
    raise({ kind: "data_changed", data: name, before: from, after: to, ...(of === undefined ? {} : { user: of }) });
  };

  return {
    async load(reads, values) {
      if (reads.length === 0) return;
      const keys: { name: string; owner: DataOwner; into: Mutable }[] = [];
      for (const read of reads) {
        const datum = declared[read.name];
        if (datum === undefined) continue;
        const holder = holderOf(values, read.of);
        if (holder === undefined) continue;
        const owner = ownerOf(datum, event, read.of.length === 0 ? event.user.id : String(holder.id));
        const into = dataOf(holder);
        keys.push({ name: read.name, owner, into });
        loaded.push({ name: read.name, owner: ownerKey(owner), into });
      }
      const stored = await services.store.data.read(keys);
      keys.forEach((key, index) => {
        key.into[key.name] = toValue(declared[key.name]!, stored[index]);
      });
    },

    async set(name, of, value) {
      const datum = declared[name]!;
      const checked = fitted(name, datum, value);
      if (typeof checked === "string") return checked;
      const owner = ownerOf(datum, event, (of ?? event.user).id);
      const [before] = isWatched ? await services.store.data.read([{ name, owner }]) : [];
      await services.store.data.set(name, owner, checked.stored);
      const after = toValue(datum, checked.stored);
      remember(name, owner, after);
      tellChange(name, of, toValue(datum, before), after);
      return undefined;
    },

    async add(name, of, by) {
      const datum = declared[name]!;
      if (datum.type !== "integer" && datum.type !== "number" && datum.type !== "duration")
        return { ok: false, reason: `"${name}" is not a number.` };
      if (datum.type === "integer" && !Number.isSafeInteger(by))
        return { ok: false, reason: `"${name}" holds whole numbers, and ${by} is not one.` };
      const owner = ownerOf(datum, event, (of ?? event.user).id);
      const bounds = {
        start: Number(datum.default),
        ...(datum.minimum === undefined ? {} : { minimum: datum.minimum }),
        ...(datum.maximum === undefined ? {} : { maximum: datum.maximum }),
      };
      const result = await services.store.data.add(name, owner, by, bounds);
      if (!result.ok) return { ok: false, reason: outOfBounds(name, datum, result.value, by) };
      remember(name, owner, toValue(datum, result.value));
      tellChange(name, of, result.value - by, result.value);
      return result;
    },
  };
}

/** The object among the variables whose `data` is read; undefined where nobody is named. */
export function holderOf(values: Mutable, path: readonly string[]): Mutable | undefined {
  let at: Value | undefined = values;
  for (const key of path) at = isObject(at) ? at[key] : undefined;
  return isObject(at) ? (at as Mutable) : undefined;
}

function dataOf(holder: Mutable): Mutable {
  const existing = holder.data;
  if (isObject(existing)) return existing as Mutable;
  const fresh: Mutable = {};
  holder.data = fresh;
  return fresh;
}

/** Data is keyed by platform, server and person; only scope `bot` is shared between platforms. */
function ownerOf(datum: CanonicalDatum, event: BotEvent, personId: Person["id"]): DataOwner {
  const { platform } = event;
  const server = event.server?.id ?? "";
  switch (datum.scope) {
    case "user":
      return { scope: "user", platform, server: "", subject: personId };
    case "member":
      return { scope: "member", platform, server, subject: personId };
    case "channel":
      return { scope: "channel", platform, server, subject: event.channel?.id ?? "" };
    case "server":
      return { scope: "server", platform, server, subject: "" };
    case "bot":
      return { scope: "bot", platform: "", server: "", subject: "" };
  }
}

function numberOf(value: Value): number | undefined {
  if (isDuration(value)) return value.ms;
  return typeof value === "number" ? value : undefined;
}

const ownerKey = (owner: DataOwner): string => `${owner.scope} ${owner.platform} ${owner.server} ${owner.subject}`;

function toValue(datum: CanonicalDatum, stored: DataValue | undefined): Value {
  const value = stored ?? datum.default;
  return datum.type === "duration" ? duration(Number(value)) : (value as Value);
}

/** The value as it is stored, or a sentence saying why it does not fit its declaration. */
function fitted(name: string, datum: CanonicalDatum, value: Value): { stored: DataValue } | string {
  switch (datum.type) {
    case "text": {
      if (typeof value !== "string" && typeof value !== "number") return `"${name}" holds text.`;
      const text = String(value);
      if (datum.max_length !== undefined && text.length > datum.max_length)
        return `"${name}" may have at most ${datum.max_length} characters.`;
      return { stored: text };
    }
    case "boolean":
      return typeof value === "boolean" ? { stored: value } : `"${name}" is yes or no.`;
    case "choice":
      return (datum.choices ?? []).includes(String(value))
        ? { stored: String(value) }
        : `"${name}" must be one of ${(datum.choices ?? []).join(", ")}.`;
    default: {
      const number = isDuration(value) ? value.ms : value;
      if (typeof number !== "number" || !Number.isFinite(number)) return `"${name}" holds a number.`;
      if (datum.type === "integer" && !Number.isSafeInteger(number)) return `"${name}" holds whole numbers.`;
      if (datum.minimum !== undefined && number < datum.minimum) return `"${name}" must be at least ${datum.minimum}.`;
      if (datum.maximum !== undefined && number > datum.maximum) return `"${name}" must be at most ${datum.maximum}.`;
      return { stored: number };
    }
  }
}

function outOfBounds(name: string, datum: CanonicalDatum, value: number, by: number): string {
  if (by < 0) return `There is not enough: "${name}" is ${value} and cannot go below ${datum.minimum}.`;
  return `That is too much: "${name}" is ${value} and cannot go above ${datum.maximum}.`;
}
