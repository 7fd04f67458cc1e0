import type { Clock } from "../contracts/clock.ts";
import type { Logger } from "../contracts/logger.ts";
import type { Store } from "../contracts/store.ts";
import { messageOf } from "./runs/answer.ts";

/** How often old rows are looked for. Milliseconds. */
const everyMs = 60 * 60_000;
/** Rows deleted in one statement, so that nothing waits long behind it. */
const batch = 500;

/** How long work that fell due waits for a platform that the file no longer has. Milliseconds. */
const orphanMs = 30 * 86_400_000;

export interface UpkeepPolicy {
  /** How long audit rows are kept. Milliseconds. */
  readonly auditKeepMs: number;
  /** The platforms of the file in force. */
  readonly platforms: readonly string[];
}

/**
 * Deletes what has outlived its time, at the start and every hour: old audit rows, buttons, rules nobody refers to, and
 * work for platforms that are gone.
 */
export function startUpkeep(
  clock: Clock,
  store: Store,
  log: Logger,
  policy: () => UpkeepPolicy,
): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let cancel = (): void => undefined;

  const clean = async (): Promise<void> => {
    try {
      const { auditKeepMs, platforms } = policy();
      const audit = await drain(() => store.audit.purge(clock.now() - auditKeepMs, batch));
      const jobs = await drain(() => store.jobs.purge(clock.now() - orphanMs, platforms, batch));
      const runs = await drain(() => store.runs.purge(clock.now(), batch));
      const cooldowns = await drain(() => store.cooldowns.purge(clock.now(), batch));
      const deleted = { audit, jobs, runs, cooldowns };
      if (Object.values(deleted).some((count) => count > 0)) log.info(deleted, "old rows were deleted");
    } catch (error) {
      log.warn({ error: messageOf(error) }, "old rows could not be deleted; trying again in an hour");
    }
    if (!stopped) cancel = clock.after(everyMs, begin);
  };

  const drain = async (purge: () => Promise<number>): Promise<number> => {
    let total = 0;
    while (!stopped) {
      const deleted = await purge();
      total += deleted;
      if (deleted < batch) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return total;
  };

  const begin = (): void => {
    running = clean();
  };

  begin();
  return {
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
