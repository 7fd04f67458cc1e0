import type { Logger } from "../../contracts/logger.ts";

const nothing = () => undefined;

/** In a test, what matters is what people see; the log is for those who run the bot. */
export const quietLog: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => quietLog,
};
