import { type CanonicalDatum, isCounted, isOfPeople } from "../../contracts/canonical.ts";
import type { BotEvent, Json, Person, RaisedEvent } from "../../contracts/event.ts";
import type { DataKey, DataOwner, DataValue } from "../../contracts/store.ts";
import type { Change, DataAccess } from "../../contracts/word.ts";
import { isDuration, isObject, type Value } from "../../language/values.ts";
import { type DataRead, Refusal } from "../../plan/program.ts";
import { isSentence, type Sentence, say } from "../../sentences/sentence.ts";
import type { Generation, Services } from "../services.ts";
import { fitted, fittedEntry, full, type Reader, sameEntry, shownNumber, startOf, toValue } from "./datum.ts";
import { rankings } from "./ranking.ts";
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
  services: Pick<Services, "store" | "clock" | "log" | "port">,
  generation: Generation,
  event: BotEvent,
  raise: (event: RaisedEvent) => void,
): RunData {
  const { data: store } = services.store;
  const declared = generation.plan.data;
  const reader: Reader = { platform: event.platform, timezone: generation.plan.config.bot.timezone };
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

  const keyOf = (name: string, of: Person | undefined): DataKey => ({
    name,
    owner: ownerOf(declared[name]!, event, of ?? event.user),
  });

  /** Rankings show people by name, so whoever has a value is known by name from then on. */
  const known = async (people: readonly Person[]): Promise<void> => {
    try {
      const now = services.clock.now();
      await Promise.all(people.map((one) => services.store.people.seen(one.platform, one, now)));
    } catch (error) {
      services.log.warn({ error: String(error) }, "a person could not be remembered");
    }
  };

  /** Changes one list in one transaction. `change` answers the new list, or a sentence. */
  const changeList = async (
    name: string,
    of: Person | undefined,
    change: (entries: readonly Json[]) => readonly Json[] | Sentence,
  ): Promise<readonly Json[] | Sentence> => {
    const datum = declared[name]!;
    const key = keyOf(name, of);
    let answer: readonly Json[] | Sentence = [];
    await store.change([key], ([stored = startOf(datum, reader.timezone)]) => {
      answer = change(Array.isArray(stored) ? stored : []);
      return isSentence(answer) ? undefined : [answer];
    });
    if (!isSentence(answer)) remember(name, key.owner, toValue(datum, answer, reader));
    return answer;
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
        const whose = read.of.length === 0 ? event.user : { platform: event.platform, id: String(holder.id) };
        const owner = ownerOf(datum, event, whose);
        const into = dataOf(holder);
        keys.push({ name: read.name, owner, into });
        loaded.push({ name: read.name, owner: ownerKey(owner), into });
      }
      const stored = await store.read(keys);
      keys.forEach((key, index) => {
        key.into[key.name] = toValue(declared[key.name]!, stored[index], reader);
      });
    },

    async set(name, of, value) {
      const datum = declared[name]!;
      const checked = fitted(name, datum, value, event.platform);
      if (isSentence(checked)) return checked;
      const { owner } = keyOf(name, of);
      const [before] = isWatched ? await store.read([{ name, owner }]) : [];
      await Promise.all([store.set(name, owner, checked.stored), ranked(datum) && known([of ?? event.user])]);
      const after = toValue(datum, checked.stored, reader);
      remember(name, owner, after);
      tellChange(name, of, toValue(datum, before, reader), after);
      return undefined;
    },

    async add(name, of, by) {
      const datum = declared[name]!;
      const problem = amountProblem(name, datum, by);
      if (problem !== undefined) return { ok: false, reason: problem };
      const { owner } = keyOf(name, of);
      const bounds = { start: Number(datum.default), ...boundsOf(datum) };
      const [result] = await Promise.all([
        store.add(name, owner, by, bounds),
        ranked(datum) && known([of ?? event.user]),
      ]);
      if (!result.ok) return { ok: false, reason: outOfBounds(name, datum, result.value, by) };
      const value = toValue(datum, result.value, reader);
      remember(name, owner, value);
      tellChange(name, of, result.value - by, result.value);
      return { ok: true, value };
    },

    async append(name, of, value) {
      const datum = declared[name]!;
      const entry = fittedEntry(name, datum, value, event.platform);
      if (isSentence(entry)) return { ok: false, reason: entry };
      const entries = await changeList(name, of, (before) =>
        datum.max_items !== undefined && before.length >= datum.max_items
          ? full(name, datum)
          : [...before, entry.stored],
      );
      return isSentence(entries) ? { ok: false, reason: entries } : { ok: true, value: entries.length };
    },

    async remove(name, of, which) {
      const datum = declared[name]!;
      let taken: Json = null;
      const place = placeOf(name, datum, which, event.platform);
      if (isSentence(place)) return { ok: false, reason: place };
      const entries = await changeList(name, of, (before) => {
        const at = place(before);
        if (at === undefined) return say("no_such_entry", { name });
        taken = before[at]!;
        return before.toSpliced(at, 1);
      });
      if (isSentence(entries)) return { ok: false, reason: entries };
      const [value = null] = toValue(datum, [taken], reader) as readonly Value[];
      return { ok: true, value };
    },

    async clear(name, of) {
      const datum = declared[name]!;
      const { owner } = keyOf(name, of);
      const [before] = isWatched ? await store.read([{ name, owner }]) : [];
      await store.remove(name, owner);
      const after = toValue(datum, undefined, reader);
      remember(name, owner, after);
      tellChange(name, of, toValue(datum, before, reader), after);
    },

    async transfer(name, from, to, amount) {
      const datum = declared[name]!;
      const problem = amount > 0 ? amountProblem(name, datum, amount) : say("amount_above_zero");
      if (problem !== undefined) return { ok: false, reason: problem };
      const [giver, taker] = [keyOf(name, from), keyOf(name, to)];
      if (ownerKey(giver.owner) === ownerKey(taker.owner)) return { ok: false, reason: say("same_person") };
      let change: Change = { ok: false, reason: say("same_person") };
      const move = store.change([giver, taker], ([before, beforeTo]) => {
        const [left, got] = [numberIn(datum, before) - amount, numberIn(datum, beforeTo) + amount];
        const reason = !fits(datum, left)
          ? outOfBounds(name, datum, left + amount, -amount)
          : !fits(datum, got)
            ? say("too_much_for", { name: to.name })
            : undefined;
        change =
          reason === undefined
            ? { ok: true, value: { from: toValue(datum, left, reader), to: toValue(datum, got, reader) } }
            : { ok: false, reason };
        return reason === undefined ? [left, got] : undefined;
      });
      await Promise.all([move, known([from, to])]);
      return settleTransfer(change, (value) => {
        for (const [key, person, by, now] of [
          [giver, from, -amount, value.from ?? null],
          [taker, to, amount, value.to ?? null],
        ] as const) {
          remember(name, key.owner, now);
          tellChange(name, person, (numberOf(now) ?? 0) - by, now);
        }
      });
    },

    top: (name, order, most) =>
      rankings(services, { name, datum: declared[name]!, among: keyOf(name, undefined).owner, reader }, order, most),
  };
}

