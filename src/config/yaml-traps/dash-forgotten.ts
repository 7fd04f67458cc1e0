import { inEntry } from "./broken-list.ts";
import { blocksAround, isInside, isItem, isOpener, type OutlineLine, onLinesFrom, outlineLine } from "./outline.ts";
import { strangeDash } from "./strange-dash.ts";
import { type Finding, lineAbove, type TrapContext } from "./trap.ts";

/** Keys under which a list stands. */
const listKeys = /^(do|else|on_error|rules|tests|steps|buttons|fields|limits|if|all|any)$/;

/** `reply: Hi` without its dash, and `if:` under it, which would line up behind the dash. */
export const dashForgotten = onLinesFrom(lookAt);

function lookAt({ lines, scanned }: TrapContext, line: number): Finding | undefined {
  const below = outlineLine(lines, line)!;
  const item = outlineLine(lines, lineAbove(lines, below.line));
  if (item === undefined || below.key === undefined || isItem(below) || below.depth !== item.depth + 2)
    return undefined;
  if (isItem(item) || isOpener(item) || /^[|>&]/.test(item.value) || isInside(scanned, below.line)) return undefined;
  const dash = strangeDash(item.text);
  const [block] = blocksAround(lines, item.line);
  const parent = block?.parent;
  const amongItems = block !== undefined && block.members.length > 1 && isItem(block.members[0]!);
  if (parent === undefined || item.key === undefined) return undefined;
  if (dash === undefined && !amongItems && !(isOpener(parent) && listKeys.test(parent.key!))) return undefined;
  if (amongItems && dash === undefined && !/^(name|label|style)$/.test(item.key) && inEntry.test(item.key))
    return besideDash(item);
  return {
    code: "missing-dash",
    line: item.line,
    column: item.depth + 1,
    length: dash === undefined ? item.text.trim().length : 1,
    message: `each item of the list under "${parent.key}" begins with "- ".`,
    corrected: `${item.indent}- ${item.text.trimStart()}`,
    ...dash,
    hint: "write:",
    goesOn: true,
  };
}

/** `when:` in the column of the dash above it. */
function besideDash(item: OutlineLine): Finding {
  return {
    code: "bad-indentation",
    line: item.line,
    column: item.depth + 1,
    length: item.key!.length,
    message: `"${item.key}" belongs to the item above, but begins in the same column as its dash.`,
    hint: "begin it, and what belongs to it, two spaces further in:",
    corrected: `  ${item.text}`,
    goesOn: true,
  };
}
