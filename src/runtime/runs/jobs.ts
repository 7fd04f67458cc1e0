import type { Job } from "../../contracts/store.ts";
import type { ActionDefinition } from "../../contracts/word.ts";
import type { Generation, Services, Turns } from "../services.ts";
import { noPlatform } from "../upkeep.ts";
import { messageOf, writeQuietly } from "./answer.ts";
import { laterContext } from "./later.ts";
import { endStored, resume } from "./resume.ts";

/** How long a taken job belongs to this process, unless it is prolonged: a killed process leaves it for so long. Milliseconds. */
export const leaseMs = 60_000;
/** How often the leases of what is still worked on are prolonged. Milliseconds. */
export const prolongMs = 20_000;
/** Jobs that are worked on side by side, so that one slow platform does not hold up the others. */
const atOnce = 50;
/**
 * How long a timer waits at most: a machine that sleeps and a clock that is set move on without it, and other processes may
 * add work or leave it behind. Milliseconds.
 */
const mostWaitMs = 60_000;
/** Failures before a job is given up; the pauses between them double from a second to ten minutes. */
const mostFailures = 12;

export interface JobLoop {
  start(): Promise<void>;
  /** Looks again when the next job is due: one may have been added, or a platform connected. */
  wake(): void;
  readonly turns: Turns;
  /** Resolves when nothing is due now, and what was is done. */
  caughtUp(): Promise<void>;
  /** Takes no further job; resolves when the running ones are done. */
  stop(): Promise<void>;
}

/**
 * Does stored work when it falls due: suspended runs go on, mutes end. Work that fell due while nothing ran is done at
 * the start, once. A job is claimed before and removed after it is done, so that a kill between the two repeats only steps
 * that may be repeated. Jobs of other platforms than the connected ones are left alone: theirs may come back.
 *
 * @param connected platforms that work can be done on now
 * @param recurring takes up work that comes again and again, by its owner: it is never given up, because its next time
 * would be lost with it
 */
