/** The lines of a text, for turning offsets into lines and columns. Both count from 1. */
export interface LineIndex {
  readonly count: number;
  /** The characters of a line without its line break; empty beyond the end. */
  text(line: number): string;
  /** Where a line starts in the text, in UTF-16 units. */
  start(line: number): number;
  at(offset: number): { line: number; column: number };
}

/** Indexes a text once; each question is then a binary search. */
export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const start = (line: number) => starts[line - 1] ?? text.length;
  return {
    count: starts.length,
    start,
    text(line) {
      const from = start(line);
      const end = text.indexOf("\n", from);
      const whole = text.slice(from, end === -1 ? undefined : end);
      return whole.endsWith("\r") ? whole.slice(0, -1) : whole;
    },
    at(offset) {
      const wanted = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= wanted) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: wanted - starts[low]! + 1 };
    },
  };
}
