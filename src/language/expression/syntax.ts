/** The syntax tree of an expression. Offsets are UTF-16 offsets within the whole source. */
import type { Value } from "../values.ts";

export interface Span {
  readonly offset: number;
  readonly length: number;
}

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "in";

export type PathStep = { readonly kind: "field"; readonly name: string; readonly span: Span } | IndexStep;

export interface IndexStep {
  readonly kind: "index";
  /** Counted from 0; below zero from the end. */
  readonly index: number;
  readonly span: Span;
}

export interface FilterCall {
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expression[];
}

export type Expression =
  | {
      readonly kind: "literal";
      readonly type: "text" | "number" | "integer" | "boolean" | "duration" | "empty";
      readonly value: Value;
      readonly span: Span;
    }
  | { readonly kind: "list"; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: "path"; readonly root: string; readonly steps: readonly PathStep[]; readonly span: Span }
  | { readonly kind: "not"; readonly operand: Expression; readonly span: Span }
  | { readonly kind: "and" | "or"; readonly operands: readonly Expression[]; readonly span: Span }
  | {
      readonly kind: "compare";
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | { readonly kind: "filter"; readonly input: Expression; readonly call: FilterCall; readonly span: Span };

/** From the start of one to the end of the other. */
export function spanFrom(first: Span, last: Span): Span {
  return { offset: first.offset, length: last.offset + last.length - first.offset };
}
