import { type Finding, quoted, replaced } from "./trap.ts";

/**
 * `{ label: Yes, please }`: the comma ends the value.
 * @param start - offset of the value before the comma within the line
 * @param end - offset behind the stray word
 */
export function commaInBraces(line: number, text: string, start: number, comma: number, end: number): Finding {
  const whole = text.slice(start, end);
  return {
    code: "comma-in-braces",
    line,
    column: comma + 1,
    length: end - comma,
    message: "inside { } a comma ends the value, so the text behind it is lost.",
    hint: "put quotes around the whole text:",
    corrected: replaced(text, start + 1, whole.length, quoted(whole)),
  };
}
