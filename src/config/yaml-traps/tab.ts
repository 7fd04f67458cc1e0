import { blocksAround, isItem, isOpener, outlineLine } from "./outline.ts";
import { type Finding, lineAbove, lineBelow, type Trap, type TrapContext } from "./trap.ts";

/** A line that begins with a tab: YAML counts spaces only. */
export const tab: Trap = (at) => {
  const below = lineBelow(at.lines, at.line);
  // A key with nothing behind it may be blamed for the tab under it.
  return tabIn(at, at.line) ?? (at.entry.value === "" ? tabIn(at, below) : undefined);
};

function tabIn({ lines }: TrapContext, line: number): Finding | undefined {
  const text = lines.text(line);
  const white = /^[ \t]*/.exec(text)![0];
  if (line === 0 || !white.includes("\t")) return undefined;
  const width = tabWidth(lines, line);
  const usual = "use two spaces for each level, here and on every other line with a tab:";
  return {
    code: "tab-indentation",
    line,
    column: white.indexOf("\t") + 1,
    length: white.lastIndexOf("\t") - white.indexOf("\t") + 1,
    message: "this line begins with a tab, and only spaces count.",
    hint:
      width === 2 ? usual : "begin it with spaces in the column where it belongs, and so every other line with a tab:",
    corrected: withoutTabs(text, width),
    goesOn: true,
  };
}

/** A line with spaces for the tabs that it begins with. */
export function withoutTabs(text: string, width: number): string {
  const white = /^[ \t]*/.exec(text)![0];
  return white.replaceAll("\t", " ".repeat(width)) + text.slice(white.length);
}

/** How many spaces a tab stands for on a line, so that it lines up with the lines above it, which have none. */
export function tabWidth(lines: TrapContext["lines"], line: number): number {
  const found = outlineLine(lines, line);
  const above = outlineLine(lines, lineAbove(lines, line));
  const tabs = found?.indent.split("\t").length ?? 0;
  if (found === undefined || above === undefined || tabs < 2) return 2;
  const width = (column: number) => (column - (found.depth - tabs + 1)) / (tabs - 1);
  if (isOpener(above)) {
    const inside = width(above.depth + above.dashes.length + 2);
    return inside > 0 && Number.isInteger(inside) ? inside : 2;
  }
  const columns = blocksAround(lines, above.line).flatMap(({ members: [first] }) =>
    first === undefined ? [] : [first.depth, ...(isItem(first) ? [first.depth + first.dashes.length] : [])],
  );
  const widths = columns.map(width);
  return [4, 2, 8].find((one) => widths.includes(one)) ?? widths.find((one) => Number.isInteger(one) && one >= 0) ?? 2;
}
