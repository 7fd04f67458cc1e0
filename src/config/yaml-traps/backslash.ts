import { lastBefore, replaced, type Trap } from "./trap.ts";

/** `matches: "\d+"` */
export const backslash: Trap = (at) => {
  if (at.problem.code !== "BAD_DQ_ESCAPE") return undefined;
  const scalar = lastBefore(at.scanned.quoted, at.problem.offset);
  const found = at.text.slice(at.column - 1, at.column + 1);
  const finding = {
    code: "backslash-in-quotes" as const,
    line: at.line,
    column: at.column,
    length: 2,
    goesOn: true,
    message: `between double quotes a backslash has a meaning of its own, and "${found}" has none.`,
  };
  if (scalar === undefined || scalar.source.includes("\n")) {
    return { ...finding, corrected: replaced(at.text, at.column, 1, "\\\\"), hint: "write the backslash twice:" };
  }
  const inside = scalar.source.slice(1, -1);
  const column = at.scanned.lines.at(scalar.offset).column;
  if (/\\[nrt]/.test(inside)) {
    const doubled = `"${inside.replace(/\\(?:[nrt"\\]|)/g, (found) => (found === "\\" ? "\\\\" : found))}"`;
    const corrected = replaced(at.text, column, scalar.source.length, doubled);
    return { ...finding, corrected, hint: "write the backslash twice:" };
  }
  const single = `'${inside.replace(/\\(["\\])/g, "$1").replaceAll("'", "''")}'`;
  const corrected = replaced(at.text, column, scalar.source.length, single);
  return { ...finding, corrected, hint: "put single quotes around it:" };
};
