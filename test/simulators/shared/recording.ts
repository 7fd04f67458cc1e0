/** What a simulator has seen, in order, and a way to wait for more of it without sleeping. */
export interface Recording<T> {
  /** Everything recorded so far, oldest first; grows while the simulator runs. */
  readonly all: readonly T[];
  record(entry: T): void;
  /** Forgets what was recorded; those who wait go on waiting. */
  clear(): void;
  /**
   * The first entry that fits, recorded already or later.
   * Rejects after `within` milliseconds (20,000 unless told) with a list of what was recorded instead.
   */
  waitFor(fits: (entry: T) => boolean, options?: WaitOptions): Promise<T>;
  /** All entries that fit, as soon as there are at least `count`. */
  waitForCount(count: number, fits: (entry: T) => boolean, options?: WaitOptions): Promise<T[]>;
}

export interface WaitOptions {
  /** Milliseconds; a guard against hanging, never what decides a test. */
  within?: number;
  /** What is waited for, for the message of the rejection. */
  what?: string;
}

/** An empty recording; `describe` says one entry in a word for the message of a wait that fails. */
export function createRecording<T>(describe: (entry: T) => string = (entry) => JSON.stringify(entry)): Recording<T> {
  const all: T[] = [];
  const checks = new Set<() => void>();

  const waitForCount = (count: number, fits: (entry: T) => boolean, options: WaitOptions = {}): Promise<T[]> =>
    new Promise((resolve, reject) => {
      const check = () => {
        const found = all.filter(fits);
        if (found.length < count) return;
        finish();
        resolve(found);
      };
      const guard = setTimeout(() => {
        finish();
        const seen = all.map((entry) => `  ${describe(entry).slice(0, 300)}`).join("\n");
        reject(new Error(`waited in vain for ${options.what ?? "an entry"}; recorded:\n${seen || "  nothing"}`));
      }, options.within ?? 20_000);
      const finish = () => {
        clearTimeout(guard);
        checks.delete(check);
      };
      checks.add(check);
      check();
    });

  return {
    all,
    record(entry) {
      all.push(entry);
      for (const check of [...checks]) check();
    },
    clear() {
      all.length = 0;
    },
    waitFor: async (fits, options) => (await waitForCount(1, fits, options))[0] as T,
    waitForCount,
  };
}
