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
  const message = "text that begins with ! needs quotes: without them YAML takes the word for a type.";
  return needsQuotes(at, column, piece, "unquoted-exclamation", message);
};
