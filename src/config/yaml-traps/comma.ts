import { isScalar, type ParsedNode, type YAMLMap } from "yaml";
import type { Scanned } from "../scan.ts";
import { withoutCurlyQuotes } from "./curly-quotes.ts";
import { type Finding, quoted, replaced } from "./trap.ts";

/**
 * `{ label: Yes, please }`: the comma ended the value, and what stood behind it became a key without a colon.
 * @param index - of the first such key
 */
export function lostBehindComma(scanned: Scanned, map: YAMLMap.Parsed, index: number): Finding {
  const { lines } = scanned;
  const key = map.items[index]!.key as ParsedNode;
  const { line, column } = lines.at(key.range[0]);
  const text = lines.text(line);
  const before = map.items.slice(0, index).findLast((pair) => pair.value !== null)?.value;
  if (!isScalar(before) || before.type !== "PLAIN" || lines.at(before.range[0]).line !== line) {
    return withoutColon(line, text, column, key.range[1] - key.range[0]);
  }
  const start = lines.at(before.range[0]).column;
  const comma = text.indexOf(",", start - 1) + 1;
  const end = lastOnLine(scanned, map, index, line);
  const written = text.slice(start - 1, end - 1);
  if (severalIn.test(keyBefore(map, before))) {
    return {
      code: "comma-in-braces",
      line,
      column: comma,
      length: end - comma,
      message: "inside { } a comma ends the value, so what stands behind it is lost.",
      hint: "put brackets around all of them:",
      corrected: replaced(text, start, end - start, `[${items(written)}]`),
    };
  }
  return {
    code: "comma-in-braces",
    line,
    column: comma,
    length: end - comma,
    message: "inside { } a comma ends the value, so the text behind it is lost.",
    hint: "put quotes around the whole text:",
    corrected: replaced(text, start, end - start, quoted(withoutCurlyQuotes(written))),
  };
}

/** Keys whose value is a list. */
const severalIn =
  /^(choices|allow|deny|names|days|at|platforms|platform|except|only|exempt|weekday|contains|allowed_sites|block_words|for_each)$/;

/** `fees, shoes`, with quotes around what YAML takes for something else. */
const items = (text: string): string =>
  text
    .split(/\s*,\s*/)
    .map((item) => (/^[\p{L}_][\p{L}\p{N}_ .!?-]*$/u.test(item) ? item : quoted(item)))
    .join(", ");

/** The key of a value. */
function keyBefore(map: YAMLMap.Parsed, value: ParsedNode): string {
  const { key } = map.items.find((pair) => pair.value === value)!;
  return isScalar(key) ? String(key.source) : "";
}

/** Column behind the last of the stray words, as far as they stand on one line. */
function lastOnLine(scanned: Scanned, map: YAMLMap.Parsed, index: number, line: number): number {
  let end = scanned.lines.at((map.items[index]!.key as ParsedNode).range[1]).column;
  for (const { key, value } of map.items.slice(index + 1)) {
    const at = scanned.lines.at((key as ParsedNode).range[1]);
    if (value !== null || !isScalar(key) || at.line !== line) break;
    end = at.column;
  }
  return end;
}

/** `{ text:Hi }`, or a word alone. */
function withoutColon(line: number, text: string, column: number, length: number): Finding {
  const name = text.slice(column - 1, column - 1 + length);
  const joined = /^(\w+):(?=\S)/.exec(name);
  if (joined === null) {
    const message = `a colon and a value are missing behind "${name}".`;
    return { code: "missing-colon", line, column, length, message };
  }
  return {
    code: "missing-space",
    line,
    column,
    length,
    message: `a space is missing behind "${joined[0]}".`,
    hint: "write:",
    corrected: replaced(text, column, name.length, `${joined[0]} ${name.slice(joined[0].length)}`),
  };
}
