/**
 * The candidate that somebody who wrote `word` most likely meant, or undefined where none is near.
 * Letters swapped and upper case cost little, a missing end ("mod" for "moderation") is accepted from three letters on.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word === "" || word.length > 100) return undefined;
  const lower = word.toLowerCase();
  let best: string | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const cost = costOf(lower, candidate.toLowerCase());
    if (cost !== undefined && cost < bestCost) {
      best = candidate;
      bestCost = cost;
    }
  }
  return best;
}

function costOf(word: string, candidate: string): number | undefined {
  if (word === candidate) return 0;
  const fold = (text: string) => text.replace(/[\s_-]/g, "");
  if (fold(word) === fold(candidate)) return 0.1;
  const longer = Math.max(word.length, candidate.length);
  // Half of a short word being wrong is no longer the same word.
  const allowed = longer <= 2 ? 0.75 : longer <= 4 ? 1 : longer <= 7 ? 2 : 3;
  if (Math.abs(word.length - candidate.length) <= allowed) {
    const distance = editDistance(word, candidate);
    if (distance <= allowed) return distance - (word[0] === candidate[0] ? 0.1 : 0);
  }
  if (word.length >= 3 && candidate.startsWith(word)) return 3.5 + candidate.length / 1000;
  if (candidate.length >= 4 && word.startsWith(candidate)) return 4 - candidate.length / 1000;
  return undefined;
}

/** Optimal string alignment: insertions, deletions and replacements cost 1, two letters swapped 0.75. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped && !same) cost = Math.min(cost, beforeLast[column - 2]! + 0.75);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