export function jobLoop(
  services: Services,
  current: () => Generation,
  connected: () => readonly string[],
  words: ReadonlyMap<string, ActionDefinition>,
  recurring: ReadonlyMap<string, (job: Job) => Promise<void>>,
): JobLoop {
  const { clock, log, store } = services;
  const running = new Map<string, Promise<void>>();
  const claimed = new Set<Job>();
  const failures = new Map<string, number>();
  let cancelTimer: (() => void) | undefined;
  let cancelProlonging: (() => void) | undefined;
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = true;

  const reachable = (): readonly string[] => [...connected(), noPlatform];

  const look = async (): Promise<void> => {
    do {
      again = false;
      const free = atOnce - running.size;
      // Whichever job ends first looks again.
      if (free <= 0) return;
      const now = clock.now();
      const jobs = await store.jobs.claim(now, now + leaseMs, free, reachable());
      for (const job of jobs) begin(job);
      if (jobs.length === free) again = true;
    } while (again && !stopped);
    await schedule();
  };

  const schedule = async (): Promise<void> => {
    cancelTimer?.();
    if (stopped) return;
    const next = await store.jobs.next(reachable());
    if (stopped) return;
    const most = clock.steady === true ? Number.POSITIVE_INFINITY : mostWaitMs;
    const wait = Math.min(next === undefined ? most : Math.max(0, next - clock.now()), most);
    cancelTimer?.();
    // Nothing is stored, and nothing but this process adds to it.
    if (wait === Number.POSITIVE_INFINITY) return;
    cancelTimer = clock.after(wait, wake);
  };

  const wake = (): void => {
    if (stopped) return;
    if (looking !== undefined) {
      again = true;
      return;
    }
    looking = look()
      .catch((error: unknown) => {
        log.error({ error: messageOf(error) }, "stored work could not be read; trying again in 5 seconds");
        cancelTimer?.();
        cancelTimer = clock.after(5000, wake);
      })
      .finally(() => {
        looking = undefined;
        if (again) wake();
      });
  };

  /** Until all is done: also while the loop is being stopped, so that nobody else begins what still runs here. */
  const prolong = (): void => {
    cancelProlonging = undefined;
    if (claimed.size === 0) return;
    cancelProlonging = clock.after(prolongMs, prolong);
    store.jobs
      .prolong([...claimed], clock.now() + leaseMs)
      .catch((error: unknown) =>
        log.warn({ error: messageOf(error) }, "stored work could not be kept for this process"),
      );
  };

  /** Work of one key is done piece after piece: a run may be stored again while its last piece of work still ends. */
  const inTurn = <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const mine = (running.get(key) ?? Promise.resolve()).then(work);
    const ended = mine
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        const wasFull = running.size >= atOnce;
        if (running.get(key) === ended) running.delete(key);
        if (wasFull) wake();
      });
    running.set(key, ended);
    return mine;
  };

  const hold = (job: Job): (() => void) => {
    claimed.add(job);
    cancelProlonging ??= clock.after(prolongMs, prolong);
    return () => void claimed.delete(job);
  };

  const begin = (job: Job): void => {
    const release = hold(job);
    inTurn(job.key, () => doJob(job))
      .catch((error: unknown) => {
        // It stays claimed and is taken up again when its lease is over.
        log.error({ job: job.key, error: messageOf(error) }, "stored work could not be settled");
        return "done" as const;
      })
      .then((end) => {
        release();
        if (end === "put back") wake();
      });
  };

  const doJob = async (job: Job): Promise<"done" | "put back"> => {
    try {
      if (!(await takeUp(job))) {
        await store.jobs.retry(job, job.dueAt);
        return "put back";
      }
      failures.delete(job.key);
      return "done";
    } catch (error) {
      return failed(job, messageOf(error));
    }
  };

  const failed = async (job: Job, message: string): Promise<"done" | "put back"> => {
    const count = (failures.get(job.key) ?? 0) + 1;
    failures.set(job.key, count);
    if (count < mostFailures || recurring.has(job.owner)) {
      log.warn({ job: job.key, error: message, failures: count }, "stored work failed and is tried again");
      await store.jobs.retry(job, clock.now() + Math.min(600_000, 1000 * 2 ** (count - 1)));
      return "put back";
    }
    failures.delete(job.key);
    log.error({ job: job.key, error: message }, "stored work was given up after too many tries");
    await writeQuietly(services, {
      kind: "errors",
      platform: job.platform,
      action: job.key,
      outcome: "failed",
      details: { error: message },
    });
    if (job.owner === "run") await endStored(services, runOf(job));
    else await store.jobs.finish(job);
    return "done";
  };

  /** @returns false when its platform went away since it was claimed. */
  const takeUp = async (job: Job): Promise<boolean> => {
    if (!reachable().includes(job.platform)) return false;
    const recur = recurring.get(job.owner);
    if (recur !== undefined) await recur(job);
    else if (job.owner !== "run") {
      await words.get(job.owner.slice("word:".length))?.later?.(job.payload, laterContext(services, job));
      await store.jobs.finish(job);
    }
    // A run takes its job along when it ends, or puts another in its place when it waits again.
    else if (!(await resume(services, current(), runOf(job)))) await store.jobs.finish(job);
    return true;
  };

  return {
    async start() {
      stopped = false;
      await store.jobs.release();
      // What a run was queued behind may have ended with the process before it was ever stored.
      for (const key of await store.runs.queues())
        if (!services.underWay.has(key)) await store.runs.advance(key, clock.now());
      wake();
    },
    wake,
    turns: { inTurn, hold, leaseUntil: () => clock.now() + leaseMs },
    async caughtUp() {
      while (looking !== undefined || running.size > 0) {
        await looking;
        await Promise.all(running.values());
      }
    },
    async stop() {
      stopped = true;
      cancelTimer?.();
      await looking;
      await Promise.all(running.values());
      cancelProlonging?.();
    },
  };
}

const runOf = (job: Job): string => (job.payload as { id: string }).id;
