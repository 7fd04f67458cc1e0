import { needsQuotes, pieceFrom, type Trap } from "./trap.ts";

/** `{ token: ${X} }` */
export const secret: Trap = (at) => {
  if (!at.insideFlow) return undefined;
  for (let dollar = at.text.indexOf("${"); dollar !== -1; dollar = at.text.indexOf("${", dollar + 1)) {
    const before = /(?:[:,[{][ \t]+|\[)([^"'\s,[\]{}][^"',[\]{}:]*)?$/.exec(at.text.slice(0, dollar));
    if (before === null) continue;
    const column = dollar - (before[1]?.length ?? 0) + 1;
    const message = "inside { } and [ ] a ${NAME} needs quotes: without them its braces mean something else.";
    return needsQuotes(at, column, pieceFrom(at.text, column, true), "unquoted-secret", message);
  }
  return undefined;
};
