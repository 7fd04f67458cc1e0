import { entryOf, type Finding, needsQuotes } from "./trap.ts";

/**
 * `role: #x` and `text: See #rules`: YAML takes everything from the # on for a comment.
 * @param end - offset behind the value within the line, where only the comment may follow
 */
export function cutByComment(line: number, text: string, end: number): Finding | undefined {
  const behind = /^[ \t]*#[\p{L}\p{N}_]/u.exec(text.slice(end));
  if (behind === null || !(end === 0 || /[\s]/.test(text[end] ?? "") || /\s/.test(text[end - 1] ?? "")))
    return undefined;
  const entry = entryOf(text);
  if (entry.value === "" || entry.value.startsWith("{") || entry.value.startsWith("[")) return undefined;
  const message = 'YAML takes everything from "#" on for a comment and drops it.';
  const column = end + behind[0].indexOf("#") + 1;
  const found = needsQuotes({ line, text }, entry.column, entry.value, "cut-by-comment", message);
  return {
    ...found,
    column,
    length: text.trimEnd().length - column + 1,
    hint: "put quotes around the text (or, if it is a comment, a space behind the #):",
  };
}
