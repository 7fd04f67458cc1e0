import type { Scanned } from "../scan.ts";
import { type Finding, quoted, replaced } from "./trap.ts";

/** Around all of a text, as “…”, „…“, ”…” or ‘…’, in which ’ may stand for an apostrophe. */
const around = /^(?:“[^“”„]*”|[„”][^“”„]*[“”]|‘(?:[^‘’]|’(?=\p{L}))*’)$/u;

/** What stands between such quotes, or all of a text that has none around it. */
export const withoutCurlyQuotes = (text: string): string => (around.test(text) ? text.slice(1, -1) : text);

/**
 * `“Be kind”`: quotes as letters have them, which word processors and phones write, are text for YAML.
 * @param end - behind an unquoted value
 */
export function curlyQuotes({ lines }: Scanned, text: string, start: number, end: number): Finding | undefined {
  if (!around.test(text)) return undefined;
  const { line, column } = lines.at(start);
  const whole = lines.text(line);
  if (end - start !== text.length) return undefined;
  return {
    code: "curly-quotes",
    line,
    column,
    length: text.length,
    message: `${text[0]} and ${text.at(-1)} are letters like others here, so people would see them.`,
    hint: `write straight quotes (or, if people shall see them, ${quoted(text)}):`,
    corrected: replaced(whole, column, text.length, quoted(withoutCurlyQuotes(text))),
    goesOn: true,
  };
}
