import { namesRole, needsQuotes, type Trap, valueAt, withoutSign } from "./trap.ts";

/** `text: @ada`, `role: @Moderator` */
export const atSign: Trap = (at) => {
  const { piece, column } = valueAt(at);
  if (!piece.startsWith("@")) return undefined;
  if (namesRole(at.text, column)) return withoutSign(at, column, piece, "unquoted-at");
  const message = "text that begins with @ needs quotes: at the beginning that sign means something else.";
  return needsQuotes(at, column, piece, "unquoted-at", message);
};
