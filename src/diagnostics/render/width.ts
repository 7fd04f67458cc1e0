/** A tab is shown as an arrow, so that it can be told from spaces, and is as wide everywhere. */
const tab = "→ ";

/** Spaces that look like any other, as web pages have them. */
const strangeSpace = /^[\u00a0\u2000-\u200a\u202f\u3000]/;

/** Made with the first line that needs it: it costs more than all else that is loaded here. */
let segmenter: Intl.Segmenter | undefined;

/** Ranges that terminals draw two columns wide: East Asian wide and fullwidth characters (Unicode, UAX #11). */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[0-9#*]\ufe0f\u20e3|\p{Regional_Indicator}{2})/u;

const invisible = /^[\p{Control}\p{Format}\p{Mark}]/u;

/** One character as a person sees it: what to print, and how many terminal columns it takes. */
export interface Cell {
  readonly text: string;
  readonly columns: number;
  /** Where it begins in the line, in UTF-16 units from 0. */
  readonly offset: number;
}

/** Splits a line into what a terminal shows; tabs, strange spaces and control characters become visible. */
export function cells(line: string): Cell[] {
  if (/^[\x20-\x7e]*$/.test(line)) return Array.from(line, (text, offset) => ({ text, columns: 1, offset }));
  const result: Cell[] = [];
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment, index } of segmenter.segment(line)) {
    if (segment === "\t") result.push({ text: tab, columns: tab.length, offset: index });
    else if (strangeSpace.test(segment)) result.push({ text: "·", columns: 1, offset: index });
    else if (/^[\x00-\x1f\x7f-\x9f]/.test(segment)) result.push({ text: "\ufffd", columns: 1, offset: index });
    else if (invisible.test(segment)) result.push({ text: segment, columns: 0, offset: index });
    else result.push({ text: segment, columns: wide.test(segment) || emoji.test(segment) ? 2 : 1, offset: index });
  }
  return result;
}
