import { needsQuotes, replaced, type Trap, valueAt } from "./trap.ts";

/** `text: *bold*` */
export const asterisk: Trap = (at) => {
  const { piece, column } = valueAt(at);
  if (at.entry.value.startsWith("* ") && at.entry.key === undefined) {
    const corrected = replaced(at.text, at.entry.column, 1, "-");
    const message = 'an item of a list begins with "- ", not with "*".';
    const { line } = at;
    return {
      code: "missing-dash",
      line,
      column: at.entry.column,
      length: 1,
      message,
      hint: "write:",
      corrected,
      goesOn: true,
    };
  }
  if (!piece.startsWith("*") || /^\*[\w-]+$/.test(piece)) return undefined;
  const message = "text that begins with * needs quotes: at the beginning that sign means something else.";
  return needsQuotes(at, column, piece, "unquoted-asterisk", message);
};
