import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** What a phase hands on: a value, or the mistakes that keep it from having one. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export const succeeded = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const failed = (...diagnostics: readonly Diagnostic[]): { ok: false; diagnostics: readonly Diagnostic[] } => ({
  ok: false,
  diagnostics,
});
