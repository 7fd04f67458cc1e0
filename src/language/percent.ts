import { type Parsed, wholeProblem } from "./problem.ts";

/** Reads `10%`, or `0.1`, as a share from 0 to 1. A bare number above 1 is meant as percent; a bare 1 could be either. */
export function parsePercent(source: string): Parsed<number> {
  const text = source.trim();
  const bad = (message: string, hint: string): Parsed<number> => ({
    ok: false,
    problem: wholeProblem("bad-percent", source, message, hint),
  });
  const match = /^(\d{1,9}(?:\.\d{1,9})?)\s*(%?)$/.exec(text);
  if (match === null) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    return bad(text === "" ? "the percentage is empty" : `"${shown}" is not a percentage`, "write for example 10%");
  }
  const number = Number(match[1]);
  const isPercent = match[2] === "%";
  if (number > 100) return bad(`${number}% is more than everything`, "write a percentage from 0% to 100%");
  if (number === 1 && !isPercent) return bad('"1" may mean 1% or 100%', "write 1% or 100%");
  return { ok: true, value: isPercent || number > 1 ? number / 100 : number };
}
