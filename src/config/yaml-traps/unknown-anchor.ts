import type { Finding } from "./trap.ts";
import { quoted, replaced } from "./trap.ts";

/** `allow: *moderators` without any `&moderators`. */
export function unknownAnchor(line: number, text: string, column: number, name: string): Finding {
  const length = name.length + 1;
  return {
    code: "unknown-anchor",
    line,
    column,
    length,
    message: `there is no anchor "&${name}" above. A text that begins with * needs quotes.`,
    hint: "put quotes around it:",
    corrected: replaced(text, column, length, quoted(`*${name}`)),
  };
}
