/** Time, handed in: production, tests and simulators run the same engine on different clocks. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once, `ms` from now; does not keep the process alive. @returns what cancels it. */
  after(ms: number, callback: () => void): () => void;
}
