import type { RelatedPosition } from "../diagnostics/diagnostic.ts";

/** Every kind of mistake the language kernel can tell; the codes are stable and each has a page. */
export type ProblemCode =
  | "expression-syntax"
  | "unknown-variable"
  | "not-saved-yet"
  | "unknown-filter"
  | "different-types"
  | "wrong-filter-input"
  | "wrong-filter-argument"
  | "not-printable"
  | "template-syntax"
  | "secret-in-text"
  | "bad-duration"
  | "bad-time"
  | "bad-size"
  | "bad-rate"
  | "bad-yes-no"
  | "bad-percent"
  | "bad-name"
  | "bad-secret-reference";

/** A mistake inside one piece of text; the caller knows where in the file that text stands. */
export interface Problem {
  readonly code: ProblemCode;
  /** UTF-16 offset within the text that was compiled. */
  readonly offset: number;
  readonly length: number;
  /** For a person who does not program: what is wrong. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
  /** Another place that belongs to it. */
  readonly related?: readonly RelatedPosition[];
}

/** A value read from text, or what is wrong with the text. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** A problem about the whole of a text. */
export function wholeProblem(code: ProblemCode, source: string, message: string, hint?: string): Problem {
  return { code, offset: 0, length: source.length, message, ...(hint === undefined ? {} : { hint }) };
}
