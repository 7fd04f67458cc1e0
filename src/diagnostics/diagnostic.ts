import type { Code } from "./codes.ts";

export type Severity = "error" | "warning" | "notice";

/** A place in a file. Lines and columns count from 1; columns and lengths count UTF-16 units, as editors do. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The pack that this place brought in: what is wrong is written in the pack, and shown at what the file says of it. */
  readonly pack?: string;
}

/** Another place that belongs to the same mistake, such as the first of two equal names. */
export interface RelatedPosition extends Position {
  readonly message: string;
}

/** One mistake of the user, told at its place: a value that is handed back, never thrown. */
export interface Diagnostic extends Position {
  readonly code: Code;
  readonly severity: Severity;
  /** One or two plain sentences, beginning in lower case because they stand behind the caret. */
  readonly message: string;
  /** What to do instead, when the message does not already say it. */
  readonly hint?: string;
  /** The line as it should read, with its indentation. */
  readonly corrected?: string;
  readonly related?: readonly RelatedPosition[];
  /** The page that `botctl explain` shows for it, where the code's own page is not the best one. */
  readonly see?: string;
  /**
   * For a warning that `validate` accepts and `run` refuses, such as a secret that is not set on this machine.
   */
  readonly blocksRun?: true;
}

/** What of a diagnostic is not its place. */
export type DiagnosticText = Omit<Diagnostic, keyof Position | "severity">;

/** Makes an error at a place. */
export function errorAt(at: Position, text: DiagnosticText): Diagnostic {
  return diagnosticAt("error", at, text);
}

/** Makes a warning at a place. */
export function warningAt(at: Position, text: DiagnosticText): Diagnostic {
  return diagnosticAt("warning", at, text);
}

/** Makes a notice at a place. */
export function noticeAt(at: Position, text: DiagnosticText): Diagnostic {
  return diagnosticAt("notice", at, text);
}

function diagnosticAt(severity: Severity, at: Position, text: DiagnosticText): Diagnostic {
  const { file, line, column, length, pack } = at;
  const message = pack === undefined ? text.message : `in the pack ${pack}: ${text.message}`;
  return { file, line, column, length, severity, ...text, message };
}

/** Whether the file may not be used at all; warnings and notices let it through. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
