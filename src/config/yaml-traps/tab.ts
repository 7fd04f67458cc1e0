import type { Trap } from "./trap.ts";

/** A line that begins with a tab: YAML counts spaces only. */
export const tab: Trap = (at) => {
  const white = /^[ \t]*/.exec(at.text)![0];
  if (!white.includes("\t")) return undefined;
  return {
    code: "tab-indentation",
    line: at.line,
    column: white.indexOf("\t") + 1,
    length: white.lastIndexOf("\t") - white.indexOf("\t") + 1,
    message: "this line begins with a tab. YAML counts spaces only.",
    hint: "use two spaces for each level, here and on every other line with a tab:",
    corrected: white.replaceAll("\t", "  ") + at.text.slice(white.length),
    goesOn: true,
  };
};
