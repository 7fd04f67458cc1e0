import { needsQuotes, type Trap } from "./trap.ts";

/** `reply: :wave: hello` */
export const emoji: Trap = (at) => {
  const { key, value, column } = at.entry;
  if (at.problem.code !== "BLOCK_AS_IMPLICIT_KEY" || !/(^|\s):[\w+-]+:(\s|$)/.test(value)) return undefined;
  if (key === undefined && at.entry.dashes === "") return undefined;
  const message = "text with a :name: in it needs quotes: without them the colon ends a key.";
  return needsQuotes(at, column, value, "unquoted-emoji", message);
};
