import type { Filters } from "../filters/index.ts";
import type { Problem, ProblemCode } from "../problem.ts";
import type { Path, Scope, UnsureRead, ValueType } from "../types.ts";
import type { Env, Value, Values } from "../values.ts";
import type { Span } from "./syntax.ts";

/** A checked and compiled part of an expression. */
export interface Node {
  readonly type: ValueType;
  readonly evaluate: (values: Values, env: Env) => Value;
  /** The value of a literal. */
  readonly constant?: Value;
}

/** What checking one expression needs and collects. */
export interface Analysis {
  readonly source: string;
  readonly scope: Scope;
  readonly filters: Filters;
  /** Where the variables of loops come from: `x` in `for x in options.people` is `options.people.*`. */
  readonly aliases: ReadonlyMap<string, Path>;
  readonly problems: Problem[];
  readonly reads: Path[];
  readonly unsure: UnsureRead[];
}

export function report(analysis: Analysis, code: ProblemCode, span: Span, message: string, hint?: string): void {
  const { offset, length } = span;
  analysis.problems.push({
    code,
    offset,
    length: Math.max(1, length),
    message,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** What was written there, shortened for a message. */
export function quoted(analysis: Analysis, span: Span): string {
  const text = analysis.source.slice(span.offset, span.offset + span.length);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Stands where a mistake was reported, so that one mistake gives one message. */
export const mistaken: Node = { type: { kind: "unknown" }, evaluate: () => null };
