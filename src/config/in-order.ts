import { type Diagnostic, hasErrors, noticeAt } from "../diagnostics/diagnostic.ts";
import { type Allowance, idleAllowances, withoutAllowed } from "./allowances.ts";

/** Most diagnostics shown for one file. */
const maxDiagnostics = 100;

const weight = { error: 0, warning: 1, notice: 2 } as const;

function worthTelling(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return hasErrors(diagnostics) ? diagnostics.filter(({ severity }) => severity !== "notice") : diagnostics;
}

/**
 * Diagnostics by place, each place told once, without what the comments of the files allow, cut where nobody would read
 * on. Beside errors no notices are told.
 */
export function inOrder(
  diagnostics: readonly Diagnostic[],
  allowances: readonly Allowance[] = [],
): readonly Diagnostic[] {
  const wanted = [...withoutAllowed(worthTelling(diagnostics), allowances), ...idleAllowances(diagnostics, allowances)];
  const sorted = wanted.sort(
    (a, b) =>
      compareNames(a.file, b.file) || a.line - b.line || a.column - b.column || weight[a.severity] - weight[b.severity],
  );
  const seen = new Set<string>();
  const told = sorted.filter((one) => {
    const place = `${one.file}:${one.line}:${one.column} ${one.severity === "error" ? "" : one.message}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
  if (told.length <= maxDiagnostics) return told;
  const errors = told.filter((one) => one.severity === "error");
  const kept = (errors.length > maxDiagnostics ? errors : told).slice(0, maxDiagnostics);
  const rest = told.length - kept.length;
  const message = `${rest} more mistakes are not shown. Correct these first.`;
  return [...kept, noticeAt(kept.at(-1)!, { code: "too-many-mistakes", message })];
}

/** By character codes: what a language puts in order costs milliseconds to load. */
function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
