import type { KeyRow } from "../../config/json-schema/keys.ts";

/** Columns of a line. */
const width = 100;

/**
 * Keys with what they mean, indented as they are written in the file: what stands in another key further in, the first
 * key of an item behind a dash.
 * @param above - the path that the rows stand under, which is not shown
 */
export function keyTree(rows: readonly KeyRow[], above: string): string {
  const out: string[] = [];
  let shown: readonly string[] = [];
  for (const { path, about, written } of rows) {
    const steps = stepsOf(path.slice(above.length));
    let dash = false;
    let indent = "  ";
    for (const [at, step] of steps.entries()) {
      const isNew = shown[at] !== step || shown.slice(0, at).join() !== steps.slice(0, at).join();
      if (step === "[]") dash = isNew;
      else {
        const start = dash ? `${indent.slice(2)}- ` : indent;
        if (at === steps.length - 1) out.push(wrapped(`${start}${step}: `, `${about} (${written})`, indent.length + 4));
        else if (isNew) out.push(`${start}${step}:\n`);
        if (isNew) dash = false;
      }
      indent += "  ";
    }
    shown = steps;
  }
  return out.join("");
}

/** `[].rate_limit.limit` as a dash, rate_limit and limit. */
const stepsOf = (path: string): string[] => path.match(/\[\]|[^.[]+/g) ?? [];

function wrapped(start: string, text: string, indent: number): string {
  const lines: string[] = [];
  let line = start.trimEnd();
  for (const word of text.split(/\s+/)) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(indent) + word;
    } else line = `${line} ${word}`;
  }
  return `${[...lines, line].join("\n")}\n`;
}
