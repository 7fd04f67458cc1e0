/**
 * Letters, digits and the marks that belong to them, in any script. Marks count because in many scripts vowels are marks,
 * so that a word must not end before one.
 */
const partOfWord = /[\p{L}\p{N}\p{M}]/u;

/** Whether `word` stands in `text` with nothing of another word touching it. */
export function hasWholeWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (standsAlone(text, at, at + word.length)) return true;
  return false;
}

/** Whether a stretch of a text begins and ends where a word does. */
export function standsAlone(text: string, from: number, to: number): boolean {
  return !cutsWord(text, from) && !cutsWord(text, to);
}

/** Whether a word goes on across this offset. */
function cutsWord(text: string, at: number): boolean {
  return partOfWord.test(characterBefore(text, at)) && partOfWord.test(characterAt(text, at));
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

function characterBefore(text: string, at: number): string {
  const isPair = at >= 2 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 2, at));
  return text.slice(Math.max(0, at - (isPair ? 2 : 1)), at);
}
