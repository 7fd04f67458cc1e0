import { nextArgument } from "./braces-forgotten.ts";
import { entryOf, type Finding, lastBefore, lineBelow, type Trap, type TrapContext } from "./trap.ts";

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
  const below = at.lines.text(lineBelow(at.lines, line)).trimEnd();
  if (below.endsWith(quote) && !below.slice(0, -1).includes(quote) && entryOf(below).key === undefined) {
    const message = "the text that begins here goes on in the next line, which must begin further in.";
    const hint = "begin the next line further in, or write | in place of the quotes and all of the text below it";
    return { code: "text-over-lines", line, column, length: text.length - column + 1, message, hint };
  }
  return {
    code: "unclosed-quote",
    line,
    column,
    length: text.length - column + 1,
    message: `the text that begins here with ${quote} never ends.`,
    hint: "end it with the same quote:",
    corrected: closedIn(at, offset, quote),
  };
}

/** The line with the quote where it was meant: before the next key in braces, and before what closes them. */
function closedIn({ scanned, lines }: TrapContext, offset: number, quote: string): string {
  const { line, column } = lines.at(offset);
  const text = lines.text(line).trimEnd();
  const around = scanned.flows
    .filter((flow) => flow.offset >= lines.start(line) && flow.offset < offset && offset < flow.end)
    .sort((a, b) => b.offset - a.offset);
  let end = text.length;
  for (let count = around.length; count > 0 && end === text.length; count--) {
    const closing = around.slice(0, count).map((flow) => (scanned.text[flow.offset] === "{" ? "\\}" : "\\]"));
    end = text.slice(column).search(new RegExp(`\\s*${closing.join("\\s*")}$`)) + column;
    if (end < column) end = text.length;
  }
  // `{ reply: "Hi }, stop ]`: what closes the innermost braces, and no {{ }}.
  const brace = text.slice(column).search(/\s*(?<!\})\}(?!\})/);
  if (end === text.length && brace !== -1 && scanned.text[around[0]?.offset ?? 0] === "{") end = column + brace;
  const next = around.length === 0 ? -1 : text.slice(column, end).search(nextArgument);
  if (next > 0) end = column + next;
  return text.slice(0, end) + quote + text.slice(end);
}
