import { needsQuotes, replaced, type Trap, valueAt } from "./trap.ts";

/** `reply: !ping` */
export const exclamation: Trap = (at) => {
  const { piece, column } = valueAt(at);
  if (!piece.startsWith("!") || piece.startsWith("!!") || piece.startsWith("!<")) return undefined;
  const key = at.insideFlow ? null : /^!(\w+):(?=\s|$)/.exec(piece);
  if (key !== null) {
    return {
      code: "unquoted-exclamation",
      line: at.line,
      column,
      length: key[0].length,
      message: `the name of a command is written without "!", whatever people type before it.`,
      hint: "write:",
      corrected: replaced(at.text, column, 1, ""),
      goesOn: true,
    };
  }
  if (/^(if|not)$/.test(at.entry.key ?? "")) {
    const corrected = replaced(at.text, column, 1, "not ");
    const said = 'for the opposite of a condition there is the word "not".';
    const { line } = at;
    return {
      code: "unquoted-exclamation",
      line,
      column,
      length: 1,
      message: said,
      hint: "write:",
      corrected,
      goesOn: true,
    };
  }
  const message = "text that begins with ! needs quotes: at the beginning that sign means something else.";
  return needsQuotes(at, column, piece, "unquoted-exclamation", message);
};
