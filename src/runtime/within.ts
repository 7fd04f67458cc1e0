import type { Clock } from "../contracts/clock.ts";

/** Waits for work, but not longer than `ms`. @returns whether it ended in time, however it ended; the work goes on. */
export function within(clock: Clock, work: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(false));
    const end = (): void => {
      cancel();
      resolve(true);
    };
    work.then(end, end);
  });
}
