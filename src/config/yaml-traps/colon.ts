import { needsQuotes, type Trap, valueAt } from "./trap.ts";

/** `reply: Note: be kind` */
export const colon: Trap = (at) => {
  const { piece, column } = valueAt(at);
  const closedFlow = at.insideFlow && !at.scanned.unclosed.some((mark) => mark.offset < at.problem.offset);
  const keyed = closedFlow || (at.entry.key !== undefined && at.problem.code === "BLOCK_AS_IMPLICIT_KEY");
  if (!keyed || /^["'[{]/.test(piece) || !/:(\s|$)/.test(piece)) return undefined;
  const message = "text with a colon in it needs quotes: YAML takes the colon for the end of a key.";
  return needsQuotes(at, column, piece, "unquoted-colon", message);
};
