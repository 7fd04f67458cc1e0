/** Pieces of text that the pages in the terminal are made of. */

export function list(title: string, entries: readonly { readonly name: string; readonly summary: string }[]): string {
  const width = Math.max(...entries.map(({ name }) => name.length));
  return `${title}:\n\n${entries.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join("")}`;
}

export function example(heading: string, text: string): string {
  return `${heading}:\n${indented(text)}`;
}

export function indented(text: string): string {
  return `${text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n")}\n`;
}

/** Lines of at most 100 characters. */
export function paragraph(text: string): string {
  return `${text.replace(/(.{1,100})(?:\s+|$)/g, "$1\n").trimEnd()}\n`;
}
