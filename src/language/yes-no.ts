import { type Parsed, wholeProblem } from "./problem.ts";

const words: Record<string, boolean> = { yes: true, on: true, true: true, no: false, off: false, false: false };

/** Reads yes, no, on, off, true or false, in any case. */
export function parseYesNo(source: string): Parsed<boolean> {
  const word = source.trim().toLowerCase();
  if (Object.hasOwn(words, word)) return { ok: true, value: words[word]! };
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  return {
    ok: false,
    problem: wholeProblem("bad-yes-no", source, `"${shown}" is neither yes nor no`, hintFor(word)),
  };
}

/** Other words for it, and those of other languages. */
function hintFor(word: string): string {
  if (/^(y|yep|1|enabled?|always|ja|oui|sí|si|sim|tak|evet|да)$/.test(word)) return "write yes";
  return /^(n|nope|0|disabled?|never|nein|non|não|nee|nie|hayır|нет)$/.test(word) ? "write no" : "write yes or no";
}
