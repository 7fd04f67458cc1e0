import type { Span } from "../expression/syntax.ts";
import type { Problem } from "../problem.ts";

/** A template cut at its tags; `start` and `end` enclose the expression or what stands behind the tag's name. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "output"; readonly start: number; readonly end: number }
  | {
      readonly kind: "tag";
      readonly name: string;
      readonly nameSpan: Span;
      readonly span: Span;
      readonly start: number;
      readonly end: number;
    };

export interface Scanned {
  readonly pieces: readonly Piece[];
  readonly problems: readonly Problem[];
}

const opening = /\{\{|\{%/g;

/** Whether a text holds `{{` or `{%` at all. */
export function hasTags(source: string): boolean {
  return source.includes("{{") || source.includes("{%");
}

/**
 * Cuts a text at `{{ }}` and `{% %}`. `{{-` and `-}}` remove the white space beside them; a line on which nothing but
 * `{% %}` stands disappears whole. `\{{` is no tag.
 */
export function scan(source: string): Scanned {
  const pieces: Piece[] = [];
  const problems: Problem[] = [];
  const isAlone = bareLines(source);
  let textStart = 0;
  let trimNext = false;
  let dropLineBreak = false;
  const pushText = (end: number, trimEnd: boolean, standalone: boolean) => {
    problems.push(...secretsIn(source, textStart, end));
    let text = source.slice(textStart, end);
    if (trimNext) text = text.trimStart();
    else if (dropLineBreak) text = text.replace(/^[ \t]*(\r?\n|$)/, "");
    if (trimEnd) text = text.trimEnd();
    else if (standalone) text = text.replace(/[ \t]+$/, "");
    if (text !== "") pieces.push({ kind: "text", text });
  };
  opening.lastIndex = 0;
  for (let match = opening.exec(source); match !== null; match = opening.exec(source)) {
    const open = match.index;
    if (isEscaped(source, open)) continue;
    const isOutput = match[0] === "{{";
    const close = findClose(source, open + 2, isOutput ? "}}" : "%}");
    if (close === -1) {
      problems.push({
        code: "template-syntax",
        offset: open,
        length: 2,
        message: `this ${match[0]} is never closed`,
        hint: isOutput ? "end it with }}" : "end it with %}",
      });
      break;
    }
    const after = close + 2;
    const trimBefore = source[open + 2] === "-";
    const trimAfter = close - 1 > open + 2 && source[close - 1] === "-";
    const standalone = !isOutput && isAlone(open, after);
    pushText(open, trimBefore, standalone);
    const start = open + 2 + (trimBefore ? 1 : 0);
    const end = close - (trimAfter ? 1 : 0);
    pieces.push(
      isOutput ? { kind: "output", start, end } : readTag(source, start, end, { offset: open, length: after - open }),
    );
    textStart = after;
    trimNext = trimAfter;
    dropLineBreak = standalone;
    opening.lastIndex = after;
  }
  pushText(source.length, false, false);
  return { pieces, problems };
}

function readTag(source: string, start: number, end: number, span: Span): Piece {
  const [, space = "", name = ""] = /^(\s*)([^\s]*)/.exec(source.slice(start, end))!;
  const nameSpan = { offset: start + space.length, length: name.length };
  return { kind: "tag", name, nameSpan, span, start: start + space.length + name.length, end };
}

/** The place of `close`, not counting those inside quotes. */
function findClose(source: string, from: number, close: string): number {
  const first = source.indexOf(close, from);
  if (first === -1) return -1;
  let quote: string | undefined;
  for (let at = from; at < source.length; at++) {
    const character = source[at]!;
    if (quote !== undefined) {
      if (character === "\\") at++;
      else if (character === quote) quote = undefined;
    } else if (character === "'" || character === '"') quote = character;
    else if (source.startsWith(close, at)) return at;
    // A quote that is never closed is told by the expression; it must not swallow the rest of a long text.
    else if (source.startsWith("{{", at) || source.startsWith("{%", at)) return first;
  }
  return first;
}

/** Tells whether nothing but control tags stands on a tag's line; each line is looked at once. */
function bareLines(source: string): (open: number, after: number) => boolean {
  let known: { readonly start: number; readonly end: number; readonly bare: boolean } | undefined;
  return (open, after) => {
    if (known !== undefined && open >= known.start && after <= known.end) return known.bare;
    const start = open === 0 ? 0 : source.lastIndexOf("\n", open - 1) + 1;
    const lineBreak = source.indexOf("\n", after);
    const end = lineBreak === -1 ? source.length : lineBreak;
    const bare =
      source
        .slice(start, end)
        .replace(/\{%[\s\S]*?%\}/g, "")
        .trim() === "";
    known = { start, end, bare };
    return bare;
  };
}

/** Whether an odd number of backslashes stands before a place. */
export function isEscaped(source: string, at: number): boolean {
  let before = at;
  while (before > 0 && source[before - 1] === "\\") before--;
  return (at - before) % 2 === 1;
}

function secretsIn(source: string, start: number, end: number): Problem[] {
  const problems: Problem[] = [];
  const text = source.slice(start, end);
  if (!text.includes("${")) return problems;
  for (const match of text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*|file:)[^}\n]*\}/g)) {
    if (isEscaped(source, start + match.index)) continue;
    const variable = /^\$\{([a-z][a-z0-9_]*(\.[a-z0-9_]+)*)\}$/.exec(match[0])?.[1];
    problems.push({
      code: "secret-in-text",
      offset: start + match.index,
      length: match[0].length,
      message: "secrets do not belong in messages: everybody would read it",
      hint: variable === undefined ? "leave it out" : `for a value of the event write {{ ${variable} }}`,
    });
  }
  return problems;
}
