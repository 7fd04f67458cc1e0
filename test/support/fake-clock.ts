import { type SteppedClock, steppedClock } from "../../src/runtime/simulated/clock.ts";

/** The clock of simulated platforms, which the test may also set. */
export interface FakeClock extends SteppedClock {
  /** Sets the clock, as a machine that was asleep finds it: what waits goes on waiting for as long as before. */
  leap(ms: number): void;
}

export function fakeClock(start = Date.UTC(2026, 0, 5, 12)): FakeClock {
  // It leaps, like the clock of a machine, so it is not steady.
  const { steady: _never, ...clock } = steppedClock(start);
  let leapt = 0;
  return {
    ...clock,
    now: () => clock.now() + leapt,
    leap(ms) {
      leapt += ms;
    },
  };
}
