import { needsQuotes, type Trap } from "./trap.ts";

/** `cron: *\/5 * * * *` */
export const cron: Trap = (at) => {
  const { value, column } = at.entry;
  if (!/^\*(\/\d+|(\/\d+)?(\s+[\d*/,-]+){1,4})$/.test(value)) return undefined;
  const message = "a schedule that begins with * needs quotes: without them YAML looks for an anchor of that name.";
  return needsQuotes(at, column, value, "unquoted-cron", message);
};
