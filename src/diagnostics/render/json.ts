import type { Diagnostic } from "../diagnostic.ts";

/** One JSON object with all diagnostics and their counts, for programs. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic["severity"]) => diagnostics.filter((one) => one.severity === severity).length;
  const summary = { errors: count("error"), warnings: count("warning"), notices: count("notice") };
  return `${JSON.stringify({ diagnostics, ...summary }, null, 2)}\n`;
}
