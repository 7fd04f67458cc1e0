import type { AuditEntry } from "../../contracts/audit.ts";
import type { Clock } from "../../contracts/clock.ts";

/** How long one answer and one row stand for everything that follows them, where no limit says otherwise. Milliseconds. */
const windowMs = 60_000;
/** The longest such time, so that a count is not kept in memory all day. */
const longestMs = 60 * 60_000;
/** How many people at once are remembered; beyond it the oldest is let go, and counted in its row first. */
const most = 10_000;

interface Denial {
  readonly entry: AuditEntry;
  readonly cancelTimer: () => void;
  suppressed: number;
}

export interface Denials {
  /**
   * Counts one refusal of somebody.
   * @param endsAt when the window of this refusal is over; a minute from now if left out.
   * @returns true for the first in a window, which is answered and written down; the others are only counted.
   */
  first(key: string, entry: AuditEntry, endsAt?: number): boolean;
  /** Writes the counts that are still open. */
  flush(): Promise<void>;
}

/**
 * Spam that is refused over and over costs one answer and one row a window: the row is written at once, and how many
 * followed it is written, once, when the window is over. `write` must not reject.
 */
export function denials(clock: Clock, write: (entry: AuditEntry) => Promise<void>): Denials {
  const open = new Map<string, Denial>();

  const close = async (key: string): Promise<void> => {
    const denial = open.get(key);
    if (denial === undefined) return;
    open.delete(key);
    denial.cancelTimer();
    if (denial.suppressed > 0)
      await write({ ...denial.entry, details: { ...denial.entry.details, repeated: denial.suppressed } });
  };

  return {
    first(key, entry, endsAt) {
      const known = open.get(key);
      if (known !== undefined) {
        known.suppressed++;
        return false;
      }
      if (open.size >= most) void close(open.keys().next().value as string);
      const now = clock.now();
      const length = Math.min(longestMs, Math.max(0, (endsAt ?? now + windowMs) - now));
      open.set(key, { entry, cancelTimer: clock.after(length, () => void close(key)), suppressed: 0 });
      return true;
    },
    async flush() {
      await Promise.all([...open.keys()].map(close));
    },
  };
}
