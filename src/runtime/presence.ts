import { markInterrupted } from "../audit/interrupted.ts";
import type { Job } from "../contracts/store.ts";
import { messageOf } from "./runs/answer.ts";
import { leaseMs, prolongMs } from "./runs/jobs.ts";
import type { Services } from "./services.ts";
import { noPlatform } from "./upkeep.ts";

export const presenceOwner = "process";

export interface Presence {
  /** Before anything is done: marks what was interrupted, and says that this process is alive. */
  begin(): Promise<void>;
  /** A process has not said for a while that it is alive: what it had begun is marked. */
  due(job: Job): Promise<void>;
  /** Nothing is under way any more. */
  end(): Promise<void>;
  stop(): void;
}

/**
 * Tells moderation actions that a sudden end interrupted from those that another process is doing. Where processes share a
 * storage, each keeps a job there whose time it puts off again and again. Whoever gets to do that job knows that the other
 * process is gone, or cut off from the storage: then the outcome may still follow in the audit log.
 */
export function createPresence(services: Services, processId: string): Presence {
  const { audit, clock, log, store } = services;
  const key = `process:${processId}`;
  let cancel = (): void => undefined;
  let stopped = false;

  const mark = async (isGone: (process: string) => boolean): Promise<void> => {
    const interrupted = await markInterrupted(store.audit, audit, (ref) => isGone(processOf(ref)));
    if (interrupted > 0) log.warn({ interrupted }, "actions that a sudden end interrupted are marked in the audit log");
  };

  const sayAlive = (): Promise<void> =>
    store.jobs.put({
      key,
      owner: presenceOwner,
      platform: noPlatform,
      dueAt: clock.now() + leaseMs,
      payload: { process: processId },
    });

  const goOn = (): void => {
    if (stopped) return;
    cancel = clock.after(prolongMs, () => {
      sayAlive()
        .catch((error: unknown) =>
          log.warn({ error: messageOf(error) }, "other processes could not be told that this one is alive"),
        )
        .finally(goOn);
    });
  };

  return {
    async begin() {
      if (!store.shared) return mark(() => true);
      await sayAlive();
      const others = await store.jobs.list(presenceOwner, [noPlatform]);
      const alive = new Set(others.filter((job) => job.dueAt > clock.now()).map(ownerOf));
      await mark((process) => !alive.has(process));
      goOn();
    },
    async due(job) {
      const process = ownerOf(job);
      // It was cut off from the storage for a while.
      if (process === processId) return sayAlive();
      await mark((one) => one === process);
      await store.jobs.finish(job);
    },
    stop() {
      stopped = true;
      cancel();
    },
    async end() {
      if (store.shared) await store.jobs.remove(key);
    },
  };
}

/** What binds an outcome to its intent; it begins with the process that announced it. */
export function newRef(processId: string, newId: () => string): string {
  return `${processId}:${newId()}`;
}

const processOf = (ref: string): string => ref.slice(0, Math.max(0, ref.indexOf(":")));

const ownerOf = (job: Job): string => (job.payload as { readonly process: string }).process;
