import { Composer, type Document, type ParsedNode } from "yaml";
import { type Diagnostic, errorAt } from "../diagnostics/diagnostic.ts";
import { type Scanned, scan } from "./scan.ts";
import { explain } from "./yaml-traps/index.ts";
import { tabWidth, withoutTabs } from "./yaml-traps/tab.ts";
import { contextAt, type Finding, type TrapContext } from "./yaml-traps/trap.ts";

/** Mistakes of syntax told at once; a file with more is looked at again when these are gone. */
const maxFindings = 20;
/** Characters read again while mistakes are looked for behind the first: keeps a large file within a second. */
const maxRepeatedChars = 500_000;
/** Characters of a file that is read again no more than once, because a reading of it may take a third of a second. */
const largeFile = 150_000;

/** A file as YAML nodes, with the mistakes found on the way. */
export interface Composed {
  /** What the nodes were made of: the file, with the lines of `diagnostics` put right. */
  readonly scanned: Scanned;
  /** Absent when the rest of the file could not be understood. */
  readonly document?: Document.Parsed<ParsedNode>;
  readonly diagnostics: readonly Diagnostic[];
  /** Lines that were put right, about which nothing more is to be said. */
  readonly repaired: ReadonlySet<number>;
}

/**
 * Reads tokens as YAML. At a mistake the line is put right in memory and the rest read again, so that each mistake is
 * told once and none hides the next.
 */
export function compose(scanned: Scanned): Composed {
  const diagnostics: Diagnostic[] = [];
  const repaired = new Set<number>();
  let current = scanned;
  const { length } = scanned.text;
  let budget = length > largeFile && length <= maxRepeatedChars ? length : maxRepeatedChars;
  while (true) {
    const { document, problem } = read(current);
    if (problem === undefined) return { scanned: current, document, diagnostics, repaired };
    const finding = explain(contextAt(current, problem));
    const corrected = finding.goesOn ? finding.corrected : undefined;
    const again = repaired.has(finding.line);
    // How wide a tab was meant to be is a guess: a line that does not line up beside one may be right.
    const guessed = !again && corrected === undefined && diagnostics.some(({ code }) => code === "tab-indentation");
    if (guessed) return { scanned: current, diagnostics, repaired };
    if (!again) diagnostics.push(diagnosticOf(scanned.file, finding));
    budget -= length;
    if (again || corrected === undefined || budget < 0 || diagnostics.length >= maxFindings) {
      return { scanned: current, diagnostics, repaired };
    }
    const next = scan({ file: scanned.file, text: repairedText(current, finding, corrected, repaired) });
    if (!next.ok) return { scanned: current, diagnostics, repaired };
    current = next.value;
  }
}

/** Makes a diagnostic of a trap's finding. */
export function diagnosticOf(file: string, finding: Finding): Diagnostic {
  const { line, column, length, goesOn: _, ...text } = finding;
  return errorAt({ file, line, column, length: Math.max(1, length) }, text);
}

type Problem = TrapContext["problem"];

function read(scanned: Scanned): { document?: Document.Parsed<ParsedNode>; problem?: Problem } {
  if (scanned.tooDeep !== undefined) {
    return { problem: { code: "BLOCK_AS_IMPLICIT_KEY", message: "", offset: scanned.secondKeys[0]! } };
  }
  const limit = Error.stackTraceLimit;
  // The library makes an Error for each problem, and a hostile file has hundreds of thousands.
  Error.stackTraceLimit = 0;
  try {
    const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, merge: false, logLevel: "silent" });
    const [document] = composer.compose(scanned.tokens, true, scanned.text.length);
    if (document === undefined) return {};
    let first: Problem | undefined;
    for (const error of document.errors) {
      if (first === undefined || error.pos[0] < first.offset) {
        first = { code: error.code, message: error.message, offset: error.pos[0] };
      }
    }
    return first === undefined ? { document: document as Document.Parsed<ParsedNode> } : { problem: first };
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function repairedText(scanned: Scanned, finding: Finding, corrected: string, repaired: Set<number>): string {
  const lines = scanned.text.split("\n");
  lines[finding.line - 1] = corrected;
  repaired.add(finding.line);
  if (finding.code === "tab-indentation") {
    const width = tabWidth(scanned.lines, finding.line);
    for (const [index, text] of lines.entries()) {
      if (!/^ *\t/.test(text)) continue;
      lines[index] = withoutTabs(text, width);
      repaired.add(index + 1);
    }
  }
  return lines.join("\n");
}
