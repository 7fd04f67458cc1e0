import { entryOf, lineAbove, type Trap } from "./trap.ts";

/** `name: Rules` with keys indented under it. */
export const indentedUnderValue: Trap = (at) => {
  if (at.problem.code !== "BLOCK_AS_IMPLICIT_KEY" || at.entry.key === undefined || at.entry.value === "")
    return undefined;
  let below = at.line + 1;
  while (below <= at.lines.count && entryOf(at.lines.text(below)).key === undefined) below++;
  if (below > at.lines.count) return undefined;
  const under = entryOf(at.lines.text(below));
  const above = entryOf(at.lines.text(lineAbove(at.lines, below)));
  const column = under.indent.length + under.dashes.length + 1;
  const wanted = at.entry.indent.length + at.entry.dashes.length;
  if (above.indent.length > under.indent.length) return undefined;
  return {
    code: "indented-under-value",
    line: below,
    column,
    length: under.key!.length,
    message: `"${under.key}" is indented under "${at.entry.key}", which already has a value.`,
    hint: `start it in the same column as "${at.entry.key}":`,
    corrected: " ".repeat(wanted) + at.lines.text(below).trimStart(),
  };
};
