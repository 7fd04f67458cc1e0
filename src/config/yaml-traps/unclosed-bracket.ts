import { bracketCutByComment } from "./comment.ts";
import type { Trap } from "./trap.ts";

/** `[` or `{` without its end. */
export const unclosedBracket: Trap = (at) => {
  const open = at.scanned.unclosed.findLast((mark) => mark.offset <= at.problem.offset);
  if (open === undefined) return undefined;
  const cut = bracketCutByComment(at.scanned, open.offset);
  if (cut !== undefined) return cut;
  const { line, column } = at.lines.at(open.offset);
  const close = open.source === "{" ? "}" : "]";
  const text = at.lines.text(line);
  const finding = {
    code: "unclosed-bracket" as const,
    line,
    column,
    length: 1,
    message: `the "${open.source}" that opens here is never closed by "${close}".`,
  };
  const others = at.scanned.unclosed.some((mark) => mark !== open && at.lines.at(mark.offset).line === line);
  const goesOn = column === text.trimEnd().length || /,\s*$/.test(text) || text.includes("#");
  if (others || goesOn) return finding;
  const padding = open.source === "{" && /\{\s/.test(text) ? " " : "";
  return { ...finding, hint: "close it:", corrected: text.trimEnd() + padding + close };
};
