import { needsQuotes, type Trap, valueAt } from "./trap.ts";

/** `to: @ada` */
export const atSign: Trap = (at) => {
  const { piece, column } = valueAt(at);
  const message = "text that begins with @ needs quotes: YAML keeps that sign for itself.";
  return piece.startsWith("@") ? needsQuotes(at, column, piece, "unquoted-at", message) : undefined;
};
