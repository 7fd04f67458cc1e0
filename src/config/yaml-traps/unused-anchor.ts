import type { Scanned } from "../scan.ts";
import { type Finding, needsQuotes, pieceFrom, suspicionAt } from "./trap.ts";

/** `reply: &you there` without any `*you`: to YAML the first word is a mark and no text. */
export function unusedAnchor(scanned: Scanned, name: string, start: number, end: number): Finding {
  const at = suspicionAt(scanned, scanned.text.lastIndexOf(`&${name}`, start));
  const piece = pieceFrom(at.text, at.column, at.insideFlow);
  const message = "text that begins with & needs quotes: at the beginning that sign means something else.";
  const finding = needsQuotes(at, at.column, piece, "unquoted-sign", message);
  if (scanned.lines.at(end).line === at.line) return finding;
  const { corrected: _, ...overLines } = finding;
  return { ...overLines, hint: "put quotes around the whole text" };
}
