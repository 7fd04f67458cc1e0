import type { Scanned } from "../scan.ts";
import { explain } from "./index.ts";
import { type Finding, pieceFrom, quoted, replaced, suspicionAt } from "./trap.ts";

/** `allow: *moderators` without any `&moderators`; other texts with an asterisk are told apart from it. */
export function unknownAnchor(scanned: Scanned, offset: number, name: string): Finding {
  const at = suspicionAt(scanned, offset);
  const piece = at.insideFlow ? pieceFrom(at.text, at.column, true) : at.entry.value;
  if (piece !== `*${name}` || name.includes("*") || name.startsWith("/")) return explain(at);
  const length = name.length + 1;
  return {
    code: "unknown-anchor",
    line: at.line,
    column: at.column,
    length,
    message: `nothing above is marked "&${name}". A text that begins with * needs quotes.`,
    hint: "put quotes around it:",
    corrected: replaced(at.text, at.column, length, quoted(`*${name}`)),
  };
}
