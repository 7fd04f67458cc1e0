import type { Diagnostic } from "../diagnostic.ts";

/** Workflow commands that GitHub Actions shows beside the changed lines ("Workflow commands for GitHub Actions"). */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${command(diagnostic)}\n`).join("");
}

function command(diagnostic: Diagnostic): string {
  const properties: Record<string, string | number> = {
    file: diagnostic.file,
    line: diagnostic.line,
    col: diagnostic.column,
    endColumn: diagnostic.column + Math.max(1, diagnostic.length),
    title: diagnostic.code,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const hint = diagnostic.hint === undefined ? "" : `\n${diagnostic.hint}`;
  const corrected = diagnostic.corrected === undefined ? "" : `\n${diagnostic.corrected}`;
  return `::${diagnostic.severity} ${list.join(",")}::${escapeData(`${diagnostic.message}${hint}${corrected}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
