import { scan } from "../../language/template/scan.ts";
import { sayWritten, truthOf } from "./expressions.ts";
import type { Telling } from "./telling.ts";

/** A text that is longer is cut: what matters is which one it is. Characters. */
const mostShown = 140;

/** What is filled in; a word that is written out stands there as it is. */
function filledIn(value: string): string {
  const [, word, ending] = /^'([^']*)'(\(s\))?$/.exec(value) ?? [];
  return word === undefined ? `‹${value}›` : `${word}${ending ?? ""}`;
}

/** A text with `{{ }}` in it: what is filled in stands between ‹ and ›, what may be missing between [ and ]. */
export function sayText(source: string, telling: Telling): string {
  let said = "";
  /** For each `if` that is open: whether it is certain which way it goes, and whether what stands here is said. */
  const open: { certain: boolean; shown: boolean }[] = [];
  for (const piece of scan(source).pieces) {
    const isShown = open.every(({ shown }) => shown);
    if (piece.kind === "text") said += isShown ? piece.text : "";
    else if (piece.kind === "output")
      said += isShown ? filledIn(sayWritten(source.slice(piece.start, piece.end), telling)) : "";
    else if (piece.name === "if") {
      const truth = truthOf(source.slice(piece.start, piece.end));
      open.push({ certain: truth !== undefined, shown: truth !== false });
      said += truth === undefined && isShown ? "[" : "";
    } else if (piece.name === "else" || piece.name === "elsif") {
      const last = open.at(-1);
      if (last?.certain === true) last.shown = !last.shown;
      else said += isShown ? " / " : "";
    } else if (piece.name === "endif") {
      const last = open.pop();
      said += last?.certain === false && open.every(({ shown }) => shown) ? "]" : "";
    } else said += isShown ? "…" : "";
  }
  const line = said.replaceAll("**", "").replace(/\s+/g, " ").trim();
  return line.length <= mostShown ? line : `${line.slice(0, mostShown - 1)}…`;
}