/** What was worked out inside of the transaction, once that is durable. */
function settleTransfer(change: Change, moved: (value: Mutable) => void): Change {
  if (change.ok && isObject(change.value)) moved(change.value as Mutable);
  return change;
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

/**
 * Data is keyed by platform, server and person; only scope `bot` is shared between platforms.
 * @throws Refusal for a member of another platform: they are on no server here.
 */
function ownerOf(datum: CanonicalDatum, event: BotEvent, person: Pick<Person, "platform" | "id">): DataOwner {
  const { platform } = event;
  const server = event.server?.id ?? "";
  switch (datum.scope) {
    case "user":
      return { scope: "user", platform: person.platform, server: "", subject: person.id };
    case "member":
      if (person.platform !== platform) throw new Refusal(say("not_a_member"));
      return { scope: "member", platform, server, subject: person.id };
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

/** Whether people can be put in order by it. */
function ranked(datum: CanonicalDatum): boolean {
  return isCounted(datum) && isOfPeople(datum.scope);
}

function boundsOf({ minimum, maximum }: CanonicalDatum): { minimum?: number; maximum?: number } {
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}

/** Beyond 2^53 whole numbers are not told apart, so that adding 1 could change nothing. */
function fits(
  { minimum = -Number.MAX_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: CanonicalDatum,
  value: number,
) {
  return value >= minimum && value <= maximum;
}

function numberIn(datum: CanonicalDatum, stored: DataValue | undefined): number {
  return typeof stored === "number" ? stored : Number(datum.default);
}

function amountProblem(name: string, datum: CanonicalDatum, by: number): Sentence | undefined {
  if (!isCounted(datum)) return say("number_needed", { name });
  if (datum.type === "integer" && !Number.isSafeInteger(by)) return say("whole_numbers_only", { name, amount: by });
  return undefined;
}

/** How the entry to be removed is found in a list, or why it can be in none. */
function placeOf(
  name: string,
  datum: CanonicalDatum,
  which: Parameters<DataAccess["remove"]>[2],
  platform: string,
): ((entries: readonly Json[]) => number | undefined) | Sentence {
  if ("position" in which) {
    const { position } = which;
    return ({ length }) => {
      const at = position > 0 ? position - 1 : length + position;
      return position !== 0 && at >= 0 && at < length ? at : undefined;
    };
  }
  const entry = fittedEntry(name, datum, which.value, platform);
  if (isSentence(entry)) return entry;
  return (entries) => {
    const at = entries.findIndex((one) => sameEntry(one, entry.stored));
    return at === -1 ? undefined : at;
  };
}

function outOfBounds(name: string, datum: CanonicalDatum, value: number, by: number): Sentence {
  const { minimum = 0, maximum = 0 } = datum;
  const is = shownNumber(datum, value);
  if (by < 0) return say("not_enough", { name, is, least: shownNumber(datum, minimum) });
  return say("too_much", { name, is, most: shownNumber(datum, maximum) });
}
