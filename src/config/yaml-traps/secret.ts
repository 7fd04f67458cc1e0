import { needsQuotes, pieceFrom, type Trap } from "./trap.ts";

/** `{ token: ${X} }` */
export const secret: Trap = (at) => {
  const found = /([:,[{][ \t]+|\[)([^\s"',[\]{}][^"',[\]{}]*)?\$\{/.exec(at.text);
  if (!at.insideFlow || found === null) return undefined;
  const column = found.index + found[1]!.length + 1;
  const message = "inside { } and [ ] a ${NAME} needs quotes: without them YAML takes its braces for its own.";
  return needsQuotes(at, column, pieceFrom(at.text, column, true), "unquoted-secret", message);
};
