import type { Update } from "grammy/types";
import type { Json } from "../../../contracts/event.ts";
import type { ConnectionMemory } from "../../../contracts/platform.ts";
import { createKeeper } from "./keeper.ts";

/**
 * Polled updates, kept across a sudden end. Telegram hands a batch out again until it is confirmed as a whole: what is done
 * of it must not be done a second time. What takes long is kept itself, so that it need not hold up the batches of other
 * chats and is still not lost.
 */
export interface Inbox {
  /** What was confirmed and still under way at a sudden end, and is to be done now. */
  readonly left: readonly Update[];
  /** Whether it was done before. */
  isDone(update: Update): boolean;
  begin(update: Update): void;
  done(update: Update): void;
  /** Resolves when all that has begun and is not done may be confirmed. */
  keep(): Promise<void>;
  /** All that came so far has been confirmed, and never comes again. */
  confirmed(): void;
  /** What is still under way is not to be done again: the bot ends in the ordinary way. Resolves when that is kept. */
  close(): Promise<void>;
}

/** As long as Telegram keeps updates (documentation: "Getting updates"). */
const staleMs = 24 * 3_600_000;

export async function openInbox(
  memory: ConnectionMemory,
  botId: number,
  now: () => number,
  failed: (error: unknown) => void,
): Promise<Inbox> {
  const key = `inbox:${botId}`;
  const before = (await memory.get(key)) as Stored | undefined;
  const done = new Set(before?.done);
  const underWay = new Map<number, Update>();
  /** Those under way that are kept as well. */
  const kept = new Set<number>();
  const stored = () =>
    ({
      at: now(),
      done: [...done],
      underWay: [...underWay.values()].filter(isKept),
    }) satisfies Stored as unknown as Json;
  const isKept = ({ update_id }: Update) => kept.has(update_id);
  const keeper = createKeeper(memory, key, stored, failed);

  return {
    left: before !== undefined && now() - before.at < staleMs ? before.underWay : [],
    isDone: ({ update_id }) => done.has(update_id),
    begin: (update) => void underWay.set(update.update_id, update),
    done({ update_id }) {
      underWay.delete(update_id);
      kept.delete(update_id);
      done.add(update_id);
      keeper.save();
    },
    async keep() {
      const all = [...underWay.keys()];
      if (all.every((id) => kept.has(id))) return;
      for (const id of all) kept.add(id);
      keeper.save();
      await keeper.kept();
    },
    // With the next change the shorter list is kept; until then the longer one does no harm.
    confirmed: () => done.clear(),
    async close() {
      if (kept.size > 0) {
        kept.clear();
        keeper.save();
      }
      await keeper.kept();
    },
  };
}

interface Stored {
  readonly at: number;
  readonly done: readonly number[];
  readonly underWay: readonly Update[];
}
