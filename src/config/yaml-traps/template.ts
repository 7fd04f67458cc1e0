import { textKeys } from "./braces-forgotten.ts";
import { needsQuotes, pieceFrom, type Trap, type TrapContext } from "./trap.ts";

const message = "text that begins with {{ or {% needs quotes: without them the braces mean something else.";

const withColon = [
  "unquoted-colon",
  "text with a colon in it needs quotes: without them the colon ends a key.",
] as const;

/** `reply: {{ user }} hi` */
export const template: Trap = (at) => {
  if (/^\{[{%]/.test(at.entry.value)) {
    return needsQuotes(at, at.entry.column, at.entry.value, "unquoted-template", message);
  }
  const inner = /([:,[{][ \t]+|\[)(\{[{%])/.exec(at.text);
  // An odd quote before it: the braces stand in a text, and something else is wrong.
  if (inner === null || at.text.slice(0, inner.index).split('"').length % 2 === 0) return undefined;
  const column = inner.index + inner[1]!.length + 1;
  const begun = textBefore(at, column);
  if (begun !== undefined) return needsQuotes(at, begun, pieceFrom(at.text, begun, at.insideFlow), ...withColon);
  return needsQuotes(at, column, pieceFrom(at.text, column, true), "unquoted-template", message);
};

/** Where the text begins in which the braces stand behind a colon: `reply: Note: {{ user }}`. */
function textBefore({ text, entry, insideFlow }: TrapContext, column: number): number | undefined {
  const start = insideFlow ? Math.max(...["{", "[", ","].map((sign) => text.lastIndexOf(sign, column - 2))) + 1 : 0;
  const [before, key, words] = insideFlow
    ? (/^\s*(\w+):\s+(?=(\S.*:\s))/.exec(text.slice(start, column - 1)) ?? [])
    : [text.slice(0, entry.column - 1), entry.key, text.slice(entry.column - 1, column - 1)];
  if (before === undefined || key === undefined || !/^[^"'{[].*:\s+$/.test(words ?? "")) return undefined;
  const isText = textKeys.test(key) ? !/^(text|to|embed):\s/.test(words!) : !/^[a-z_]+:\s/.test(words!);
  return isText ? start + before.length + 1 : undefined;
}
