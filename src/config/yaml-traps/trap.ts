import type { Code } from "../../diagnostics/codes.ts";
import type { LineIndex } from "../../diagnostics/lines.ts";
import type { Mark, Scanned } from "../scan.ts";

/** A trap's explanation of one line. Columns count from 1. */
export interface Finding {
  readonly code: Code;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly message: string;
  readonly hint?: string;
  /** The whole line as it should read. */
  readonly corrected?: string;
  /**
   * Whether the rest of the file makes sense once the line is corrected. Where a line was meant to stand somewhere else,
   * what follows it cannot be judged.
   */
  readonly goesOn?: boolean;
}

/** One line of the file taken apart: `  - key: value  # comment`. */
export interface Entry {
  readonly indent: string;
  /** The `- ` before the key, possibly several. */
  readonly dashes: string;
  readonly key: string | undefined;
  /** Without the comment behind it. */
  readonly value: string;
  /** Column of the value's first character. */
  readonly column: number;
  /** The comment behind the value with the white space before it. */
  readonly comment: string;
}

/** What a trap looks at: the first problem that the YAML library met, and the line it is on. */
export interface TrapContext {
  readonly scanned: Scanned;
  readonly lines: LineIndex;
  readonly problem: { readonly code: string; readonly message: string; readonly offset: number };
  readonly line: number;
  /** Column of the problem. */
  readonly column: number;
  readonly text: string;
  readonly entry: Entry;
  readonly insideFlow: boolean;
}

/** Looks at a problem on the line where it is; where that line is empty, on the next one with something on it. */
export function contextAt(scanned: Scanned, problem: TrapContext["problem"]): TrapContext {
  const { lines } = scanned;
  const end = scanned.text.trimEnd().length;
  let { line, column } = lines.at(Math.min(problem.offset, Math.max(0, end)));
  if (/^\s*(#.*)?$/.test(lines.text(line))) {
    line = lineBelow(lines, line) || lineAbove(lines, line) || line;
    column = lines.text(line).search(/\S|$/) + 1;
  }
  const text = lines.text(line);
  const inside = scanned.flows.some((flow) => flow.offset < problem.offset && problem.offset < flow.end);
  return { scanned, lines, problem, line, column, text, entry: entryOf(text), insideFlow: inside };
}

/** A place that YAML itself accepts, looked at as if it were a problem. */
export function suspicionAt(scanned: Scanned, offset: number): TrapContext {
  return contextAt(scanned, { code: "", message: "", offset });
}

export type Trap = (at: TrapContext) => Finding | undefined;

const keyPattern = /^("(?:[^"\\]|\\.)*"[ \t]*|'(?:[^']|'')*'[ \t]*|[^\s#"'{}[\]&*!|>@`%,:-].*?|-[^\s].*?):(?:[ \t]+|$)/;

/** Takes a line apart. */
export function entryOf(text: string): Entry {
  const [, indent = "", dashes = ""] = /^([ \t]*)((?:-(?:[ \t]+|$))*)/.exec(text) ?? [];
  const rest = text.slice(indent.length + dashes.length);
  const keyed = keyPattern.exec(rest);
  const key = keyed?.[1]?.includes(" #") ? undefined : keyed?.[1]?.trimEnd();
  const before = key === undefined ? "" : keyed![0];
  const { value, comment } = splitComment(rest.slice(before.length));
  return { indent, dashes, key, value, column: indent.length + dashes.length + before.length + 1, comment };
}

/** Parts a value from a real comment: one with white space before and behind its `#`. */
function splitComment(text: string): { value: string; comment: string } {
  let hash = text.indexOf("#");
  while (hash !== -1 && !(isSpace(text[hash - 1]) && (text[hash + 1] === "#" || isSpace(text[hash + 1])))) {
    hash = text.indexOf("#", hash + 1);
  }
  const value = (hash === -1 ? text : text.slice(0, hash)).trimEnd();
  return { value, comment: text.slice(value.length).trimEnd() };
}

function isSpace(char: string | undefined): boolean {
  return char === undefined || char === " " || char === "\t";
}

/** The text in quotes: double ones where nothing inside would need escaping, single ones otherwise. */
export function quoted(text: string): string {
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** The line with `length` characters from `column` on replaced. */
export function replaced(text: string, column: number, length: number, by: string): string {
  return text.slice(0, column - 1) + by + text.slice(column - 1 + length);
}

/**
 * The piece of text that the writer meant as one value, from a column on: in braces or brackets up to the next comma or
 * closing bracket, else to the end of the line without its comment.
 */
export function pieceFrom(text: string, column: number, insideFlow: boolean): string {
  const rest = text.slice(column - 1);
  if (!insideFlow) return splitComment(rest).value;
  let depth = 0;
  for (let at = 0; at < rest.length; at++) {
    const char = rest[at]!;
    if (char === "{" || char === "[") depth++;
    else if ((char === "}" || char === "]") && depth > 0) depth--;
    else if (depth === 0 && (char === "," || char === "}" || char === "]")) return rest.slice(0, at).trimEnd();
  }
  return rest.trimEnd();
}

/** A finding whose cure is quotes around a piece of one line. */
export function needsQuotes(
  at: { readonly line: number; readonly text: string },
  column: number,
  piece: string,
  code: Code,
  message: string,
): Finding {
  return {
    code,
    line: at.line,
    column,
    length: piece.length,
    message,
    hint: "put quotes around it:",
    corrected: replaced(at.text, column, piece.length, quoted(piece)),
    goesOn: true,
  };
}

/** Whether a value on this line is the name of a role. */
export function namesRole(text: string, column: number): boolean {
  return /(?:^|[\s{,])(?:role|add_role|remove_role):\s+$/.test(text.slice(0, column - 1));
}

/** Whether a value on this line is the name of a channel. */
export function namesPlace(text: string, column: number): boolean {
  return /(?:^|[\s{,])(?:to|channel):\s+$/.test(text.slice(0, column - 1));
}

/** A finding for a name with the sign before it that people see in the chat. */
export function withoutSign(
  at: { readonly line: number; readonly text: string },
  column: number,
  piece: string,
  code: Code,
): Finding {
  return {
    code,
    line: at.line,
    column,
    length: piece.length,
    message: `names are written without "${piece[0]}".`,
    hint: "write:",
    corrected: replaced(at.text, column, 1, ""),
    goesOn: true,
  };
}

/** The value that the problem is in: in braces the piece at the problem, else the whole value of the line. */
export function valueAt(at: TrapContext): { piece: string; column: number } {
  if (!at.insideFlow) return { piece: at.entry.value, column: at.entry.column };
  return { piece: pieceFrom(at.text, at.column, true), column: at.column };
}

/** The line above with something on it, or 0. */
export function lineAbove(lines: LineIndex, line: number): number {
  let above = line - 1;
  while (above > 0 && /^\s*(#.*)?$/.test(lines.text(above))) above--;
  return above;
}

/** The line below with something on it, or 0. */
export function lineBelow(lines: LineIndex, line: number): number {
  let below = line + 1;
  while (below <= lines.count && /^\s*(#.*)?$/.test(lines.text(below))) below++;
  return below > lines.count ? 0 : below;
}

/** The mark that starts nearest before an offset, or at it. */
export function lastBefore(marks: readonly Mark[], offset: number): Mark | undefined {
  return marks.findLast((mark) => mark.offset <= offset);
}
