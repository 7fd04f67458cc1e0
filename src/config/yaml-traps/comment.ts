import type { Scanned } from "../scan.ts";
import { entryOf, type Finding, namesPlace, namesRole, needsQuotes, pieceFrom, withoutSign } from "./trap.ts";

const cut = 'everything from "#" on is taken for a comment and dropped.';

const commentSign = /[ \t]*#[\p{L}\p{N}_]/uy;

/**
 * `role: #x` and `text: See #rules`: YAML takes everything from the # on for a comment. A # with a space behind it is one.
 * @param offset - behind an unquoted value
 */
export function cutByComment(scanned: Scanned, offset: number): Finding | undefined {
  commentSign.lastIndex = offset;
  const hash = commentSign.exec(scanned.text);
  if (hash === null) return undefined;
  const { line, column: behind } = scanned.lines.at(offset);
  const text = scanned.lines.text(line);
  const entry = entryOf(text);
  if (entry.value === "" || entry.value.startsWith("{") || entry.value.startsWith("[")) return undefined;
  const column = behind + hash[0].indexOf("#");
  if (isName(text, entry.column, entry.value))
    return withoutSign({ line, text }, column, entry.value, "cut-by-comment");
  return {
    ...needsQuotes({ line, text }, entry.column, entry.value, "cut-by-comment", cut),
    column,
    length: text.trimEnd().length - column + 1,
    hint: "put quotes around the text (or, if it is a comment, a space behind the #):",
  };
}

/**
 * `send: { to: #welcome, text: Hi }`: the rest of the line is a comment, and so is the brace that would close it.
 * @param offset - of the brace or bracket that is never closed
 */
export function bracketCutByComment(scanned: Scanned, offset: number): Finding | undefined {
  const { line, column: open } = scanned.lines.at(offset);
  const text = scanned.lines.text(line);
  const hash = /\s#(?=[\p{L}\p{N}_])/u.exec(text.slice(open - 1));
  if (hash === null) return undefined;
  const column = open + hash.index + 1;
  const piece = pieceFrom(text, column, true);
  if (!/[}\]]\s*$/.test(text)) return undefined;
  if (isName(text, column, piece)) return withoutSign({ line, text }, column, piece, "cut-by-comment");
  const start =
    column - (/[^\s{[,:]*(?:\s+[^\s{[,:]+)*\s+$/.exec(text.slice(open, column - 1))?.[0].trimStart().length ?? 0);
  const whole = pieceFrom(text, start, true);
  return {
    ...needsQuotes({ line, text }, start, whole, "cut-by-comment", cut),
    column,
    length: text.trimEnd().length - column + 1,
    hint: "put quotes around the text:",
  };
}

/** `to: #welcome`, `role: #x`: a name and not a text. */
function isName(text: string, column: number, value: string): boolean {
  return /^#[^\s#]+$/.test(value) && (namesPlace(text, column) || namesRole(text, column));
}
