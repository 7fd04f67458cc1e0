import { needsQuotes, type Trap, valueAt } from "./trap.ts";

/** `text: % done` */
export const percent: Trap = (at) => {
  const { piece, column } = valueAt(at);
  const message = "text that begins with % needs quotes: at the beginning that sign means something else.";
  return piece.startsWith("%") ? needsQuotes(at, column, piece, "unquoted-percent", message) : undefined;
};
