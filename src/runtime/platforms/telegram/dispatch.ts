import type { Update } from "grammy/types";
import type { BotEvent } from "../../../contracts/event.ts";

/** Hands updates over, each once. */
export interface Dispatch {
  /** Resolves when the update is handled; undefined when it is, or was, at once. Never rejects. */
  update(update: Update): Promise<void> | undefined;
  /** Resolves when fewer than the most that may be under way are; undefined when they are now. */
  room(): Promise<void> | undefined;
}

export interface DispatchParts {
  /** What an update means, with all that is learned from it on the way. */
  readonly read: (update: Update) => readonly BotEvent[];
  /** Undefined where there is nothing to wait for. */
  readonly handle: (event: BotEvent) => Promise<void> | undefined;
  readonly failed: (error: unknown, update: Update) => void;
}

const remembered = 2000;
const mostUnderWay = 200;
/** Telegram tells of one person's coming or going in two updates, seconds apart at most. */
const sameMoveMs = 60_000;

/**
 * Updates come again when their confirmation was lost: those under way and the last 2000 are known by number. Numbers
 * may jump in both directions (Update.update_id), so nothing is inferred from their order.
 */
export function createDispatch({ read, handle, failed }: DispatchParts): Dispatch {
  /** True once it is over: what an update left behind is not kept. */
  const handled = recent<number, Promise<void> | true>(remembered);
  const moves = recent<string, { at: number; source: "message" | "change" }>(remembered);
  const underWay = new Set<Promise<void>>();

  /** Whether the other of the two updates about somebody's coming or going was here already. */
  const isSecondNews = (event: BotEvent, source: "message" | "change"): boolean => {
    if (event.kind !== "member_joined" && event.kind !== "member_left") return false;
    const key = `${event.kind} ${event.server?.id} ${event.user.id}`;
    const before = moves.get(key);
    if (before !== undefined && before.source !== source && Math.abs(event.at - before.at) < sameMoveMs) {
      moves.delete(key);
      return true;
    }
    moves.set(key, { at: event.at, source });
    return false;
  };

  /** Undefined where all of it is done at once. */
  const work = (update: Update): Promise<unknown> | undefined => {
    const source = update.chat_member === undefined ? "message" : "change";
    let all: Promise<unknown> | undefined;
    for (const event of read(update)) {
      const one = isSecondNews(event, source) ? undefined : handle(event);
      all = all === undefined || one === undefined ? (one ?? all) : Promise.all([all, one]);
    }
    return all;
  };

  const untilRoom = async (): Promise<void> => {
    while (underWay.size >= mostUnderWay) await Promise.race(underWay);
  };

  const over = async (update: Update, events: Promise<unknown>): Promise<void> => {
    await events.catch((error: unknown) => failed(error, update));
    handled.set(update.update_id, true);
  };

  return {
    update(update) {
      const known = handled.get(update.update_id);
      if (known !== undefined) return known === true ? undefined : known;
      handled.set(update.update_id, true);
      let events: Promise<unknown> | undefined;
      try {
        events = work(update);
      } catch (error) {
        failed(error, update);
      }
      if (events === undefined) return undefined;
      const mine = over(update, events).finally(() => underWay.delete(mine));
      handled.set(update.update_id, mine);
      underWay.add(mine);
      return mine;
    },
    room: () => (underWay.size < mostUnderWay ? undefined : untilRoom()),
  };
}

interface Recent<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
}

/**
 * The last entries, at least `most` and at most twice as many. Whole generations are let go at once, because a Map steps
 * over every entry that was deleted from its beginning.
 */
function recent<Key, Value>(most: number): Recent<Key, Value> {
  let young = new Map<Key, Value>();
  let old = new Map<Key, Value>();
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set(key, value) {
      if (young.size >= most) {
        old = young;
        young = new Map();
      }
      young.set(key, value);
    },
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
  };
}
