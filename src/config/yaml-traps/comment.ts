import type { Scanned } from "../scan.ts";
import { entryOf, type Finding, needsQuotes } from "./trap.ts";

/**
 * `role: #x` and `text: See #rules`: YAML takes everything from the # on for a comment. A # with a space behind it is one.
 * @param offset - behind an unquoted value
 */
export function cutByComment(scanned: Scanned, offset: number): Finding | undefined {
  const hash = /^[ \t]*#[\p{L}\p{N}_]/u.exec(scanned.text.slice(offset, offset + 200));
  if (hash === null) return undefined;
  const { line, column: behind } = scanned.lines.at(offset);
  const text = scanned.lines.text(line);
  const entry = entryOf(text);
  if (entry.value === "" || entry.value.startsWith("{") || entry.value.startsWith("[")) return undefined;
  const message = 'YAML takes everything from "#" on for a comment and drops it.';
  const column = behind + hash[0].indexOf("#");
  return {
    ...needsQuotes({ line, text }, entry.column, entry.value, "cut-by-comment", message),
    column,
    length: text.trimEnd().length - column + 1,
    hint: "put quotes around the text (or, if it is a comment, a space behind the #):",
  };
}
