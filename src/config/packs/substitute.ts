import { suggest } from "../../diagnostics/suggest.ts";
import { lex, type Token } from "../../language/expression/lexer.ts";
import { hasTags, scan } from "../../language/template/scan.ts";
import { type SettingForm, valueTypeOf } from "./setting-types.ts";
import type { Setting, Settings } from "./settings.ts";

/** The settings, and the variables of `repeat_for`, by the names that a pack's text has for them. */
export type Names = Readonly<Record<string, Setting>>;

export interface TextProblem {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

/** What a text of a pack becomes. */
export type Substituted =
  | { readonly kind: "same" }
  /** The text was exactly one setting, and is now what the file gives for it. */
  | { readonly kind: "setting"; readonly setting: Setting }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "problems"; readonly problems: readonly TextProblem[] };

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Puts settings into a text of a pack. `"{{ settings.x }}"` alone becomes the setting itself, of whatever type; in a longer
 * text it is written out, and in an expression it becomes a literal.
 */
export function substitute(text: string, names: Names, isExpression: boolean): Substituted {
  if (!Object.keys(names).some((name) => text.includes(name))) return { kind: "same" };
  const whole = isExpression && !hasTags(text);
  const pieces = whole
    ? [{ kind: "tag" as const, start: 0, end: text.length }]
    : scan(text).pieces.filter((piece) => piece.kind !== "text");
  const problems: TextProblem[] = [];
  const replacements: Replacement[] = [];
  for (const { kind, start, end } of pieces) {
    const lexed = lex(text, start, end);
    // What is no expression is told by the language itself, once the pack is part of the file.
    if (!lexed.ok) continue;
    const found = namesIn(lexed.tokens, names);
    for (const one of found) {
      const setting = lookUp(one.path, names);
      if (typeof setting === "string") {
        problems.push({ ...one.span, message: setting });
        continue;
      }
      const { offset, length } = one.span;
      const alone = kind === "output" && lexed.tokens.length === one.tokens + 1;
      const braces = alone ? bracesAround(text, start, end) : undefined;
      if (braces !== undefined && text.slice(braces.start, braces.end) === text.trim())
        return { kind: "setting", setting };
      const step = asStep(one, lexed.tokens, setting);
      const written = step?.text ?? (braces === undefined ? literal(setting) : spelled(setting));
      const place = braces ?? step ?? { start: offset, end: offset + length };
      if (written === undefined) problems.push({ offset, length, message: notInText(one.path.join("."), setting) });
      else replacements.push({ start: place.start, end: place.end, text: written });
    }
  }
  if (problems.length > 0) return { kind: "problems", problems };
  if (replacements.length === 0) return { kind: "same" };
  let out = text;
  for (const one of replacements.reverse()) out = out.slice(0, one.start) + one.text + out.slice(one.end);
  return { kind: "text", text: out };
}

