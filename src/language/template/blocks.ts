import { compileExpression, distinct } from "../expression/compile.ts";
import type { Span } from "../expression/syntax.ts";
import { type Printer, printerFor } from "../print.ts";
import type { Problem } from "../problem.ts";
import {
  asAsked,
  describeType,
  type Path,
  required,
  type Scope,
  t,
  type UnsureRead,
  type ValueType,
} from "../types.ts";
import type { Env, Value, Values } from "../values.ts";
import type { Shown } from "./fill.ts";
import { type Piece, type Scanned, scan } from "./scan.ts";
import { shower } from "./show.ts";
import { hintForTag } from "./tag-hints.ts";

type Evaluate = (values: Values, env: Env) => Value;

/** A value to be shown. */
export interface Hole {
  readonly kind: "hole";
  readonly evaluate: Evaluate;
  /** As plain text. */
  readonly print: Printer;
  /** As part of a message. */
  readonly show: (value: Value, env: Env) => Shown;
}

export type Block =
  | { readonly kind: "text"; readonly text: string }
  | Hole
  | { readonly kind: "if"; readonly branches: readonly Branch[]; readonly otherwise: readonly Block[] }
  | { readonly kind: "for"; readonly variable: string; readonly list: Evaluate; readonly body: readonly Block[] };

export interface Branch {
  readonly test: Evaluate;
  readonly body: readonly Block[];
}

export type CompiledBlocks =
  | {
      readonly ok: true;
      readonly blocks: readonly Block[];
      readonly reads: readonly Path[];
      readonly unsure: readonly UnsureRead[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const deepest = 50;

/** What `forloop` tells inside `{% for %}`. */
const forloop = t.object("loop", { index: t.integer, size: t.integer, first: t.boolean, last: t.boolean });

interface Context {
  readonly scope: Scope;
  readonly aliases: ReadonlyMap<string, Path>;
}

interface Cursor {
  readonly source: string;
  readonly pieces: readonly Piece[];
  readonly problems: Problem[];
  readonly reads: Path[];
  readonly unsure: UnsureRead[];
  at: number;
  /** How many blocks of each kind are open. */
  readonly open: { if: number; for: number };
}

type Tag = Extract<Piece, { kind: "tag" }>;

/** Checks a whole template and compiles its tags; its literal text is left as written. */
export function compileBlocks(source: string, scope: Scope): CompiledBlocks {
  const scanned = withMeantTags(source, scan(source));
  const cursor: Cursor = {
    source,
    pieces: scanned.pieces,
    problems: [...scanned.problems],
    reads: [],
    unsure: [],
    at: 0,
    open: { if: 0, for: 0 },
  };
  const blocks: Block[] = [];
  const context: Context = { scope, aliases: new Map() };
  while (cursor.at < cursor.pieces.length) {
    blocks.push(...readBlocks(cursor, context, undefined));
    if (cursor.at >= cursor.pieces.length) break;
    const tag = cursor.pieces[cursor.at++] as Tag;
    const opener = tag.name === "endfor" ? "{% for … %}" : "{% if … %}";
    problem(cursor, tag.span, `this {% ${tag.name} %} belongs to nothing`, `it needs ${opener} before it`);
  }
  if (cursor.problems.length > 0) {
    return { ok: false, problems: cursor.problems.toSorted((a, b) => a.offset - b.offset) };
  }
  return { ok: true, blocks, reads: distinct(cursor.reads), unsure: cursor.unsure };
}

/**
 * `{% end for %}` and `{% end %}` end what is open, and `{% options.why %}` with an `{% endif %}` behind it is a question:
 * only how they are written is told.
 */
function withMeantTags(source: string, { pieces, problems }: Scanned): Scanned {
  const isOdd = (piece: Piece) => piece.kind === "tag" && (piece.name === "end" || piece.name.includes("."));
  if (!pieces.some(isOdd)) return { pieces, problems };
  const meant = [...pieces];
  const found = [...problems];
  const open: { readonly name: string; readonly asks?: number }[] = [];
  const tell = ({ offset, length }: Span, hint: string) => {
    const message = `there is no tag ${source.slice(offset, offset + length)}`;
    found.push({ code: "template-syntax", offset, length, message, hint });
  };
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== "tag") continue;
    if (piece.name === "if" || piece.name === "for") open.push({ name: piece.name });
    else if (piece.name.includes(".")) open.push({ name: "if", asks: index });
    if (!piece.name.startsWith("end")) continue;
    // What is only shown is never ended: a question may stand around it.
    if (open.some(({ asks }) => asks === undefined)) while (open.at(-1)?.asks !== undefined) open.pop();
    const opener = open.pop();
    if (opener?.asks !== undefined && piece.name === "endif") {
      const tag = pieces[opener.asks] as Tag;
      tell(tag.span, `write {% if ${tag.name} %}`);
      meant[opener.asks] = { ...tag, name: "if", start: tag.nameSpan.offset };
    } else if (piece.name === "end" && opener?.asks === undefined && opener !== undefined) {
      tell(piece.span, `write {% end${opener.name} %}`);
      meant[index] = { ...piece, name: `end${opener.name}` };
    }
  }
  return { pieces: meant, problems: found };
}

