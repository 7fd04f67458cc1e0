import { needsQuotes, type Trap, valueAt } from "./trap.ts";

/** The other signs that mean something to YAML at the start of a value: `text: & more`, `text: > really?`. */
export const specialSign: Trap = (at) => {
  const { piece, column } = valueAt(at);
  const sign = piece[0] ?? "";
  if (sign === "" || !"&?-|>,]}[{".includes(sign) || (at.entry.key === undefined && at.entry.dashes === ""))
    return undefined;
  if (sign === "-" && !/^-\s/.test(piece)) return undefined;
  if ((sign === "|" || sign === ">") && /^[|>][-+\d]*$/.test(piece)) return undefined;
  if ((sign === "[" || sign === "{") && at.problem.message.startsWith("Missing")) return undefined;
  const message = `text that begins with ${sign} needs quotes: at the beginning that sign means something else.`;
  const finding = needsQuotes(at, column, piece, "unquoted-sign", message);
  return sign === "|" || sign === ">" ? { ...finding, goesOn: false } : finding;
};
