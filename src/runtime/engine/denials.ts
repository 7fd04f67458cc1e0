import type { AuditEntry } from "../../contracts/audit.ts";
import type { Clock } from "../../contracts/clock.ts";

/** How long one answer and one row stand for everything that follows them. Milliseconds. */
const windowMs = 60_000;
/** How many people at once are remembered; beyond it the oldest is let go, and counted in its row first. */
const most = 10_000;

interface Denial {
  readonly entry: AuditEntry;
  readonly endsAt: number;
  suppressed: number;
}

export interface Denials {
  /**
   * Counts one refusal of somebody.
   * @returns true for the first in a window, which is answered and written down; the others are only counted.
   */
  first(key: string, entry: AuditEntry): boolean;
  /** Writes the counts that are still open. */
  flush(): Promise<void>;
}

/**
 * Spam that is refused over and over costs one answer and one row a window: the row is written at once, and how many
 * followed it is written, once, when the window is over.
 */
export function denials(clock: Clock, write: (entry: AuditEntry) => Promise<void>): Denials {
  const open = new Map<string, Denial>();

  const close = (key: string, denial: Denial): Promise<void> | undefined => {
    open.delete(key);
    if (denial.suppressed === 0) return undefined;
    return write({ ...denial.entry, details: { ...denial.entry.details, repeated: denial.suppressed } });
  };

  const sweep = (now: number): void => {
    for (const [key, denial] of open) {
      if (denial.endsAt > now && open.size <= most) return;
      void close(key, denial);
    }
  };

  return {
    first(key, entry) {
      const now = clock.now();
      sweep(now);
      const known = open.get(key);
      if (known !== undefined) {
        known.suppressed++;
        return false;
      }
      open.set(key, { entry, endsAt: now + windowMs, suppressed: 0 });
      return true;
    },
    async flush() {
      await Promise.all([...open].map(([key, denial]) => close(key, denial)));
    },
  };
}
