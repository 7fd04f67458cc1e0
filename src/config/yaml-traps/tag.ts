import { replaced, type Trap, valueAt } from "./trap.ts";

/** `id: !!str 007` */
export const tag: Trap = (at) => {
  const { piece, column } = valueAt(at);
  const match = /^(!![\w:.-]*|!<[^>]*>)[ \t]*/.exec(piece);
  if (match === null) return undefined;
  const text = piece.slice(match[0].length);
  const finding = {
    code: "yaml-tag" as const,
    line: at.line,
    column,
    length: match[1]!.length,
    goesOn: true,
    message: `types such as ${match[1]} are not used in this file.`,
  };
  if (text === "" || /^["'[{|>&*]/.test(text)) {
    return { ...finding, hint: "leave it out:", corrected: replaced(at.text, column, match[0].length, "") };
  }
  const quote = match[1] === "!!str" ? `"${text}"` : text;
  return { ...finding, hint: "leave it out:", corrected: replaced(at.text, column, piece.length, quote) };
};
