import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { Code } from "../diagnostics/codes.ts";
import { type Diagnostic, errorAt, type Position } from "../diagnostics/diagnostic.ts";
import type { ScalarStyle } from "../diagnostics/scalar-offsets.ts";
import { pointerTo, type Range, type SourceEntry } from "../diagnostics/source-map.ts";
import { maxDepth, type Scanned } from "./scan.ts";
import { diagnosticOf } from "./syntax.ts";
import { emptyMap, type YamlValue } from "./value.ts";
import { commaInBraces } from "./yaml-traps/comma.ts";
import { cutByComment } from "./yaml-traps/comment.ts";
import { indentedNot } from "./yaml-traps/indented-not.ts";
import { explain } from "./yaml-traps/index.ts";
import { mergeKey } from "./yaml-traps/merge-key.ts";
import { template } from "./yaml-traps/template.ts";
import { entryOf, type Finding, insideFlow, pieceFrom, replaced } from "./yaml-traps/trap.ts";
import { unknownAnchor } from "./yaml-traps/unknown-anchor.ts";

/** Values that anchors may add up to in one file. */
export const maxValues = 200_000;

export interface ValueTree {
  readonly value: YamlValue;
  readonly entries: ReadonlyMap<string, SourceEntry>;
  readonly diagnostics: readonly Diagnostic[];
}

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: "plain",
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

/**
 * Makes plain values of YAML nodes, noting each one's place, and finds the mistakes that YAML itself accepts: values cut
 * by a comment or a comma, braces taken for a map, keys given twice.
 */
