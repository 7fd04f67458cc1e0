import { needsQuotes, type Trap } from "./trap.ts";

/** `reply: Note: be kind` */
export const colon: Trap = (at) => {
  const { key, value, column } = at.entry;
  if (at.problem.code !== "BLOCK_AS_IMPLICIT_KEY" || key === undefined || !/:(\s|$)/.test(value)) return undefined;
  const message = "text with a colon and a space in it needs quotes: YAML takes the colon for the end of a key.";
  return needsQuotes(at, column, value, "unquoted-colon", message);
};
