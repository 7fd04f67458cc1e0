import type { CanonicalExpression } from "../../../contracts/canonical.ts";
import { type Reading, tell, textOf, type Written } from "../reading.ts";

/**
 * One `"{{ expression }}"` in place of a literal. Undefined where none is written; "told" where braces are written that
 * are not exactly one expression.
 */
export function readExpression(reading: Reading, written: Written): CanonicalExpression | "told" | undefined {
  if (typeof written.value !== "string") return undefined;
  const text = textOf(reading, written) ?? "";
  if (!text.includes("{{") && !text.includes("{%")) return undefined;
  if (!written.dynamic) {
    const message = `"${written.name}" is a setting and is known before the bot starts; {{ }} cannot stand here.`;
    tell(reading, written.pointer, { code: "expression-in-setting", message });
    return "told";
  }
  const match = /^\s*\{\{-?(\s*)([\s\S]*?)\s*-?\}\}\s*$/.exec(text);
  const inner = match?.[2] ?? "";
  if (match === null || /\{\{|\}\}|\{%/.test(withoutTexts(inner))) {
    const subject = written.name === "this" ? "this" : `"${written.name}"`;
    const message = `${subject} takes a plain value or exactly one {{ }}, with nothing around it.`;
    const hint =
      written.name === "if" ? { hint: "write the whole of it without {{ }}, such as message.text == 'hello'" } : {};
    tell(reading, written.pointer, { code: "not-one-expression", message, ...hint });
    return "told";
  }
  const expression = reading.origins.note({ $: inner }, written.pointer);
  reading.origins.braces(expression, text.indexOf(match[1]! + inner, 2) + match[1]!.length);
  return expression;
}

function withoutTexts(source: string): string {
  return source.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
}
