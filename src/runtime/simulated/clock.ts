import type { Clock } from "../../contracts/clock.ts";

/** A clock that stands still until it is moved; moving it runs what falls due on the way, in order. */
export interface SteppedClock extends Clock {
  /** Moves on by so many milliseconds; resolves when everything that fell due is done. */
  advance(ms: number): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
  /** The clock does not move on while this work is under way: work that takes real time, such as the storage's. */
  during<Result>(work: Promise<Result>): Promise<Result>;
}

/** Turns of the event loop without any such work after which nothing more is coming: promises need one each at most. */
const quietTurns = 10;

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** @param start - milliseconds since the epoch */
export function steppedClock(start: number): SteppedClock {
  let now = start;
  let order = 0;
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

  const firstDue = (until: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers)
      if (
        timer.at <= until &&
        (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
      )
        first = timer;
    return first;
  };

  return {
    steady: true,
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + Math.max(0, ms), order: order++, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const target = now + ms;
      for (;;) {
        // What was begun before may set a timer of its own.
        await settled();
        const due = firstDue(target);
        if (due === undefined) break;
        timers.delete(due);
        now = Math.max(now, due.at);
        due.callback();
      }
      now = target;
    },
    settled,
    during(work) {
      underWay.add(work);
      const end = () => underWay.delete(work);
      work.then(end, end);
      return work;
    },
  };
}
