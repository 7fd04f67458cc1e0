import { codeEntry } from "../codes.ts";
import type { Diagnostic, Position, Severity } from "../diagnostic.ts";
import { indexLines, type LineIndex } from "../lines.ts";
import { withoutTokens } from "../tokens.ts";
import { type Cell, cells } from "./width.ts";

/** The colours of a terminal, as picocolors makes them. */
export interface Colors {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly green: (text: string) => string;
}

export interface PrettyOptions {
  /** The text of a file by the name that diagnostics use; undefined where it cannot be shown. */
  readonly sourceOf: (file: string) => string | undefined;
  /** Left out: no colours. */
  readonly colors?: Colors;
  /** Columns of a source line shown before it is cut around the mistake; 100 when left out. */
  readonly width?: number;
}

const noColors: Colors = {
  bold: String,
  dim: String,
  red: String,
  yellow: String,
  cyan: String,
  green: String,
};

const cut = "…";

/** Shows diagnostics with the line they are about and a caret under the mistake, for people at a terminal. */
export function renderPretty(diagnostics: readonly Diagnostic[], options: PrettyOptions): string {
  const colors = options.colors ?? noColors;
  const width = options.width ?? 100;
  const sources = new Map<string, LineIndex | undefined>();

  function linesOf(file: string): LineIndex | undefined {
    if (!sources.has(file)) {
      const text = options.sourceOf(file);
      sources.set(file, text === undefined ? undefined : indexLines(withoutSecrets(text, file, diagnostics)));
    }
    return sources.get(file);
  }

  function frame(at: Position, gutter: number, message: string, color: (text: string) => string): string[] {
    const lines = linesOf(at.file);
    const bar = colors.dim(`${" ".repeat(gutter)} |`);
    if (lines === undefined || at.line > lines.count || lines.text(at.line).trim() === "") {
      return [bar, `${bar} ${message}`, bar];
    }
    const shown = cutAround(withoutTokens(lines.text(at.line)), at.column - 1, at.length, width);
    const source = `${colors.dim(`${String(at.line).padStart(gutter)} |`)} ${shown.text}`.trimEnd();
    const caret = `${" ".repeat(shown.before)}${color("^".repeat(shown.marked))} ${message}`;
    return [bar, source, `${bar} ${caret}`, bar];
  }

  function render(diagnostic: Diagnostic): string {
    const color = severityColor(diagnostic.severity, colors);
    const related = diagnostic.related ?? [];
    const gutter = String(Math.max(diagnostic.line, ...related.map((other) => other.line))).length;
    const note = (name: string, text: string) => `${" ".repeat(gutter)} ${colors.dim("=")} ${name}${text}`;
    const place = `${diagnostic.file}:${diagnostic.line}:${diagnostic.column}`;
    const out = [`${colors.bold(place)}  ${color(diagnostic.severity)}  ${diagnostic.code}`];
    out.push(...frame(diagnostic, gutter, withoutTokens(diagnostic.message), color));
    for (const other of related) {
      if (other.file !== diagnostic.file) out.push(note("also: ", `${other.file}:${other.line}:${other.column}`));
      out.push(...frame(other, gutter, other.message, colors.cyan).slice(1));
    }
    if (diagnostic.hint !== undefined) out.push(note("", diagnostic.hint));
    if (diagnostic.corrected !== undefined) {
      // Whole where it can be copied; nobody copies what fills a screen.
      const corrected = cutAround(withoutTokens(diagnostic.corrected), diagnostic.column - 1, 1, 10 * width).text;
      out.push(`${colors.dim(`${String(diagnostic.line).padStart(gutter)} |`)} ${colors.green(corrected)}`);
    }
    const page = diagnostic.see ?? codeEntry(diagnostic.code).see ?? diagnostic.code;
    out.push(note("see: ", `botctl explain ${page}`));
    return `${out.join("\n")}\n`;
  }

  return diagnostics.map(render).join("\n");
}

/** What a warning takes for a secret is not shown, whether or not it looks like one. */
function withoutSecrets(text: string, file: string, diagnostics: readonly Diagnostic[]): string {
  const secrets = diagnostics.filter((one) => one.code === "inline-secret" && one.file === file);
  if (secrets.length === 0) return text;
  const lines = text.split("\n");
  for (const { line, column, length } of secrets) {
    const shown = lines[line - 1] ?? "";
    lines[line - 1] = `${shown.slice(0, column - 1)}${"*".repeat(length)}${shown.slice(column - 1 + length)}`;
  }
  return lines.join("\n");
}

function severityColor(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === "error") return colors.red;
  return severity === "warning" ? colors.yellow : colors.cyan;
}

/** A line as it is shown: the columns before the mark and under it, cut where the whole line is too long. */
function cutAround(line: string, offset: number, length: number, width: number) {
  const all = cells(line);
  const columnsBefore = (index: number) => all.slice(0, index).reduce((sum, cell) => sum + cell.columns, 0);
  const found = all.findIndex((cell, index) => (all[index + 1]?.offset ?? line.length) > offset && cell.columns > 0);
  const first = offset >= line.length || found === -1 ? all.length : found;
  let behind = first;
  while (behind < all.length && all[behind]!.offset < offset + length) behind++;
  const total = columnsBefore(all.length);
  if (total <= width) {
    const before = columnsBefore(first);
    return { text: join(all), before, marked: Math.max(1, columnsBefore(behind) - before) };
  }
  const markedFrom = columnsBefore(first);
  const from = Math.max(0, Math.min(markedFrom - Math.floor(width / 3), total - width));
  let start = 0;
  while (columnsBefore(start) < from) start++;
  let end = start;
  for (let used = 0; end < all.length && used + all[end]!.columns <= width; end++) used += all[end]!.columns;
  const left = start > 0 ? cut : "";
  const right = end < all.length ? cut : "";
  const before = left.length + columnsBefore(first) - columnsBefore(start);
  const marked = columnsBefore(Math.min(behind, end)) - columnsBefore(first);
  return { text: `${left}${join(all.slice(start, end))}${right}`, before, marked: Math.max(1, marked) };
}

function join(shown: readonly Cell[]): string {
  return shown.map((cell) => cell.text).join("");
}
