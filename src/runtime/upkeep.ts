import type { Job } from "../contracts/store.ts";
import type { Generation, Services } from "./services.ts";

export const upkeepOwner = "upkeep";
/** The platform of stored work that needs none: it is done whichever are connected. */
export const noPlatform = "";

/** The time between two purges; the audit log is looked at earlier where a row is old enough before. Milliseconds. */
const pauseMs = 7 * 86_400_000;
const leastPauseMs = 60 * 60_000;
/** Rows deleted in one statement, so that nothing waits long behind it. */
const batch = 500;
/** How long work that fell due waits for a platform that the file no longer has. Milliseconds. */
const orphanMs = 30 * 86_400_000;

/** How many rows of each kind were deleted. */
type Deleted = Readonly<Record<string, number>>;

interface Purge {
  /** When to look again for what can be deleted. */
  next(): number | Promise<number>;
  delete(): Promise<Deleted>;
}

export interface Upkeep {
  /** Stores the next moment of each purge, or an earlier one where rows are kept for a shorter time from now on. */
  settle(): Promise<void>;
  /** Purges, and puts the job back for the next moment. */
  due(job: Job): Promise<void>;
  /** A purge that runs goes no further than its portion; it goes on at the next start. */
  stop(): void;
}

/**
 * Deletes what has outlived its time, as two jobs in the storage that come again and again: audit rows, and all the rest,
 * which is buttons, rules nobody refers to, cooldowns, and work for platforms that are gone.
 */
export function createUpkeep(services: Services, current: () => Generation): Upkeep {
  const { clock, log, store } = services;
  let stopped = false;

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

  const keepMs = (): number => current().plan.config.audit.keepMs;
  const purges: ReadonlyMap<string, Purge> = new Map([
    [
      "upkeep:audit",
      {
        async next() {
          const [oldest] = await store.audit.page(0, 1);
          const now = clock.now();
          return Math.min(now + pauseMs, Math.max(now + leastPauseMs, (oldest?.at ?? now) + keepMs()));
        },
        delete: async () => ({ audit: await drain(() => store.audit.purge(clock.now() - keepMs(), batch)) }),
      },
    ],
    [
      "upkeep:data",
      {
        next: () => clock.now() + pauseMs,
        async delete() {
          const platforms = Object.keys(current().plan.config.platforms);
          return {
            jobs: await drain(() => store.jobs.purge(clock.now() - orphanMs, platforms, batch)),
            runs: await drain(() => store.runs.purge(clock.now(), batch)),
            cooldowns: await drain(() => store.cooldowns.purge(clock.now(), batch)),
          };
        },
      },
    ],
  ]);

  return {
    async settle() {
      const stored = new Map((await store.jobs.list(upkeepOwner, [noPlatform])).map((job) => [job.key, job.dueAt]));
      for (const [key, purge] of purges) {
        const dueAt = await purge.next();
        if ((stored.get(key) ?? Number.POSITIVE_INFINITY) <= dueAt) continue;
        await store.jobs.put({ key, owner: upkeepOwner, platform: noPlatform, dueAt, payload: {} });
      }
      services.wakeJobs();
    },
    async due(job) {
      const purge = purges.get(job.key);
      if (purge === undefined) return store.jobs.finish(job);
      const deleted = await purge.delete();
      if (Object.values(deleted).some((count) => count > 0)) log.info(deleted, "old rows were deleted");
      await store.jobs.retry(job, stopped ? job.dueAt : await purge.next());
      services.wakeJobs();
    },
    stop() {
      stopped = true;
    },
  };
}
