import { needsQuotes, type Trap, valueAt } from "./trap.ts";

/** `text: *bold*` */
export const asterisk: Trap = (at) => {
  const { piece, column } = valueAt(at);
  if (!piece.startsWith("*") || /^\*[\w-]+$/.test(piece)) return undefined;
  const message = "text that begins with * needs quotes: without them YAML looks for an anchor of that name.";
  return needsQuotes(at, column, piece, "unquoted-asterisk", message);
};
