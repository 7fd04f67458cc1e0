/** Time, handed in: production, tests and simulators run the same engine on different clocks. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** It never leaps, as the clock of a machine does that sleeps or is set: a timer is never late. */
  readonly steady?: true;
  /** Calls back once, `ms` from now; does not keep the process alive. @returns what cancels it. */
  after(ms: number, callback: () => void): () => void;
}
