import type { Counters } from "../../contracts/counters.ts";
import type { Logger } from "../../contracts/logger.ts";

/**
 * Shared counters while they answer, this process's own while they do not. Never rejects, and holds a message up for at
 * most `timeoutMs`: whether a limit is exact matters less than whether the bot answers.
 */
export function fallbackCounters({
  shared,
  own,
  ping,
  log,
  timeoutMs = 250,
  pauseMs = 1_000,
}: {
  readonly shared: Counters;
  readonly own: Counters;
  /** Resolves when the shared counters can be reached. */
  readonly ping: () => Promise<unknown>;
  readonly log: Logger;
  readonly timeoutMs?: number;
  /** Between two attempts to reach them again. */
  readonly pauseMs?: number;
}): Counters {
  let away = false;
  let closed = false;
  let probe: NodeJS.Timeout | undefined;

  async function either<Answer>(ask: (counters: Counters) => Promise<Answer> | Answer): Promise<Answer> {
    if (away) return ask(own);
    try {
      return await within(timeoutMs, ask(shared));
    } catch (error) {
      goAway(error);
      return ask(own);
    }
  }

  function goAway(error: unknown): void {
    if (away || closed) return;
    away = true;
    log.warn(
      { error: error instanceof Error ? error.message : String(error) },
      "Redis does not answer: until it is back, each process counts rate limits by itself",
    );
    tryAgain();
  }

  function tryAgain(): void {
    probe = setTimeout(async () => {
      try {
        await within(timeoutMs, ping());
      } catch {
        if (!closed) tryAgain();
        return;
      }
      if (closed) return;
      away = false;
      log.info({}, "Redis answers again: rate limits are shared");
    }, pauseMs).unref();
  }

  return {
    use: (key, limit, window) => either((counters) => counters.use(key, limit, window)),
    giveBack: (key) => either((counters) => counters.giveBack(key)),
    firstIn: (key, windowMs) => either((counters) => counters.firstIn(key, windowMs)),
    async close() {
      closed = true;
      clearTimeout(probe);
      await shared.close();
      await own.close();
    },
  };
}

function within<Answer>(ms: number, answer: Promise<Answer> | Answer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    Promise.resolve(answer)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
