import {
  type Alias,
  type Document,
  isAlias,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { type Diagnostic, errorAt, type Position } from "../diagnostics/diagnostic.ts";
import type { ScalarStyle } from "../diagnostics/scalar-offsets.ts";
import type { Range, SourceEntry } from "../diagnostics/source-map.ts";
import { maxDepth, type Scanned } from "./scan.ts";
import { diagnosticOf } from "./syntax.ts";
import { bare, emptyMap, type YamlMap, type YamlValue } from "./value.ts";
import { lostBehindComma } from "./yaml-traps/comma.ts";
import { cutByComment } from "./yaml-traps/comment.ts";
import { curlyQuotes } from "./yaml-traps/curly-quotes.ts";
import { indentedNot } from "./yaml-traps/indented-not.ts";
import { explain } from "./yaml-traps/index.ts";
import { keyProblem } from "./yaml-traps/key.ts";
import { type Finding, suspicionAt } from "./yaml-traps/trap.ts";
import { unknownAnchor } from "./yaml-traps/unknown-anchor.ts";
import { unusedAnchor } from "./yaml-traps/unused-anchor.ts";

/** Values that anchors may add up to in one file. */
const maxValues = 200_000;

export interface ValueTree {
  readonly value: YamlValue;
  /** Where each value was written, as a tree like that of the values; absent where there is none. */
  readonly places?: SourceEntry;
  readonly diagnostics: readonly Diagnostic[];
}

/** The places of the members of a map, or of a list by their numbers. */
type Places = Record<string | number, SourceEntry>;

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
  const diagnostics: Diagnostic[] = [];
  const anchors = new Map<string, ParsedNode>();
  /** Values without quotes that have an anchor before them. */
  const marked = new Set<Scalar.Parsed>();
  /** What aliases repeat. */
  const repeated = new Set<ParsedNode>();
  /** The maps and lists around the value at hand. */
  const open = new Set<ParsedNode>();
  const told = new Set<number>();
  let values = 0;

  function tell(diagnostic: Diagnostic): void {
    if (told.has(diagnostic.line)) return;
    told.add(diagnostic.line);
    diagnostics.push(diagnostic);
  }

  function tellFinding(finding: Finding | undefined): void {
    if (finding !== undefined) tell(diagnosticOf(file, finding));
  }

  function place([start, end]: Range): Position {
    const { line, column } = lines.at(start);
    const rest = lines.text(line).length - column + 1;
    return { file, line, column, length: Math.max(1, Math.min(end - start, rest)) };
  }

  /** Makes a value of a node, whose place is put into `around`. */
  function convert(node: ParsedNode, key: Range | undefined, around: Places, at: string | number): YamlValue {
    values++;
    if (values > maxValues) return null;
    if (isAlias(node)) return convertAlias(node, key, around, at);
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return convertScalar(node, key, around, at);
    const inside: Places = bare();
    around[at] = placed(key, node.range[0], node.range[1], inside);
    open.add(node);
    const value = isSeq(node)
      ? node.items.map((item, index) => convert(item as ParsedNode, undefined, inside, index))
      : convertMap(node as YAMLMap.Parsed, inside);
    open.delete(node);
    return value;
  }

  function convertScalar(node: Scalar.Parsed, key: Range | undefined, around: Places, at: string | number): YamlValue {
    const start = node.range[0];
    const end = node.range[1];
    const style = styles[node.type ?? ""] ?? "plain";
    const parentIndent = node.srcToken?.type === "block-scalar" ? node.srcToken.indent : 0;
    const text = node.source ?? "";
    around[at] = { key, start, end, style, text, parentIndent, inside: undefined };
    if (style === "plain" && node.anchor !== undefined) marked.add(node);
    const isText = typeof node.value === "string" || text === "";
    if (style === "plain" && isText) {
      tellFinding(cutByComment(scanned, end));
      tellFinding(curlyQuotes(scanned, text, start, end));
      if (node.anchor !== undefined && text === "") tellFinding(explain(suspicionAt(scanned, start - 1)));
    }
    return scalarValue(node);
  }

  function convertAlias(node: Alias.Parsed, key: Range | undefined, around: Places, at: string | number): YamlValue {
    const own: Range = [node.range[0], node.range[1]];
    const name = node.source;
    const target = anchors.get(name);
    if (target === undefined) {
      tellFinding(unknownAnchor(scanned, own[0], name));
      return null;
    }
    repeated.add(target);
    if (open.has(target)) {
      const message = `"*${name}" is used inside of "&${name}", so it would never end.`;
      tell(errorAt(place(own), { code: "anchor-in-itself", message }));
      return null;
    }
    if (open.size > maxDepth * 2) {
      const message = `with its anchors written out this is nested more than ${maxDepth * 2} levels deep.`;
      tell(errorAt(place(own), { code: "too-deep", message }));
      return null;
    }
    const value = convert(target, key, around, at);
    const written = around[at];
    if (written?.style === undefined) around[at] = placed(key, own[0], own[1], written?.inside);
    return value;
  }

  function convertMap(node: YAMLMap.Parsed, inside: Places): YamlMap {
    const value = emptyMap();
    for (let index = 0; index < node.items.length; index++) {
      const pair = node.items[index] as Pair<ParsedNode, ParsedNode | null>;
      const problem = keyProblem(scanned, pair);
      if (problem !== undefined) {
        tellFinding(problem);
        continue;
      }
      const name = (pair.key as Scalar.Parsed).source;
      const key: Range = [pair.key.range[0], pair.key.range[1]];
      if (Object.hasOwn(value, name)) {
        tell(duplicate(name, key, firstKey(node, name)));
        continue;
      }
      if (pair.value === null) {
        inside[name] = placed(key, key[1], key[1]);
        value[name] = null;
        tellFinding(lostBehindComma(scanned, node, index));
      } else value[name] = convert(pair.value, key, inside, name);
    }
    tellFinding(indentedNot(scanned, node));
    return value;
  }

  function duplicate(name: string, key: Range, earlier: Range): Diagnostic {
    const { line } = lines.at(earlier[0]);
    return errorAt(place(key), {
      code: "duplicate-key",
      message: `"${name}" is given twice, first on line ${line}.`,
      related: [{ ...place(earlier), message: "it is here already." }],
    });
  }

  for (const tag of scanned.tags) tellFinding(explain(suspicionAt(scanned, tag.offset)));
  const root: Places = bare();
  const value = document.contents === null ? null : convert(document.contents, undefined, root, "");
  for (const scalar of marked) {
    const { anchor, range } = scalar;
    if (!repeated.has(scalar)) tellFinding(unusedAnchor(scanned, anchor!, range[0], range[1]));
  }
  if (values > maxValues) {
    const message = `with its anchors written out this file has more than ${maxValues} values.`;
    tell(errorAt(place([0, 1]), { code: "too-many-aliases", message }));
  }
  const places = root[""];
  return { value, ...(places !== undefined && { places }), diagnostics };
}

/** The entry of what is no scalar. */
function placed(key: Range | undefined, start: number, end: number, inside?: Places): SourceEntry {
  return { key, start, end, style: undefined, text: undefined, parentIndent: 0, inside };
}

/** Where a key that a map has several times stands first. */
function firstKey(map: YAMLMap.Parsed, name: string): Range {
  const found = map.items.find(({ key }) => isScalar(key) && key.source === name)!;
  const [start, end] = (found.key as ParsedNode).range;
  return [start, end];
}

function scalarValue(node: Scalar.Parsed): YamlValue {
  const value: unknown = node.value;
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return value;
  return node.source;
}
