import type { Update } from "grammy/types";
import type { BotEvent } from "../../../contracts/event.ts";

/** Hands updates over, each once. */
export interface Dispatch {
  /** Resolves when the update is handled, or was already; never rejects. */
  update(update: Update): Promise<void>;
  /** Resolves when fewer than the most that may be under way are. */
  room(): Promise<void>;
}

export interface DispatchParts {
  /** What an update means, with all that is learned from it on the way. */
  readonly read: (update: Update) => readonly BotEvent[];
  readonly handle: (event: BotEvent) => Promise<void>;
  readonly failed: (error: unknown, update: Update) => void;
}

const remembered = 2000;
const mostUnderWay = 200;
/** Telegram tells of one person's coming in two updates, seconds apart at most. */
const sameJoinMs = 60_000;

/**
 * Updates come again when their confirmation was lost: those under way and the last 2000 are known by number. Numbers
 * may jump in both directions (Update.update_id), so nothing is inferred from their order.
 */
export function createDispatch({ read, handle, failed }: DispatchParts): Dispatch {
  const handled = new Map<number, Promise<void>>();
  const joins = new Map<string, { at: number; source: "message" | "change" }>();
  const underWay = new Set<Promise<void>>();

  /** Whether the other of the two updates about somebody's coming was here already. */
  const isSecondNews = (event: BotEvent, source: "message" | "change"): boolean => {
    if (event.kind !== "member_joined") return false;
    const key = `${event.server?.id} ${event.user.id}`;
    const before = joins.get(key);
    if (before !== undefined && before.source !== source && Math.abs(event.at - before.at) < sameJoinMs) {
      joins.delete(key);
      return true;
    }
    forgetOldest(joins, remembered);
    joins.set(key, { at: event.at, source });
    return false;
  };

  const work = async (update: Update) => {
    try {
      const source = update.chat_member === undefined ? "message" : "change";
      const events = read(update).filter((event) => !isSecondNews(event, source));
      await Promise.all(events.map(handle));
    } catch (error) {
      failed(error, update);
    }
  };

  return {
    update(update) {
      const known = handled.get(update.update_id);
      if (known !== undefined) return known;
      const mine = work(update).finally(() => underWay.delete(mine));
      forgetOldest(handled, remembered);
      handled.set(update.update_id, mine);
      underWay.add(mine);
      return mine;
    },
    async room() {
      while (underWay.size >= mostUnderWay) await Promise.race(underWay);
    },
  };
}

function forgetOldest(map: Map<unknown, unknown>, most: number): void {
  if (map.size >= most) map.delete(map.keys().next().value);
}
