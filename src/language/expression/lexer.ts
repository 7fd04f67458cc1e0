import { parseDuration } from "../duration.ts";
import type { Problem } from "../problem.ts";
import { duration, type Value } from "../values.ts";
import { foreignMarks } from "./foreign.ts";
import type { Span } from "./syntax.ts";

export type Token =
  | { readonly kind: "word"; readonly text: string; readonly span: Span }
  | {
      readonly kind: "literal";
      readonly type: "text" | "number" | "integer" | "boolean" | "duration" | "empty";
      readonly value: Value;
      readonly span: Span;
    }
  /** An operator or a mark: `== != < <= > >= ( ) [ ] . , : | and or not contains in`. */
  | { readonly kind: "mark"; readonly text: string; readonly span: Span }
  | { readonly kind: "end"; readonly span: Span };

export type Lexed =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly problem: Problem };

const operatorWords = new Set(["and", "or", "not", "contains", "in"]);
const literalWords: Readonly<Record<string, Value>> = { yes: true, no: false, true: true, false: false, empty: null };

const marks = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ".", ",", ":", "|"];
/** Marks that nothing else begins with. */
const plainMarks = new Set(["(", ")", "[", "]", ".", ",", ":"]);
const wordPattern = /[\p{L}_][\p{L}\p{N}_]*/uy;
const numberOrDuration = /^-?\d[\d.]*[A-Za-z\d]*/;

/** Splits `whole` from `start` to `end` into tokens. */
export function lex(whole: string, start = 0, end = whole.length): Lexed {
  const source = end === whole.length ? whole : whole.slice(0, end);
  const tokens: Token[] = [];
  let at = start;
  while (true) {
    while (at < end && (source[at] === " " || /\s/.test(source[at]!))) at++;
    if (at >= end) break;
    const token = readToken(source, at, end, tokens.at(-1));
    if ("message" in token) return { ok: false, problem: token };
    tokens.push(token);
    at = token.span.offset + token.span.length;
  }
  tokens.push({ kind: "end", span: { offset: end, length: 0 } });
  return { ok: true, tokens };
}

function readToken(source: string, at: number, end: number, before: Token | undefined): Token | Problem {
  const character = source[at]!;
  if (character === "'" || character === '"') return readText(source, at, end, character);
  if (plainMarks.has(character)) return { kind: "mark", text: character, span: { offset: at, length: 1 } };

  const word = wordAt(source, at);
  if (word !== "") return readWord(word, at, before);

  const rest = source.slice(at, Math.min(end, at + 200));
  const clock = /^(\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}(:\d{2})?)/.exec(rest)?.[0];
  if (clock !== undefined) return syntaxProblem(at, clock.length, `"${clock}" needs quotes`, `write '${clock}'`);

  const valueMayStart = before === undefined || (before.kind === "mark" && !["]", ")", "."].includes(before.text));
  const number = character === "-" && !valueMayStart ? undefined : numberOrDuration.exec(rest)?.[0];
  if (number !== undefined) return readNumber(number, at);

  const hint = foreignMarks.find(([pattern]) => pattern.test(rest) && !/^(==(?!=)|!=(?!=))/.test(rest));
  if (hint !== undefined) {
    const written = hint[0].exec(rest)![0];
    return syntaxProblem(at, written.length, `"${written}" is not part of an expression`, hint[1]);
  }
  const mark = marks.find((text) => rest.startsWith(text));
  if (mark !== undefined) return { kind: "mark", text: mark, span: { offset: at, length: mark.length } };
  const shown = String.fromCodePoint(source.codePointAt(at)!);
  return syntaxProblem(at, shown.length, `"${shown}" cannot stand here`, "text is written in quotes: 'like this'");
}

/** The word that begins at a place, or "". Nearly all are plain ASCII, for which no pattern is needed. */
function wordAt(source: string, at: number): string {
  let end = at;
  while (isWordCode(source.charCodeAt(end), end > at)) end++;
  if (source.charCodeAt(end) < 128 || end === source.length) return source.slice(at, end);
  wordPattern.lastIndex = at;
  return wordPattern.exec(source)?.[0] ?? "";
}

/** Letters and `_`, and digits behind them. */
function isWordCode(code: number, digits: boolean): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (digits && code >= 48 && code <= 57)
  );
}

function readWord(word: string, at: number, before: Token | undefined): Token {
  const span = { offset: at, length: word.length };
  // After a dot every word is a name: options.in, data.yes.
  if (before?.kind === "mark" && before.text === ".") return { kind: "word", text: word, span };
  if (operatorWords.has(word)) return { kind: "mark", text: word, span };
  if (Object.hasOwn(literalWords, word)) {
    const value = literalWords[word]!;
    return { kind: "literal", type: value === null ? "empty" : "boolean", value, span };
  }
  return { kind: "word", text: word, span };
}

function readNumber(written: string, at: number): Token | Problem {
  const span = { offset: at, length: written.length };
  if (/^-?\d+(\.\d+)?$/.test(written)) {
    const value = Number(written);
    return { kind: "literal", type: written.includes(".") ? "number" : "integer", value, span };
  }
  const read = parseDuration(written);
  if (read.ok) return { kind: "literal", type: "duration", value: duration(read.value), span };
  return syntaxProblem(
    at,
    written.length,
    `"${written}" is neither a number nor a duration`,
    /[A-Za-z]/.test(written) ? `${read.problem.hint}, or put text in quotes` : "write a number such as 5 or 2.5",
  );
}

function readText(source: string, at: number, end: number, quote: string): Token | Problem {
  let value = "";
  for (let i = at + 1; i < end; i++) {
    const character = source[i]!;
    if (character === quote) return { kind: "literal", type: "text", value, span: { offset: at, length: i + 1 - at } };
    const next = i + 1 < end ? source[i + 1]! : "";
    if (character === "\\" && (next === "\\" || next === "'" || next === '"')) {
      value += next;
      i++;
    } else if (character === "\\" && next === "n") {
      value += "\n";
      i++;
    } else value += character;
  }
  return syntaxProblem(at, end - at, `this text has no closing ${quote}`, `end it with ${quote}`);
}

/** A mistake of form, at a place within the source. */
export function syntaxProblem(offset: number, length: number, message: string, hint?: string): Problem {
  return { code: "expression-syntax", offset, length, message, ...(hint === undefined ? {} : { hint }) };
}
