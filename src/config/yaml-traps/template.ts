import { needsQuotes, pieceFrom, type Trap } from "./trap.ts";

const message = "text that begins with {{ or {% needs quotes: without them the braces mean something else.";

/** `reply: {{ user }} hi` */
export const template: Trap = (at) => {
  if (/^\{[{%]/.test(at.entry.value)) {
    return needsQuotes(at, at.entry.column, at.entry.value, "unquoted-template", message);
  }
  const inner = /([:,[{][ \t]+|\[)(\{[{%])/.exec(at.text);
  // An odd quote before it: the braces stand in a text, and something else is wrong.
  if (inner === null || at.text.slice(0, inner.index).split('"').length % 2 === 0) return undefined;
  const column = inner.index + inner[1]!.length + 1;
  return needsQuotes(at, column, pieceFrom(at.text, column, true), "unquoted-template", message);
};
