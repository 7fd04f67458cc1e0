import { type Filters, filtersByName } from "../filters/index.ts";
import type { CompiledExpression, Path, Scope, ValueType } from "../types.ts";
import { t } from "../types.ts";
import { isTrue, type Value } from "../values.ts";
import { type Analysis, mistaken, type Node, report } from "./analysis.ts";
import { comparable, compileComparison } from "./compare.ts";
import { compileFilterCall } from "./filter-call.ts";
import { parseExpression } from "./parser.ts";
import { compilePath } from "./path.ts";
import type { Expression } from "./syntax.ts";

export interface ExpressionOptions {
  /** Other filters than the built-in ones. */
  readonly filters?: Filters;
  /** The expression is only this part of the source; offsets in problems still count from the source's start. */
  readonly start?: number;
  readonly end?: number;
  /** Where the variables of loops come from, so that `reads` names the source and not the variable. */
  readonly aliases?: ReadonlyMap<string, Path>;
}

const noAliases: ReadonlyMap<string, Path> = new Map();

/** Parses, checks and compiles one expression. Mistakes are returned, one for each; nothing throws. */
export function compileExpression(source: string, scope: Scope, options: ExpressionOptions = {}): CompiledExpression {
  const { start = 0, end } = options;
  const text = source.slice(start, end);
  const parsed = parseExpression(text);
  if (!parsed.ok) return { ok: false, problems: behind(start, [parsed.problem]) };
  const analysis: Analysis = {
    source: text,
    scope,
    filters: options.filters ?? filtersByName,
    aliases: options.aliases ?? noAliases,
    problems: [],
    reads: [],
    unsure: [],
  };
  const node = compileNode(parsed.expression, analysis);
  if (analysis.problems.length > 0) return { ok: false, problems: behind(start, analysis.problems) };
  const { type, evaluate, constant } = node;
  const unsure = behind(start, analysis.unsure);
  const reads = distinct(analysis.reads);
  return { ok: true, type, evaluate, reads, unsure, ...(constant === undefined ? {} : { constant }) };
}

/** Places within a part of a text, as places within all of it. */
function behind<Place extends { readonly offset: number }>(start: number, places: readonly Place[]): readonly Place[] {
  return start === 0 ? places : places.map((place) => ({ ...place, offset: place.offset + start }));
}

function compileNode(expression: Expression, analysis: Analysis): Node {
  const before = analysis.unsure.length;
  const node = compileKind(expression, analysis);
  if (asks(expression, analysis))
    for (let at = before; at < analysis.unsure.length; at++)
      analysis.unsure[at] = { ...analysis.unsure[at]!, asked: true };
  return node;
}

/** Whether it takes a missing value into account: what is missing is not true, unequal to all, or replaced. */
function asks(expression: Expression, { filters }: Analysis): boolean {
  if (expression.kind === "filter") return filters.get(expression.call.name)?.acceptsEmpty === true;
  return ["not", "and", "or", "compare"].includes(expression.kind);
}

function compileKind(expression: Expression, analysis: Analysis): Node {
  switch (expression.kind) {
    case "literal": {
      const { value, type } = expression;
      return { type: t[type], evaluate: () => value, constant: value };
    }
    case "list":
      return compileList(expression, analysis);
    case "path":
      return compilePath(expression, analysis);
    case "not": {
      const { evaluate } = compileNode(expression.operand, analysis);
      return { type: t.boolean, evaluate: (values, env) => !isTrue(evaluate(values, env)) };
    }
    case "and":
    case "or": {
      const operands = expression.operands.map((operand) => compileNode(operand, analysis).evaluate);
      return { type: t.boolean, evaluate: expression.kind === "and" ? all(operands) : any(operands) };
    }
    case "compare": {
      const left = compileNode(expression.left, analysis);
      const before = analysis.problems.length;
      const right = compileNode(expression.right, analysis);
      // What a mistake is compared with may well be right: the one message is for the mistake.
      if (left === mistaken) analysis.problems.length = before;
      return left === mistaken ? left : compileComparison(expression, left, right, analysis);
    }
    case "filter": {
      const input = compileNode(expression.input, analysis);
      const args = expression.call.args.map((arg) => compileNode(arg, analysis));
      return compileFilterCall(expression.call, input, args, expression.input.span, analysis);
    }
  }
}

function compileList(expression: Extract<Expression, { kind: "list" }>, analysis: Analysis): Node {
  const nodes = expression.items.map((item) => compileNode(item, analysis));
  let of: ValueType = nodes[0]?.type ?? t.empty;
  for (const [at, node] of nodes.entries()) {
    if (!comparable(of, node.type)) {
      report(analysis, "different-types", expression.items[at]!.span, "the items of a list are all of one kind");
      return mistaken;
    }
    if (of.kind === "integer" && node.type.kind === "number") of = node.type;
    if (node.type.kind === "optional" || node.type.kind === "unknown") of = node.type;
  }
  if (nodes.every((node) => node.constant !== undefined)) {
    const constant: readonly Value[] = Object.freeze(nodes.map((node) => node.constant!));
    return { type: t.list(of), evaluate: () => constant, constant };
  }
  return { type: t.list(of), evaluate: (values, env) => nodes.map((node) => node.evaluate(values, env)) };
}

function all(operands: readonly Node["evaluate"][]): Node["evaluate"] {
  return (values, env) => {
    for (const evaluate of operands) if (!isTrue(evaluate(values, env))) return false;
    return true;
  };
}

function any(operands: readonly Node["evaluate"][]): Node["evaluate"] {
  return (values, env) => {
    for (const evaluate of operands) if (isTrue(evaluate(values, env))) return true;
    return false;
  };
}

/** Each path once. */
export function distinct(paths: readonly Path[]): readonly Path[] {
  if (paths.length < 2) return paths;
  return [...new Map(paths.map((path) => [path.join("\n"), path])).values()];
}
