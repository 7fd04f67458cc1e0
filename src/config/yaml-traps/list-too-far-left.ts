import { blocksAround, isInside, isItem, isOpener, onLinesFrom, outlineLine } from "./outline.ts";
import { type Finding, lineAbove, type TrapContext } from "./trap.ts";

/** A list that begins further left than the `do:` right above it. */
export const listTooFarLeft = onLinesFrom(lookAt);

function lookAt({ lines, scanned }: TrapContext, line: number): Finding | undefined {
  const item = outlineLine(lines, line);
  const above = outlineLine(lines, lineAbove(lines, line));
  if (item === undefined || above === undefined || !isItem(item) || isInside(scanned, line)) return undefined;
  if (item.depth >= above.depth || !isOpener(above) || !/^(do|else|on_error|steps)$/.test(above.key!)) return undefined;
  // Beside other items it may be the next one of theirs, as a rule or a test is.
  const members = blocksAround(lines, line)[0]?.members.slice(0, -1) ?? [];
  if (item.depth === 0 || /^(name|when)$/.test(item.key ?? "") || members.some(isItem)) return undefined;
  const depth = above.depth + above.dashes.length + 2;
  return {
    code: "bad-indentation",
    line,
    column: item.depth + 1,
    length: item.text.trim().length,
    message: `this list belongs under "${above.key}:" (line ${above.line}), but begins further left.`,
    hint: `begin each of its items in column ${depth + 1}:`,
    corrected: " ".repeat(depth) + item.text.trimStart(),
  };
}
