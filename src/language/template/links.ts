import type { Problem } from "../problem.ts";
import { isEscaped } from "./scan.ts";

/** Links that lead nowhere: an address needs https:// before it. */
export function linkProblems(source: string): Problem[] {
  const problems: Problem[] = [];
  if (!source.includes("](")) return problems;
  for (const match of source.matchAll(/\]\(((?!https?:\/\/)(?:[\w-]+\.)+[a-z]{2,}(?:\/[^\s)]*)?|[a-z]+:[^\s)]+)\)/gi)) {
    const url = match[1]!;
    if (/^https?:\/\//i.test(url) || isEscaped(source, match.index)) continue;
    const isAddress = !/^[a-z]+:/i.test(url);
    problems.push({
      code: "template-syntax",
      offset: match.index + 2,
      length: url.length,
      message: isAddress ? `"${url}" is not a whole address` : `a link cannot lead to "${url}"`,
      hint: isAddress ? `write https://${url}` : "a link begins with https://",
    });
  }
  return problems;
}
