import { replaced, type Trap } from "./trap.ts";

/** `commands：`, with the wide colon of other keyboards. */
export const wideColon: Trap = (at) => {
  const found = /^(\s*(?:- +)*[A-Za-z_][\w-]*)：\s*/.exec(at.text);
  if (found === null) return undefined;
  const column = found[1]!.length + 1;
  const behind = at.text.slice(found[0].length) === "" ? ":" : ": ";
  return {
    code: "missing-colon",
    line: at.line,
    column,
    length: 1,
    message: "this is a wide colon, as other keyboards write it, and no key ends with it.",
    hint: "write:",
    corrected: replaced(at.text, column, found[0].length - found[1]!.length, behind),
    goesOn: true,
  };
};