function problem(cursor: Cursor, span: Span, message: string, hint?: string): void {
  const { offset, length } = span;
  cursor.problems.push({
    code: "template-syntax",
    offset,
    length: Math.max(1, length),
    message,
    ...(hint === undefined ? {} : { hint }),
  });
}

const closers = new Set(["elsif", "else", "endif", "endfor"]);

/** Reads up to a tag that closes or continues the block around it, or to the end. */
function readBlocks(cursor: Cursor, context: Context, opener: Tag | undefined): Block[] {
  const blocks: Block[] = [];
  if (opener !== undefined) cursor.open[opener.name as "if" | "for"]++;
  while (cursor.at < cursor.pieces.length) {
    const piece = cursor.pieces[cursor.at]!;
    if (piece.kind === "tag" && isCloser(piece)) break;
    cursor.at++;
    if (piece.kind === "text") blocks.push({ kind: "text", text: piece.text });
    else if (piece.kind === "output") blocks.push(...readHole(cursor, context, piece));
    else if (cursor.open.if + cursor.open.for > deepest)
      problem(cursor, piece.span, "this text is nested too deep", "split it up");
    else if (piece.name === "if") blocks.push(readIf(cursor, context, piece));
    else if (piece.name === "for") blocks.push(readFor(cursor, context, piece));
    else problem(cursor, piece.nameSpan, `there is no tag {% ${piece.name} %}`, hintForTag(piece.name));
  }
  if (opener !== undefined) cursor.open[opener.name as "if" | "for"]--;
  if (opener !== undefined && cursor.at >= cursor.pieces.length)
    problem(
      cursor,
      opener.span,
      `this {% ${opener.name} %} is never closed`,
      `write {% end${opener.name} %} where it ends`,
    );
  return blocks;
}

function isCloser(tag: Tag): boolean {
  return closers.has(tag.name);
}

function readHole(cursor: Cursor, context: Context, piece: { start: number; end: number }): Hole[] {
  const compiled = expression(cursor, context, piece.start, piece.end);
  if (compiled === undefined) return [];
  cursor.unsure.push(...compiled.unsure.filter(({ asked }) => !asked));
  const print = printerFor(compiled.type);
  if (print === undefined) {
    const span = trimmed(cursor.source, piece.start, piece.end);
    const written = cursor.source.slice(span.offset, span.offset + span.length);
    const fields = fieldsOf(compiled.type);
    cursor.problems.push({
      code: "not-printable",
      ...span,
      message: `"${written}" has no text of its own`,
      ...(fields.length === 0
        ? {}
        : { hint: `write one of its parts: ${written}.${fields.slice(0, 8).join(`, ${written}.`)}` }),
    });
    return [];
  }
  const show = shower(required(compiled.type), print);
  return [{ kind: "hole", evaluate: compiled.evaluate, print, show }];
}

function fieldsOf(type: ValueType): string[] {
  const object = required(type);
  return object.kind === "object" ? Object.keys(object.fields) : [];
}

