import type { Scanned } from "../scan.ts";
import type { Finding } from "./trap.ts";

const curly = /^(?:“[^“”„"]*”|„[^“”„"]*[“”]|‘[^‘’']*’)$/;

/**
 * `“Be kind”`: quotes as letters have them, which word processors and phones write, are text for YAML.
 * @param end - behind an unquoted value
 */
export function curlyQuotes({ lines }: Scanned, text: string, start: number, end: number): Finding | undefined {
  if (!curly.test(text)) return undefined;
  const { line, column } = lines.at(start);
  const whole = lines.text(line);
  if (end - start !== text.length) return undefined;
  const inside = text.slice(1, -1).replaceAll("\\", "\\\\");
  return {
    code: "curly-quotes",
    line,
    column,
    length: text.length,
    message: `${text[0]} and ${text.at(-1)} are letters like others here, so people would see them.`,
    hint: `write straight quotes (or, if people shall see them, '${text}'):`,
    corrected: `${whole.slice(0, column - 1)}"${inside}"${whole.slice(column - 1 + text.length)}`,
    goesOn: true,
  };
}
