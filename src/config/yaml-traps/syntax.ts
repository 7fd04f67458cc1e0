import type { Finding, TrapContext } from "./trap.ts";

/** What is said where no trap explains the problem. */
export function syntax(at: TrapContext): Finding {
  const rest = at.text.slice(at.column - 1).trimEnd();
  const shown = rest.length > 30 ? `${rest.slice(0, 30)}…` : rest;
  const end = at.problem.offset >= at.scanned.text.trimEnd().length;
  return {
    code: "yaml-syntax",
    line: at.line,
    column: at.column,
    length: Math.max(1, rest.length),
    message: end
      ? "the file ends in the middle of something."
      : `${JSON.stringify(shown)} cannot be read at this place.`,
    hint: end
      ? "is it saved completely?"
      : "put quotes around text with special signs, and check that the lines around it are indented alike",
  };
}
