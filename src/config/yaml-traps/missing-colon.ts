import { entryOf, lineAbove, type Trap } from "./trap.ts";

/** `b:2`, or a key without any colon. */
export const missingColon: Trap = (at) => {
  if (!/MULTILINE_IMPLICIT_KEY|MISSING_CHAR/.test(at.problem.code) || at.insideFlow) return undefined;
  const { key, value, column, dashes } = at.entry;
  if (key !== undefined || value === "" || dashes !== "") return undefined;
  const above = entryOf(at.lines.text(lineAbove(at.lines, at.line)));
  if (above.key !== undefined && /^[|>][+-]?$/.test(above.value)) {
    return {
      code: "bad-indentation",
      line: at.line,
      column,
      length: value.length,
      message: `this text belongs to "${above.key}", but does not begin further in.`,
      hint: "begin it, and the lines of text below it, two spaces further in:",
      corrected: `${above.indent}${" ".repeat(above.dashes.length + 2)}${value}`,
    };
  }
  const joined = /^([A-Za-z_][\w-]*):(?=\S)/.exec(value);
  if (joined !== null) {
    const name = joined[1]!;
    return {
      code: "missing-space",
      line: at.line,
      column: column + name.length,
      length: 1,
      message: `a space is missing behind "${name}:".`,
      hint: "write:",
      goesOn: true,
      corrected: `${at.text.slice(0, column - 1)}${name}: ${at.text.slice(column + name.length)}`,
    };
  }
  const word = /^[A-Za-z_][\w-]*$/.test(value);
  const finding = {
    code: "missing-colon" as const,
    line: at.line,
    column,
    length: value.length,
    message: word
      ? `a colon is missing behind "${value}".`
      : 'this line has no key: every line here reads "key: value".',
  };
  return word ? { ...finding, hint: "write:", corrected: `${at.text.slice(0, column - 1)}${value}:` } : finding;
};
