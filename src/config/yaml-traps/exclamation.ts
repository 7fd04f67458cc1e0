import { needsQuotes, type Trap, valueAt } from "./trap.ts";

/** `reply: !ping` */
export const exclamation: Trap = (at) => {
  const { piece, column } = valueAt(at);
  if (!piece.startsWith("!") || piece.startsWith("!!") || piece.startsWith("!<")) return undefined;
  const message = "text that begins with ! needs quotes: without them YAML takes the word for a type.";
  return needsQuotes(at, column, piece, "unquoted-exclamation", message);
};
