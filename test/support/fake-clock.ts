import type { Clock } from "../../src/contracts/clock.ts";

/** A clock that stands still until it is moved; moving it runs what falls due on the way, in order. */
export interface FakeClock extends Clock {
  /** Resolves when everything that fell due is done, but for what waits for something that the test holds back. */
  advance(ms: number): Promise<void>;
  /** Sets the clock, as a machine that was asleep finds it: what waits goes on waiting for as long as before. */
  leap(ms: number): void;
  /** The clock does not move on while this work is under way: work that takes real time, such as the storage's. */
  during<Result>(work: Promise<Result>): Promise<Result>;
}

/** Turns of the event loop without any such work after which nothing more is coming: promises need one each at most. */
const quietTurns = 10;

interface Timer {
  at: number;
  readonly callback: () => void;
}

export function fakeClock(start = Date.UTC(2026, 0, 5, 12)): FakeClock {
  let now = start;
  const timers = new Set<Timer>();
  const underWay = new Set<Promise<unknown>>();

  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < quietTurns; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (underWay.size === 0) continue;
      await Promise.allSettled(underWay);
      turn = -1;
    }
  };

  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + Math.max(0, ms), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const target = now + ms;
      for (;;) {
        // What was begun before may set a timer of its own.
        await settled();
        const due = [...timers].filter((timer) => timer.at <= target).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due);
        now = Math.max(now, due.at);
        due.callback();
      }
      now = target;
    },
    leap(ms) {
      now += ms;
      for (const timer of timers) timer.at += ms;
    },
    during(work) {
      underWay.add(work);
      const end = () => underWay.delete(work);
      work.then(end, end);
      return work;
    },
  };
}
