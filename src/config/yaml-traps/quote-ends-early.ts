import { needsQuotes, quoted, replaced, type Trap, valueAt } from "./trap.ts";

/** `reply: "Hi" she said` */
export const quoteEndsEarly: Trap = (at) => {
  if (at.problem.code === "BAD_DQ_ESCAPE") return undefined;
  const before = at.text.slice(0, at.column - 1);
  const { piece, column } = at.insideFlow ? enclosing(at.text, before) : valueAt(at);
  const match = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=.*\S)./.exec(piece);
  if (match === null || /^\s*(#|$)/.test(piece.slice(match[1]!.length))) return undefined;
  const quote = piece[0]!;
  const message = `the text ends at the second ${quote}, and the rest belongs to nothing.`;
  const finding = needsQuotes(at, column, piece, "quote-ends-early", message);
  const inside = piece.slice(1, -1);
  const whole = piece.endsWith(quote) && piece.length > match[1]!.length ? inside : piece;
  return {
    ...finding,
    column: column + match[1]!.length - 1,
    length: piece.length - match[1]!.length + 1,
    hint: "put other quotes around the whole text:",
    corrected: replaced(at.text, column, piece.length, quoted(whole)),
  };
};

/** In braces the piece with the quote that opened last before the problem. */
function enclosing(text: string, before: string): { piece: string; column: number } {
  const open = /(?:[:,[{][ \t]+|\[)(["'])(?:(?!\1).)*\1[^,\]}]*$/.exec(before);
  if (open === null) return { piece: "", column: 1 };
  const start = open.index + open[0].indexOf(open[1]!);
  const end = /[,\]}]|$/.exec(text.slice(before.length))!;
  return { piece: text.slice(start, before.length + end.index).trimEnd(), column: start + 1 };
}
