import type { ConnectionMemory } from "../../../contracts/platform.ts";
import { createKeeper } from "./keeper.ts";

/**
 * Which polled updates are done and not confirmed yet, kept across a sudden end: Telegram hands a batch out again until it
 * is confirmed as a whole, and what is done must not be done a second time.
 */
export interface Handled {
  has(updateId: number): boolean;
  note(updateId: number): void;
  /** What was noted so far has been confirmed, and never comes again. */
  confirmed(): void;
  /** Resolves when all that was noted is kept. */
  kept(): Promise<void>;
}

export async function openHandled(
  memory: ConnectionMemory,
  botId: number,
  failed: (error: unknown) => void,
): Promise<Handled> {
  const key = `handled:${botId}`;
  const before = await memory.get(key);
  const done = new Set(Array.isArray(before) ? (before as readonly number[]) : []);
  const keeper = createKeeper(memory, key, () => [...done], failed);
  return {
    has: (updateId) => done.has(updateId),
    note(updateId) {
      done.add(updateId);
      keeper.save();
    },
    // With the next batch the shorter list is kept; until then the longer one does no harm.
    confirmed: () => done.clear(),
    kept: keeper.kept,
  };
}
