import type { LineIndex } from "../../diagnostics/lines.ts";
import { entryOf, type Finding } from "./trap.ts";

/** `- not:` with the condition beside it instead of under it. */
export function indentedNot(lines: LineIndex, line: number, word: string, nextLine: number): Finding {
  const text = lines.text(line);
  const next = lines.text(nextLine);
  const entry = entryOf(next);
  return {
    code: "not-indented",
    line: nextLine,
    column: entry.indent.length + 1,
    length: entry.key?.length ?? 1,
    message: `this belongs to "${word}:" (line ${line}) but stands beside it.`,
    hint: `indent it further than "${word}":`,
    corrected: `${" ".repeat(text.indexOf(word) + 2)}${next.trimStart()}`,
  };
}
