import { lineBelow, type Trap } from "./trap.ts";

/** `- stop` with `if:` under it. */
export const bareWord: Trap = (at) => {
  if (at.problem.code !== "MULTILINE_IMPLICIT_KEY") return undefined;
  const { key, value, column, dashes, comment } = at.entry;
  const below = lineBelow(at.lines, at.line);
  if (key !== undefined || dashes === "" || !/^[a-z_]+$/.test(value) || below === 0) return undefined;
  const next = /^\s*([\w-]+):(\s|$)/.exec(at.lines.text(below));
  if (next === null) return undefined;
  return {
    code: "key-under-bare-word",
    line: at.line,
    column,
    length: value.length,
    message: `"${value}" needs a colon behind it, because "${next[1]}:" stands under it.`,
    hint: `write the colon, and "${next[1]}:" exactly under "${value}":`,
    corrected: `${at.text.slice(0, column - 1)}${value}:${comment}`,
  };
};
