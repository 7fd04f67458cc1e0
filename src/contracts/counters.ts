/** Rolling-window and calendar counters for rate limits. */
export interface Counters {
  /**
   * Counts one use. Rolling: at most `limit` in any stretch of `windowMs`. A use that is refused does not count.
   * @returns when the next use will be allowed (ms since the epoch) if refused, and whether this is the first refusal
   * since the last allowed use or window, so that only one answer and one audit row is spent on it.
   */
  use(key: string, limit: number, window: CounterWindow): Promise<CounterAnswer> | CounterAnswer;
  /** Takes back the last use of a key: a cancelled confirm does not count. */
  giveBack(key: string): Promise<void> | void;
  /** True exactly once per key and window: for "tell once", shared between processes where Redis is. */
  firstIn(key: string, windowMs: number): Promise<boolean> | boolean;
  close(): Promise<void>;
}

export type CounterWindow =
  | { readonly kind: "rolling"; readonly ms: number }
  /** The caller works out the calendar period in the bot's time zone. */
  | { readonly kind: "until"; readonly period: string; readonly endsAt: number };

export type CounterAnswer =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAt: number; readonly firstRefusal: boolean };
