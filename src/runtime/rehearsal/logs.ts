import type { Logger } from "../../contracts/logger.ts";

const nothing = () => undefined;

/** For what a test says nothing of: its audit log and its platforms. */
export const quietLog: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => quietLog,
};

/** Keeps what those who run the bot would read in its log, each line with what it is about. */
export function keptLog(lines: string[]): Logger {
  const keep = (fields: object, message: string): void => {
    const about = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
    lines.push(about.length === 0 ? message : `${message} (${about.join(", ")})`);
  };
  const log: Logger = { debug: nothing, info: keep, warn: keep, error: keep, child: () => log };
  return log;
}
