import type { Clock } from "../../src/contracts/clock.ts";

/** A clock that stands still until it is moved; moving it runs what falls due on the way, in order. */
export interface FakeClock extends Clock {
  advance(ms: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export function fakeClock(start = Date.UTC(2026, 0, 5, 12)): FakeClock {
  let now = start;
  const timers = new Set<Timer>();
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
        // What was begun before gets its turns, because it may set a timer of its own.
        for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
        const due = [...timers].filter((timer) => timer.at <= target).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due);
        now = Math.max(now, due.at);
        due.callback();
      }
      now = target;
    },
  };
}
