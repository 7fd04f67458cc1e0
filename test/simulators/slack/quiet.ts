import { type Logger, LogLevel } from "@slack/web-api";

/** A logger for the real clients that says nothing: their complaints about simulated faults are expected. */
export const quiet: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