function readIf(cursor: Cursor, context: Context, opener: Tag): Block {
  const branches: Branch[] = [];
  let otherwise: readonly Block[] = [];
  let sawElse = false;
  let asked = context;
  let tag: Tag | undefined = opener;
  while (tag !== undefined) {
    if (tag.name === "else") {
      if (sawElse) problem(cursor, tag.span, "there is a second {% else %}", "one {% if %} has one {% else %}");
      if (cursor.source.slice(tag.start, tag.end).trim() !== "")
        problem(cursor, tag.span, "{% else %} takes no condition", "write {% elsif … %}");
      sawElse = true;
      otherwise = readBlocks(cursor, asked, opener);
    } else {
      if (sawElse) problem(cursor, tag.span, "{% elsif %} stands after {% else %}", "put {% else %} last");
      const test = expression(cursor, asked, tag.start, tag.end);
      asked = whereAsked(asked, test?.unsure ?? []);
      branches.push({ test: test?.evaluate ?? (() => null), body: readBlocks(cursor, asked, opener) });
    }
    tag = cursor.pieces[cursor.at] as Tag | undefined;
    if (tag === undefined) break;
    if (tag.name === "endfor") {
      problem(cursor, tag.span, "this {% endfor %} stands inside an {% if %}", "write {% endif %} before it");
      if (cursor.open.for === 0) cursor.at++;
      break;
    }
    cursor.at++;
    if (tag.name === "endif") break;
  }
  return { kind: "if", branches, otherwise };
}

/** What a condition has asked about is known in all of its branches. */
function whereAsked(context: Context, reads: readonly UnsureRead[]): Context {
  if (reads.length === 0) return context;
  const scope: Record<string, ValueType> = { ...context.scope };
  for (const { path } of reads) scope[path[0]!] = asAsked(scope[path[0]!]!, path.slice(1));
  return { ...context, scope };
}

function readFor(cursor: Cursor, context: Context, opener: Tag): Block {
  const written = cursor.source.slice(opener.start, opener.end);
  const head = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s+in(?=\s)/u.exec(written);
  const variable = head?.[1] ?? "";
  let listType: ValueType = t.unknown;
  let list: Evaluate = () => null;
  let source: Path | undefined;
  if (variable in Object.prototype)
    problem(cursor, opener.span, `"${variable}" cannot be a name`, "write {% for x in list %}");
  if (head === null) problem(cursor, opener.span, "this {% for %} is not complete", "write {% for x in list %}");
  else {
    const start = opener.start + head[0].length;
    const compiled = expression(cursor, context, start, opener.end);
    if (compiled !== undefined) {
      ({ evaluate: list } = compiled);
      cursor.unsure.push(...compiled.unsure.filter(({ asked }) => !asked));
      listType = required(compiled.type);
      source = compiled.reads[0];
      if (listType.kind !== "list" && listType.kind !== "unknown")
        problem(
          cursor,
          trimmed(cursor.source, start, opener.end),
          `{% for %} goes through a list, and this is ${describeType(listType)}`,
        );
    }
  }
  const item = listType.kind === "list" ? listType.of : t.unknown;
  const inner: Context = {
    scope: { ...context.scope, ...(variable === "" ? {} : { [variable]: item }), forloop },
    aliases: new Map([...context.aliases, [variable, [...(source ?? ["forloop"]), "*"]], ["forloop", ["forloop"]]]),
  };
  const body = readBlocks(cursor, inner, opener);
  const closer = cursor.pieces[cursor.at] as Tag | undefined;
  if (closer !== undefined) {
    if (closer.name === "endfor") cursor.at++;
    else
      problem(
        cursor,
        closer.span,
        `this {% ${closer.name} %} stands inside a {% for %}`,
        "write {% endfor %} before it",
      );
    if (closer.name !== "endfor" && (closer.name !== "endif" || cursor.open.if === 0)) cursor.at++;
  }
  return { kind: "for", variable, list, body };
}

function expression(cursor: Cursor, { scope, aliases }: Context, start: number, end: number) {
  const compiled = compileExpression(cursor.source, scope, { start, end, aliases });
  if (!compiled.ok) {
    cursor.problems.push(...compiled.problems);
    return undefined;
  }
  cursor.reads.push(...compiled.reads.filter(([root]) => root !== "forloop"));
  return compiled;
}

function trimmed(source: string, start: number, end: number): Span {
  const text = source.slice(start, end);
  const offset = start + text.length - text.trimStart().length;
  return { offset, length: Math.max(1, text.trim().length) };
}
