import type { CounterAnswer, Counters, CounterWindow } from "../../contracts/counters.ts";
import { lru } from "../lru.ts";

/** What is counted under one key. */
type Entry =
  /** Uses before `from` have left the window; they are let go many at once, so that each costs the same in any crowd. */
  | { readonly kind: "rolling"; uses: number[]; from: number; windowMs: number; refusedUntil: number }
  | { readonly kind: "until"; period: string; count: number; endsAt: number; refused: boolean }
  | { readonly kind: "once"; until: number };

export interface MemoryCounters extends Counters {
  /** Keys held now, at most `mostKeys`. */
  readonly size: number;
  use(key: string, limit: number, window: CounterWindow): CounterAnswer;
  firstIn(key: string, windowMs: number): boolean;
}

/**
 * Counters of one process. Our own, because the language promises windows that roll: the limits of the usual libraries
 * (rate-limiter-flexible among them) count in fixed windows, which let twice the limit through around their border.
 * Every use in the window is remembered, so an answer is exact.
 *
 * Memory is bounded: above `mostKeys` keys or `mostUses` remembered uses, the keys used least recently are forgotten.
 */
export function memoryCounters({
  now,
  mostKeys = 100_000,
  mostUses = 1_000_000,
}: {
  readonly now: () => number;
  readonly mostKeys?: number;
  readonly mostUses?: number;
}): MemoryCounters {
  const entries = lru<Entry>();
  let uses = 0;

  /** The entry of a key, now the most recently used. */
  function entry<Kind extends Entry["kind"]>(key: string, kind: Kind): Extract<Entry, { kind: Kind }> | undefined {
    const found = entries.use(key);
    if (found === undefined || found.kind === kind) return found as Extract<Entry, { kind: Kind }> | undefined;
    remove(key, found);
    return undefined;
  }

  function add<Added extends Entry>(key: string, added: Added): Added {
    dropExpired();
    entries.set(key, added);
    while (entries.size > mostKeys) dropOldest();
    return added;
  }

  /** Two for each one that comes, so that what a flood left behind goes away by itself. */
  function dropExpired(): void {
    const at = now();
    for (let checked = 0; checked < 2; checked++) {
      const oldest = entries.oldest();
      if (oldest === undefined || endOf(oldest[1]) > at) return;
      dropOldest();
    }
  }

  function dropOldest(): void {
    remove(...entries.oldest()!);
  }

  function remove(key: string, one: Entry): void {
    entries.delete(key);
    if (one.kind === "rolling") uses -= one.uses.length - one.from;
  }

  /** Forgets the uses that have left the window. */
  function forget(one: Extract<Entry, { kind: "rolling" }>, ms: number, at: number): void {
    const before = one.uses.length - one.from;
    // A use in the future was counted before the clock was set back.
    while (one.uses.length > one.from && one.uses.at(-1)! > at) one.uses.pop();
    while (one.from < one.uses.length && one.uses[one.from]! <= at - ms) one.from++;
    uses += one.uses.length - one.from - before;
    if (one.from === 0 || one.from * 2 < one.uses.length) return;
    one.uses = one.uses.slice(one.from);
    one.from = 0;
  }

  function countRolling(key: string, limit: number, ms: number): CounterAnswer {
    const at = now();
    const one =
      entry(key, "rolling") ??
      add<Entry & { kind: "rolling" }>(key, { kind: "rolling", uses: [], from: 0, windowMs: ms, refusedUntil: 0 });
    forget(one, ms, at);
    one.windowMs = ms;
    if (one.uses.length - one.from < limit) {
      one.uses.push(at);
      one.refusedUntil = 0;
      uses++;
      while (uses > mostUses && entries.size > 1) dropOldest();
      return { allowed: true };
    }
    const firstRefusal = one.refusedUntil <= at;
    if (firstRefusal) one.refusedUntil = at + ms;
    // `limit` uses back: only when that one leaves the window is there room. A limit of 0 never has room.
    const blocking = one.uses[one.uses.length - limit] ?? at;
    return { allowed: false, retryAt: blocking + ms, firstRefusal };
  }

  function countPeriod(key: string, limit: number, period: string, endsAt: number): CounterAnswer {
    const one =
      entry(key, "until") ??
      add<Entry & { kind: "until" }>(key, { kind: "until", period, count: 0, endsAt, refused: false });
    if (one.period !== period) Object.assign(one, { period, count: 0, endsAt, refused: false });
    if (one.count < limit) {
      one.count++;
      one.refused = false;
      return { allowed: true };
    }
    const firstRefusal = !one.refused;
    one.refused = true;
    return { allowed: false, retryAt: endsAt, firstRefusal };
  }

  return {
    get size() {
      return entries.size;
    },
    use: (key, limit, window) =>
      window.kind === "rolling"
        ? countRolling(key, limit, window.ms)
        : countPeriod(key, limit, window.period, window.endsAt),
    giveBack(key) {
      const one = entries.peek(key);
      if (one?.kind === "until") one.count = Math.max(0, one.count - 1);
      else if (one?.kind === "rolling" && one.uses.length > one.from) {
        one.uses.pop();
        uses--;
      }
    },
    firstIn(key, windowMs) {
      const at = now();
      const name = `first ${key}`;
      const one = entry(name, "once");
      if (one !== undefined && one.until > at) return false;
      if (one === undefined) add(name, { kind: "once", until: at + windowMs });
      else one.until = at + windowMs;
      return true;
    },
    async close() {},
  };
}

function endOf(one: Entry): number {
  if (one.kind === "rolling") return Math.max((one.uses.at(-1) ?? 0) + one.windowMs, one.refusedUntil);
  return one.kind === "until" ? one.endsAt : one.until;
}