export function valueTree(scanned: Scanned, document: Document.Parsed<ParsedNode>): ValueTree {
  const { file, lines } = scanned;
  const entries = new Map<string, SourceEntry>();
  const diagnostics: Diagnostic[] = [];
  const anchors = new Map<string, ParsedNode>();
  const open = new Set<ParsedNode>();
  const told = new Set<number>();
  let values = 0;

  function tell(finding: Finding | undefined): void {
    if (finding === undefined || told.has(finding.line)) return;
    told.add(finding.line);
    diagnostics.push(diagnosticOf(file, finding));
  }

  function tellAt([start, end]: Range, code: Code, message: string, more: Partial<Diagnostic> = {}): void {
    const at = place([start, end]);
    if (told.has(at.line)) return;
    told.add(at.line);
    diagnostics.push(errorAt(at, { code, message, ...more }));
  }

  function place([start, end]: Range): Position {
    const { line, column } = lines.at(start);
    const rest = lines.text(line).length - column + 1;
    return { file, line, column, length: Math.max(1, Math.min(end - start, rest)) };
  }

  function convert(node: ParsedNode, pointer: string, key: Range | undefined): YamlValue {
    values++;
    if (values > maxValues) return null;
    if (isAlias(node)) return convertAlias(node.source, node.range, pointer, key);
    const [start, end] = node.range;
    const range: Range = [start, end];
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) {
      const style = styles[node.type ?? ""] ?? "plain";
      const parentIndent = node.srcToken?.type === "block-scalar" ? node.srcToken.indent : 0;
      const text = node.source ?? "";
      entries.set(pointer, { ...(key && { key }), value: range, scalar: { style, text, parentIndent } });
      if (style === "plain") plainTraps(node, end);
      return scalarValue(node);
    }
    entries.set(pointer, { ...(key && { key }), value: range });
    open.add(node);
    const value = isSeq(node)
      ? node.items.map((item, index) => convert(item as ParsedNode, pointerTo(pointer, index), undefined))
      : convertMap(node as YAMLMap.Parsed, pointer);
    open.delete(node);
    return value;
  }

  function convertAlias(
    name: string,
    range: readonly [number, number, number],
    pointer: string,
    key: Range | undefined,
  ) {
    const target = anchors.get(name);
    const own: Range = [range[0], range[1]];
    if (target === undefined) {
      const { line, column } = lines.at(range[0]);
      const text = lines.text(line);
      const problem = { code: "BAD_ALIAS", message: "", offset: range[0] };
      const inFlow = insideFlow(scanned.flows, range[0]);
      const at = { scanned, lines, problem, line, column, text, entry: entryOf(text), insideFlow: inFlow };
      const piece = inFlow ? pieceFrom(text, column, true) : at.entry.value;
      tell(
        piece === `*${name}` && !name.includes("*") && !name.startsWith("/")
          ? unknownAnchor(line, text, column, name)
          : explain(at),
      );
      return null;
    }
    if (open.size > maxDepth * 2) {
      tellAt(own, "too-deep", `with its anchors written out this is nested more than ${maxDepth * 2} levels deep.`);
      return null;
    }
    if (open.has(target)) {
      tellAt(own, "anchor-in-itself", `"*${name}" is used inside of "&${name}", so it would never end.`);
      return null;
    }
    const value = convert(target, pointer, key);
    const entry = entries.get(pointer);
    if (entry?.scalar === undefined) entries.set(pointer, { ...(key && { key }), value: own });
    return value;
  }

  function convertMap(node: YAMLMap.Parsed, pointer: string): YamlValue {
    const value = emptyMap();
    const first = new Map<string, Range>();
    for (const [index, pair] of node.items.entries()) {
      const key = keyOf(node, pair as Pair<ParsedNode, ParsedNode | null>, index);
      if (key === undefined) continue;
      const earlier = first.get(key.name);
      if (earlier !== undefined) {
        const at = lines.at(earlier[0]).line;
        const related = [{ ...place(earlier), message: "it is here already." }];
        tellAt(key.range, "duplicate-key", `"${key.name}" is given twice, first on line ${at}.`, { related });
        continue;
      }
      first.set(key.name, key.range);
      const child = pointerTo(pointer, key.name);
      if (pair.value === null) {
        entries.set(child, { key: key.range, value: [key.range[1], key.range[1]] });
        value[key.name] = null;
        lostBehindComma(node, index, key.range);
      } else {
        value[key.name] = convert(pair.value, child, key.range);
        if (index === 0) besideNot(node, key.name, key.range);
      }
    }
    return value;
  }

  /** A key's text, or undefined after telling what is wrong with it. */
  function keyOf(map: YAMLMap.Parsed, pair: Pair<ParsedNode, ParsedNode | null>, index: number) {
    const node = pair.key;
    const range: Range = [node.range[0], node.range[1]];
    if (isAlias(node)) {
      tellAt(range, "key-not-text", "a key is a word, not an anchor.");
      return undefined;
    }
    if (!isScalar(node)) {
      const at = contextAt(node.range[0]);
      const braces =
        index === 0 && scanned.text.startsWith("{", map.range[0]) ? template(contextAt(map.range[0])) : undefined;
      if (braces !== undefined) tell(braces);
      else
        tellAt(
          [range[0], range[0] + 1],
          "key-not-text",
          `a key is a word; this is ${isMap(node) ? "a map" : "a list"}.`,
          { line: at.line },
        );
      return undefined;
    }
    const name = node.source ?? "";
    if (explicitKey(pair)) {
      tellAt(range, "key-not-text", `write "${name.slice(0, 40)}:" without the question mark.`);
      return undefined;
    }
    if (name === "" || (node.value === null && node.type === "PLAIN")) {
      tellAt([range[0], range[0] + 1], "key-not-text", "there is no word before this colon.");
      return undefined;
    }
    if (/^[\u00a0\u2000-\u200d\u202f\u3000\ufeff]/.test(name)) {
      const { line } = lines.at(range[0]);
      const corrected = lines.text(line).replace(/[\u00a0\u2000-\u200d\u202f\u3000\ufeff]/g, " ");
      const message = "this line begins with a space that YAML does not know, as web pages have.";
      tellAt([range[0], range[0] + 1], "strange-space", message, { hint: "type the spaces again:", corrected });
      return undefined;
    }
    if (name === "<<" && node.type === "PLAIN") {
      const { line, column } = lines.at(range[0]);
      tell(mergeKey(line, column));
      return undefined;
    }
    if (name === "__proto__") {
      tellAt(range, "reserved-key", `"__proto__" cannot be a key. Choose another name.`);
      return undefined;
    }
    return { name, range };
  }

  function contextAt(offset: number) {
    const { line, column } = lines.at(offset);
    const text = lines.text(line);
    const problem = { code: "", message: "", offset };
    return {
      scanned,
      lines,
      problem,
      line,
      column,
      text,
      entry: entryOf(text),
      insideFlow: insideFlow(scanned.flows, offset),
    };
  }

  function plainTraps(node: Scalar, end: number): void {
    const text = node.source ?? "";
    if (typeof node.value !== "string" && text !== "") return;
    const after = scanned.text.slice(end, end + 200);
    const hash = /^[ \t]*#[\p{L}\p{N}_]/u.exec(after);
    if (hash === null) return;
    const { line, column } = lines.at(end);
    tell(cutByComment(line, lines.text(line), column - 1));
  }

  function lostBehindComma(map: YAMLMap.Parsed, index: number, key: Range): void {
    const previous = map.items[index - 1];
    const { line, column } = lines.at(key[0]);
    const text = lines.text(line);
    let start = index - 1;
    while (start > 0 && map.items[start]!.value === null) start--;
    const value = map.items[start]?.value;
    if (
      previous === undefined ||
      !isScalar(value) ||
      value.type !== "PLAIN" ||
      lines.at(value.range[0]).line !== line
    ) {
      const name = text.slice(column - 1, column - 1 + key[1] - key[0]);
      const joined = /^(\w+):(?=\S)/.exec(name);
      if (joined !== null) {
        const spaced = `${joined[0]} ${name.slice(joined[0].length)}`;
        const corrected = replaced(text, column, name.length, spaced);
        tellAt(key, "missing-space", `a space is missing behind "${joined[0]}".`, { hint: "write:", corrected });
        return;
      }
      tellAt(key, "missing-colon", `a colon and a value are missing behind "${name}".`);
      return;
    }
    const from = lines.at(value.range[0]).column - 1;
    let end = key[1];
    for (const later of map.items.slice(index + 1)) {
      if (later.value !== null || !isScalar(later.key)) break;
      end = later.key.range[1];
    }
    const last = lines.at(end);
    const to = last.line === line ? last.column - 1 : column - 1 + key[1] - key[0];
    tell(commaInBraces(line, text, from, text.indexOf(",", from), to));
  }

  /** `- not:` whose condition stands beside it. */
  function besideNot(map: YAMLMap.Parsed, name: string, key: Range): void {
    const [first, second] = map.items;
    if (!/^(not|all|any)$/.test(name) || second === undefined || map.flow === true) return;
    if (!isScalar(first!.value) || first!.value.value !== null || !isScalar(second.key)) return;
    tell(indentedNot(lines, lines.at(key[0]).line, name, lines.at(second.key.range[0]).line));
  }

  for (const tag of scanned.tags) tell(explain(contextAt(tag.offset)));
  const value = document.contents === null ? null : convert(document.contents, "", undefined);
  if (values > maxValues) {
    tellAt([0, 1], "too-many-aliases", `with its anchors written out this file has more than ${maxValues} values.`);
  }
  return { value, entries, diagnostics };
}

function explicitKey(pair: Pair<ParsedNode, ParsedNode | null>): boolean {
  return pair.srcToken?.start.some((token) => token.type === "explicit-key-ind") ?? false;
}

function scalarValue(node: Scalar): YamlValue {
  const { value } = node;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return value;
  return node.source ?? "";
}