/** `data[settings.currency]` is `data.coins`. */
function asStep(found: FoundName, tokens: readonly Token[], { form, given }: Setting): Replacement | undefined {
  const [before, open, close] = [tokens[found.at - 2], tokens[found.at - 1], tokens[found.at + found.tokens]];
  const isMark = (token: Token | undefined, text: string) => token?.kind === "mark" && token.text === text;
  if (!isMark(open, "[") || !isMark(close, "]") || !(before?.kind === "word" || isMark(before, "]"))) return undefined;
  const name = given?.map.raw(given.pointer);
  if (form.type !== "name" || name === undefined || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return undefined;
  return { start: open!.span.offset, end: close!.span.offset + 1, text: `.${name}` };
}

interface FoundName {
  /** The index of its first token. */
  readonly at: number;
  readonly path: readonly string[];
  readonly span: { readonly offset: number; readonly length: number };
  /** How many tokens it is made of. */
  readonly tokens: number;
}

function namesIn(tokens: readonly Token[], names: Names): FoundName[] {
  const found: FoundName[] = [];
  const isDot = (token: Token | undefined) => token?.kind === "mark" && token.text === ".";
  for (let at = 0; at < tokens.length; at++) {
    const first = tokens[at]!;
    if (first.kind !== "word" || !Object.hasOwn(names, first.text) || isDot(tokens[at - 1])) continue;
    const path = [first.text];
    let last: Token = first;
    let next = at + 1;
    while (isDot(tokens[next]) && tokens[next + 1]?.kind === "word") {
      last = tokens[next + 1]!;
      if (last.kind === "word") path.push(last.text);
      next += 2;
    }
    const end = last.span.offset + last.span.length;
    found.push({ at, path, span: { offset: first.span.offset, length: end - first.span.offset }, tokens: next - at });
    at = next - 1;
  }
  return found;
}

/** The setting behind `settings.x` or `limit.at`, or a sentence that says why there is none. */
export function lookUp([root = "", ...steps]: readonly string[], names: Names): Setting | string {
  let at: Setting = names[root]!;
  let said = root;
  for (const step of steps) {
    const gathered = gather(at, step);
    if (gathered !== undefined) {
      at = gathered;
      said += `.${step}`;
      continue;
    }
    const fields: Settings = at.fields ?? {};
    if (!Object.hasOwn(fields, step)) {
      const near = suggest(step, Object.keys(fields));
      return `"${said}" has no "${step}"${near === undefined ? "." : `. Did you mean "${near}"?`}`;
    }
    at = fields[step]!;
    said += `.${step}`;
  }
  return at;
}

/** `settings.shop.name` is the list of the names of all that is in the shop, where they have one. */
function gather({ form, items = [] }: Setting, step: string): Setting | undefined {
  const of = form.type === "list" ? form.of?.fields?.[step] : undefined;
  if (of === undefined) return undefined;
  const found = items.flatMap((item) => item.fields?.[step] ?? []).filter((one) => one.given !== undefined);
  const gathered: SettingForm = { type: "list", about: of.about, required: true, of };
  return {
    form: gathered,
    given: undefined,
    type: valueTypeOf(gathered),
    items: found,
    value: found.map((one) => one.value),
  };
}

/** The place of `{{ }}` around an expression; undefined where white space is trimmed, which needs the braces. */
function bracesAround(text: string, start: number, end: number): { start: number; end: number } | undefined {
  if (text.slice(start - 2, start) !== "{{" || text.slice(end, end + 2) !== "}}") return undefined;
  return { start: start - 2, end: end + 2 };
}

function notInText(name: string, { form }: Setting): string {
  const what = form.type === "entry" ? "an entry with keys of its own" : `of the type ${form.type}`;
  return `"${name}" is ${what}, so it cannot stand in a longer text.`;
}

/** A setting as the characters that were written for it. */
function spelled(setting: Setting): string | undefined {
  const { given, items, form } = setting;
  if (items !== undefined) {
    const texts = items.map(spelled);
    return texts.includes(undefined) ? undefined : texts.join(", ");
  }
  if (given === undefined) return "";
  if (form.type === "channel" && Array.isArray(given.value)) return given.value.join(", ");
  if (typeof given.value === "object" && given.value !== null) return undefined;
  return given.map.raw(given.pointer) ?? "";
}

/** A setting as a literal of an expression. */
function literal(setting: Setting): string | undefined {
  const { given, items, form, value } = setting;
  if (items !== undefined) {
    const texts = items.map(literal);
    return texts.includes(undefined) ? undefined : `[${texts.join(", ")}]`;
  }
  if (given === undefined) return form.type === "list" ? "[]" : "empty";
  if (["entry", "map", "people", "condition", "actions"].includes(form.type)) return undefined;
  if (form.type === "duration") return (given.map.raw(given.pointer) ?? "").replace(/\s/g, "");
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map((one) => quoted(String(one))).join(", ")}]`;
  return quoted(String(value));
}

/** In single quotes where that is possible, because texts of a file mostly stand in double ones. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`).replaceAll("\n", "\\n");
  return `${quote}${inside}${quote}`;
}
