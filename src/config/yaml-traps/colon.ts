import { conditionMeant } from "../condition-meant.ts";
import { bracesForgotten, whoInBraces } from "./braces-forgotten.ts";
import { withoutCurlyQuotes } from "./curly-quotes.ts";
import { needsQuotes, quoted, replaced, type Trap, valueAt } from "./trap.ts";

const withColon = (name: string, value: string | undefined): string => `${name}: ${value ?? "yes"}`;

/** `now < (data.ends | plus: 2d)`: an expression, not a condition by its name. */
const isComparison = /\s[<>]=?\s|\s[=!]=\s|\|\s*[a-z_]+:/;

/** `reply: Note: be kind`, and `do: reply: Hello`, whose cure is a line of its own. */
export const colon: Trap = (at) => {
  const { piece, column } = valueAt(at);
  const closedFlow = at.insideFlow && !at.scanned.unclosed.some((mark) => mark.offset < at.problem.offset);
  const keyed = closedFlow || (at.entry.key !== undefined && at.problem.code === "BLOCK_AS_IMPLICIT_KEY");
  if (!keyed || /^["'[{]/.test(piece) || !/:(\s|$)/.test(piece)) return undefined;
  const meant =
    at.insideFlow || isComparison.test(piece) || !/^(if|not)$/.test(at.entry.key ?? "")
      ? undefined
      : conditionMeant(piece, withColon);
  if (meant !== undefined) {
    const corrected = replaced(at.text, column, piece.length, meant);
    const message = "a condition with a colon in it stands in braces, or alone on the next line, further in.";
    const { line } = at;
    return {
      code: "unquoted-colon",
      line,
      column,
      length: piece.length,
      message,
      hint: "write:",
      corrected,
      goesOn: true,
    };
  }
  if (!at.insideFlow && /^(do|else|on_error)$/.test(at.entry.key ?? "") && /^[a-z_]+:\s/.test(piece)) {
    const message = 'each action is an item of a list and begins with "- ".';
    const hint = `write below it, two spaces further in: - ${piece}`;
    return { code: "action-without-dash", line: at.line, column, length: piece.length, message, hint };
  }
  const braces = whoInBraces(at, column, piece) ?? bracesForgotten(at, column, piece);
  if (braces !== undefined) return braces;
  const straight = withoutCurlyQuotes(piece);
  if (straight !== piece) {
    const message = `${piece[0]} and ${piece.at(-1)} are letters like others here, and text with a colon in it needs quotes.`;
    const corrected = replaced(at.text, column, piece.length, quoted(straight));
    return { ...needsQuotes(at, column, piece, "curly-quotes", message), hint: "write straight quotes:", corrected };
  }
  const message = "text with a colon in it needs quotes: without them the colon ends a key.";
  return needsQuotes(at, column, piece, "unquoted-colon", message);
};
