/** Who may not do something again before a moment: a rule, and whom it is counted for. Unused fields are "". */
export interface CooldownKey {
  readonly rule: string;
  readonly platform: string;
  readonly server: string;
  /** Person or channel id. */
  readonly subject: string;
}

export interface CooldownStore {
  /** Until when it is still cooling; undefined or a moment that is over: it may be done. */
  until(key: CooldownKey): Promise<number | undefined>;
  /** Takes it until a moment, unless it is cooling. @returns until when it was cooling already, if it was. */
  take(key: CooldownKey, now: number, until: number): Promise<number | undefined>;
  /** Gives back what was taken until that moment; a later taking stays. */
  giveBack(key: CooldownKey, until: number): Promise<void>;
  /** Deletes what is over. @returns rows deleted, at most `most`. */
  purge(now: number, most: number): Promise<number>;
}
