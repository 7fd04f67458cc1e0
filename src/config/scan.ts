import { type CST, Parser } from "yaml";
import { type Diagnostic, errorAt } from "../diagnostics/diagnostic.ts";
import { indexLines, type LineIndex } from "../diagnostics/lines.ts";
import { failed, type Outcome, succeeded } from "./outcome.ts";
import type { SourceText } from "./read.ts";

/** Levels of maps and lists in each other; the deepest useful file has about twenty. */
export const maxDepth = 64;

/** Uses of anchors (`*name`) in one file. */
const maxAliases = 1000;

/** A token that a later phase asks about. */
export interface Mark {
  readonly offset: number;
  readonly source: string;
}

/** The file cut into tokens, none of them read yet. Cutting takes linear time and does not recurse. */
export interface Scanned extends SourceText {
  readonly lines: LineIndex;
  readonly tokens: readonly CST.Token[];
  readonly tags: readonly Mark[];
  readonly directives: readonly Mark[];
  /** Opening brackets and braces without their end. */
  readonly unclosed: readonly Mark[];
  /** Stretches in braces or brackets; `end` is behind the closing one. */
  readonly flows: readonly { readonly offset: number; readonly end: number }[];
  /** Quoted texts, which may go over several lines. */
  readonly quoted: readonly Mark[];
  readonly documents: readonly number[];
  /** Where a second key follows a first on its line, as in `reply: Note: be kind`: never right. */
  readonly secondKeys: readonly number[];
  /** Nested too deeply to be read, but perhaps only because each second key nests what follows it. */
  readonly tooDeep: number | undefined;
}

/**
 * Cuts a file into tokens and refuses what could exhaust the reader: control characters, deep nesting, many aliases.
 * Reading nested YAML recurses, and beyond a few thousand levels would end the process.
 */
export function scan(source: SourceText): Outcome<Scanned> {
  const lines = indexLines(source.text);
  const control = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.exec(source.text);
  if (control !== null) return failed(controlCharacter(source.file, lines, control.index));
  const tokens = [...new Parser().parse(source.text)];
  const found = walk(tokens);
  if (found.tooDeep !== undefined && found.secondKeys.length === 0)
    return failed(tooDeep(source.file, lines, found.tooDeep));
  if (found.aliases.length > maxAliases) return failed(tooManyAliases(source.file, lines, found.aliases[maxAliases]!));
  return succeeded({ ...source, lines, tokens, ...found });
}

interface Found {
  tags: Mark[];
  directives: Mark[];
  unclosed: Mark[];
  flows: { offset: number; end: number }[];
  quoted: Mark[];
  documents: number[];
  secondKeys: number[];
  aliases: number[];
  tooDeep: number | undefined;
}

function walk(tokens: readonly CST.Token[]): Found {
  const found: Found = {
    tags: [],
    directives: [],
    unclosed: [],
    flows: [],
    quoted: [],
    documents: [],
    secondKeys: [],
    aliases: [],
    tooDeep: undefined,
  };
  // Two lists and not one of pairs, because a large file has a hundred thousand tokens.
  const open: CST.Token[] = [];
  const depths: number[] = [];
  const push = (child: CST.Token | null | undefined, depth: number) => {
    if (!child) return;
    open.push(child);
    depths.push(depth + step(child));
  };
  for (const token of tokens) {
    open.push(token);
    depths.push(0);
    while (open.length > 0) {
      const at = open.pop()!;
      const depth = depths.pop()!;
      if (depth > maxDepth && (found.tooDeep === undefined || at.offset < found.tooDeep)) found.tooDeep = at.offset;
      note(at, found);
      if (depth > maxDepth) continue;
      if (at.type === "document") {
        noteTags(at.start, found);
        push(at.value, depth);
        if (at.end) noteTags(at.end, found);
      } else if (at.type === "block-map" || at.type === "block-seq" || at.type === "flow-collection") {
        for (const item of at.items) {
          noteTags(item.start, found);
          push(item.key, depth);
          if (item.sep) noteTags(item.sep, found);
          push(item.value, depth);
        }
      }
    }
  }
  for (const list of [found.tags, found.unclosed, found.quoted]) list.sort((a, b) => a.offset - b.offset);
  for (const list of [found.aliases, found.secondKeys]) list.sort((a, b) => a - b);
  return found;
}

/** Of what stands around a value only its tags are asked about. */
function noteTags(tokens: readonly CST.SourceToken[], found: Found): void {
  for (const { type, offset, source } of tokens) if (type === "tag") found.tags.push({ offset, source });
}

function note(token: CST.Token, found: Found): void {
  switch (token.type) {
    case "directive":
      found.directives.push({ offset: token.offset, source: token.source });
      return;
    case "document":
      found.documents.push(token.start.find((one) => one.type === "doc-start")?.offset ?? token.offset);
      return;
    case "alias":
      found.aliases.push(token.offset);
      return;
    case "single-quoted-scalar":
    case "double-quoted-scalar":
      found.quoted.push({ offset: token.offset, source: token.source });
      return;
    case "block-map":
      for (const { sep, value } of token.items) {
        const sameLine = value?.type === "block-map" && sep?.every((one) => one.type !== "newline") === true;
        if (sameLine) found.secondKeys.push(value.offset);
      }
      return;
    case "flow-collection": {
      const close = token.start.source === "{" ? "}" : "]";
      const end = token.end.find((one) => one.source === close);
      found.flows.push({
        offset: token.start.offset,
        end: end === undefined ? Number.POSITIVE_INFINITY : end.offset + 1,
      });
      if (end === undefined) {
        found.unclosed.push({ offset: token.start.offset, source: token.start.source });
      }
      return;
    }
  }
}

function step(token: CST.Token): 0 | 1 {
  return token.type === "block-map" || token.type === "block-seq" || token.type === "flow-collection" ? 1 : 0;
}

function controlCharacter(file: string, lines: LineIndex, offset: number): Diagnostic {
  const code = lines.text(lines.at(offset).line).charCodeAt(lines.at(offset).column - 1);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return errorAt(
    { file, ...lines.at(offset), length: 1 },
    {
      code: "control-character",
      message: `there is an invisible control character here (${name}). Delete it and type the line again.`,
    },
  );
}

function tooDeep(file: string, lines: LineIndex, offset: number): Diagnostic {
  return errorAt(
    { file, ...lines.at(offset), length: 1 },
    { code: "too-deep", message: `this is nested more than ${maxDepth} levels deep, which no bot needs.` },
  );
}

function tooManyAliases(file: string, lines: LineIndex, offset: number): Diagnostic {
  return errorAt(
    { file, ...lines.at(offset), length: 1 },
    { code: "too-many-aliases", message: `anchors are used more than ${maxAliases} times in this file.` },
  );
}
