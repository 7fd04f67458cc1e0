import type { CanonicalValue } from "../../contracts/canonical.ts";
import type { Field } from "../../contracts/fields.ts";
import { type Diagnostic, type DiagnosticText, errorAt } from "../../diagnostics/diagnostic.ts";
import { pointerTo, type SourceMap } from "../../diagnostics/source-map.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Problem } from "../../language/problem.ts";
import { isMap, type YamlMap, type YamlValue } from "../value.ts";
import type { Words } from "../words.ts";
import type { OriginNotes } from "./origins.ts";

/** A value of the file with its place. */
export interface Written {
  readonly value: YamlValue;
  readonly pointer: string;
  /** What messages call it: its key, or "this" for an item of a list. */
  readonly name: string;
  /** Whether one `"{{ expression }}"` may stand in place of a literal: in words yes, in settings no. */
  readonly dynamic: boolean;
}

/** What the readers of all fields share. */
export interface Reading {
  readonly words: Words;
  readonly map: SourceMap;
  readonly origins: OriginNotes;
  readonly problems: Diagnostic[];
  /** Sections whose content stands at a wrong place: that is told there, and they are not missing besides. */
  readonly elsewhere: Set<string>;
  /** Reads a value by its field's kind; undefined after telling why it cannot be read. */
  readonly read: (reading: Reading, field: Field, written: Written) => CanonicalValue | undefined;
}

/** The value under a key of a map, with its place; undefined where the key is not written. */
export function memberOf(written: Written, key: string): Written | undefined {
  if (!isMap(written.value) || !Object.hasOwn(written.value, key)) return undefined;
  const value = written.value[key]!;
  return { value, pointer: pointerTo(written.pointer, key), name: key, dynamic: written.dynamic };
}

/** The items of a list with their places. */
export function itemsOf(written: Written & { readonly value: readonly YamlValue[] }): Written[] {
  return written.value.map((value, index) => ({
    value,
    pointer: pointerTo(written.pointer, index),
    name: "this",
    dynamic: written.dynamic,
  }));
}

export function isListWritten(written: Written): written is Written & { readonly value: YamlValue[] } {
  return Array.isArray(written.value);
}

export function isMapWritten(written: Written): written is Written & { readonly value: YamlMap } {
  return isMap(written.value);
}

/** The characters of a scalar as written; undefined for maps, lists and a value left empty. */
export function textOf(reading: Reading, written: Written): string | undefined {
  if (typeof written.value === "string") return written.value;
  if (typeof written.value === "object" && written.value !== null) return undefined;
  const raw = reading.map.raw(written.pointer) ?? "";
  return written.value === null && raw === "" ? undefined : raw;
}

/** Whether nothing stands behind a colon, not even quotes. */
export function isLeftEmpty(reading: Reading, { value, pointer }: Written): boolean {
  return value === null && (reading.map.raw(pointer) ?? "") === "";
}

/** Tells a mistake at a value. */
export function tell(reading: Reading, pointer: string, text: DiagnosticText): undefined {
  reading.problems.push(errorAt(reading.map.value(pointer), text));
  return undefined;
}

/** Tells a mistake at a key. */
export function tellKey(reading: Reading, pointer: string, text: DiagnosticText): undefined {
  reading.problems.push(errorAt(reading.map.key(pointer), text));
  return undefined;
}

/** Tells what the language kernel found wrong inside a text. */
export function tellProblem(reading: Reading, pointer: string, problem: Problem): undefined {
  const at = reading.map.offsetIn(pointer, problem.offset, problem.length);
  const hint = problem.hint === undefined ? {} : { hint: problem.hint };
  reading.problems.push(errorAt(at, { code: problem.code, message: `${problem.message}.`, ...hint }));
  return undefined;
}

/** Tells that a value has the wrong shape: what was found, what is wanted. */
export function tellWrongType(reading: Reading, written: Written, wanted: string, hint?: string): undefined {
  if (written.value === null) {
    const raw = textOf(reading, written);
    const nothing = raw === undefined ? "has no value" : `is ${raw}, which stands for no value`;
    const message =
      written.name === "this" && raw === undefined
        ? `there is nothing behind this "-"; it must be ${wanted}.`
        : `${written.name === "this" ? "this" : `"${written.name}"`} ${nothing}; it must be ${wanted}.`;
    return tellKey(reading, written.pointer, {
      code: "empty-value",
      message,
      hint: `${raw === undefined ? whereToWrite(wanted) : "write one in its place"}, or delete the line`,
    });
  }
  const subject = written.name === "this" ? "this" : `"${written.name}"`;
  return tell(reading, written.pointer, {
    code: "wrong-type",
    message: `${subject} must be ${wanted}, and ${describe(reading, written)}.`,
    ...(hint === undefined ? {} : { hint }),
  });
}

const whereToWrite = (wanted: string): string =>
  /^(written out in lines|lines|a list)\b/.test(wanted)
    ? "write it on the lines below, two spaces further in"
    : "write one behind the colon";

/** Like {@link tellWrongType} where lines of keys are wanted, and `ping:Pong` may stand instead of `ping: Pong`. */
export function tellNoMap(reading: Reading, written: Written, wanted: string, hint?: string): undefined {
  const joined = wordBeforeColon(textOf(reading, written) ?? "");
  if (joined !== undefined) return tellMissingSpace(reading, written, joined);
  return tellWrongType(reading, written, wanted, hint ?? withoutDashes(written));
}

/** `- hello: Hi`, where `hello: Hi` is wanted. */
function withoutDashes({ value }: Written): string | undefined {
  const isLines = Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item));
  return isLines ? 'leave out the "- " before each line' : undefined;
}

/** Tells that a key and its value are written as one word. */
export function tellMissingSpace(reading: Reading, written: Written, key: string): undefined {
  const wide = textOf(reading, written)?.[key.length] === "：";
  const message = wide
    ? `the colon behind "${key}" is a wide one, as other keyboards write it.`
    : `a space is missing behind "${key}:".`;
  const code = wide ? "missing-colon" : "missing-space";
  return tell(reading, written.pointer, { code, message, hint: `write ${key}: and a space behind it` });
}

/** The `ping` of `ping:Pong` and `ping：Pong`; addresses such as `https://…` have none. */
export function wordBeforeColon(text: string): string | undefined {
  return /^([A-Za-z_]\w*)(?::(?=\S)(?!\/\/)|：)/.exec(text)?.[1];
}

function describe(reading: Reading, written: Written): string {
  if (Array.isArray(written.value)) return "it is a list";
  if (isMap(written.value)) return "it has keys of its own";
  const text = textOf(reading, written) ?? "";
  return `it is "${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

/** The end of the message for an action among conditions. */
export const actionsAsConditions = 'is an action, and conditions stand here; it belongs under "do:".';

/** `. Did you mean "reply"?`, or an end of sentence. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = suggest(word, candidates);
  return near === undefined ? "." : `. Did you mean "${near}"?`;
}

/** Like {@link didYouMean} for the words of the language, which people also call otherwise. */
export function didYouMeanWord(name: string, words: ReadonlyMap<string, { readonly aka?: readonly string[] }>): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  for (const [word, { aka }] of words) if (aka?.includes(plain)) return `. Did you mean "${word}"?`;
  return didYouMean(name, words.keys());
}

/** Keys for a sentence: `"a", "b" and "c"`. */
export function andList(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}

/** A list for a sentence: `a, b or c`. */
export function orList(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** How many mistakes have been told: a warning keeps nothing from being read. */
export function errorsIn({ problems }: Reading): number {
  return problems.filter((one) => one.severity === "error").length;
}
