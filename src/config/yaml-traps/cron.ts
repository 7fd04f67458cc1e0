import { needsQuotes, type Trap } from "./trap.ts";

/** `cron: *\/5 * * * *` */
export const cron: Trap = (at) => {
  const { value, column } = at.entry;
  if (!/^\*(\/\d+|(\/\d+)?(\s+[\d*/,-]+){1,4})$/.test(value)) return undefined;
  const message = "a schedule that begins with * needs quotes: at the beginning that sign means something else.";
  return needsQuotes(at, column, value, "unquoted-cron", message);
};
