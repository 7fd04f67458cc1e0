import { needsQuotes, type Trap, valueAt } from "./trap.ts";

/** A text that begins with a backtick. */
export const backtick: Trap = (at) => {
  const { piece, column } = valueAt(at);
  const message = "text that begins with a backtick needs quotes: at the beginning that sign means something else.";
  return piece.startsWith("`") ? needsQuotes(at, column, piece, "unquoted-backtick", message) : undefined;
};
