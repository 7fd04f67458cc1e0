import { type Finding, lineBelow, type Trap } from "./trap.ts";

/** A line that begins with a tab: YAML counts spaces only. */
export const tab: Trap = (at) => {
  const below = lineBelow(at.lines, at.line);
  // A key with nothing behind it may be blamed for the tab under it.
  return tabIn(at.text, at.line) ?? (at.entry.value === "" ? tabIn(at.lines.text(below), below) : undefined);
};

function tabIn(text: string, line: number): Finding | undefined {
  const white = /^[ \t]*/.exec(text)![0];
  if (line === 0 || !white.includes("\t")) return undefined;
  return {
    code: "tab-indentation",
    line,
    column: white.indexOf("\t") + 1,
    length: white.lastIndexOf("\t") - white.indexOf("\t") + 1,
    message: "this line begins with a tab, and only spaces count.",
    hint: "use two spaces for each level, here and on every other line with a tab:",
    corrected: white.replaceAll("\t", "  ") + text.slice(white.length),
    goesOn: true,
  };
}
