import type { CanonicalExpression } from "../../../contracts/canonical.ts";
import { type Reading, tell, textOf, type Written } from "../reading.ts";

/**
 * One `"{{ expression }}"` in place of a literal. Undefined where none is written; "told" where braces are written that
 * are not exactly one expression.
 */
export function readExpression(
  reading: Reading,
  written: Written,
  mayBeText = false,
): CanonicalExpression | "told" | undefined {
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
      written.name === "if"
        ? "write the whole of it without {{ }}, such as message.text == 'hello'"
        : mayBeText
          ? joined(text)
          : alone(text, written.name);
    tell(reading, written.pointer, { code: "not-one-expression", message, ...(hint === undefined ? {} : { hint }) });
    return "told";
  }
  const expression = reading.origins.note({ $: inner }, written.pointer);
  reading.origins.braces(expression, text.indexOf(match[1]! + inner, 2) + match[1]!.length);
  return expression;
}

function withoutTexts(source: string): string {
  return source.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
}

/** `{{ data.n }}h` as the duration that it was meant for; anything else without what stands around its braces. */
function alone(text: string, name: string): string | undefined {
  const found = /^([^{]*)\{\{-?\s*([^{}]*?)\s*-?\}\}([^{}]*)$/.exec(text);
  if (found === null) return undefined;
  const [, before = "", inner = "", behind = ""] = found;
  const key = name === "this" ? "" : `${name}: `;
  const unit =
    before.trim() === "" ? /^\s*(?:(s|m|h|d|w)|(s)ec\w*|(m)in\w*|(h)ours?|(d)ays?|(w)eeks?)\s*$/.exec(behind) : null;
  if (unit === null) return `leave out what stands around it: ${key}"{{ ${inner} }}"`;
  const letter = unit.slice(1).find((one) => one !== undefined);
  return /^[\w.]+$/.test(inner) ? `write ${key}"{{ 1${letter} | times: ${inner} }}"` : undefined;
}

/** The parts of a text as one expression: `{{ [a, b] | join: '.' }}`. */
function joined(text: string): string | undefined {
  const parts = text.split(/\{\{-?\s*([\s\S]*?)\s*-?\}\}/);
  if (parts.length < 3 || text.includes("{%") || /['\\\n]/.test(parts.filter((_, at) => at % 2 === 0).join("")))
    return undefined;
  const values = parts.filter((_, at) => at % 2 === 1).map((part) => (part.includes("|") ? `(${part})` : part));
  const [before, ...rest] = parts.filter((_, at) => at % 2 === 0);
  const after = rest.pop();
  const between = before === "" && after === "" && new Set(rest).size === 1 ? rest[0] : undefined;
  const items = parts.map((part, at) => (at % 2 === 1 ? values[(at - 1) / 2]! : part === "" ? "" : `'${part}'`));
  const list = between === undefined ? items.filter((item) => item !== "") : values;
  return `write "{{ [${list.join(", ")}] | join: '${between ?? ""}' }}"`;
}
