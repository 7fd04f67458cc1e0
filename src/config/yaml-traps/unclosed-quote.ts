import { type Finding, lastBefore, type Trap, type TrapContext } from "./trap.ts";

/** A quote that nothing closes, or that a quote far below closes by accident. */
export const unclosedQuote: Trap = (at) => {
  const scalar = lastBefore(at.scanned.quoted, at.problem.offset);
  if (scalar === undefined) return undefined;
  const quote = scalar.source[0]!;
  const closed = scalar.source.length > 1 && scalar.source.endsWith(quote);
  if (!closed) return at.problem.message.startsWith("Missing closing") ? finding(at, scalar.offset, quote) : undefined;
  const swallowed = /\n[ \t]*(- )?[\w-]+:(\s|$)/.test(scalar.source);
  const end = scalar.offset + scalar.source.length;
  const between = at.scanned.text.slice(end, at.problem.offset);
  return swallowed && !between.includes("\n") ? finding(at, scalar.offset, quote) : undefined;
};

function finding(at: TrapContext, offset: number, quote: string): Finding {
  const { line, column } = at.lines.at(offset);
  const text = at.lines.text(line);
  return {
    code: "unclosed-quote",
    line,
    column,
    length: text.length - column + 1,
    message: `the text that begins here with ${quote} never ends.`,
    hint: "end it with the same quote:",
    corrected: text.trimEnd() + quote,
  };
}
