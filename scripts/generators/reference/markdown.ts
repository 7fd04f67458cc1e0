import type { KeyRow } from "../../../src/config/json-schema/keys.ts";

/** Pieces of Markdown that the pages of the reference are made of. */

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Keys with what is written for them, inside of a word without a dot in front. */
export const keyTable = (rows: readonly KeyRow[]): string =>
  table(
    ["key", "what is written", "what it means"],
    rows.map(({ path, written, about }) => [code(path.replace(/^\./, "")), written, about]),
  );

const cell = (text: string): string => text.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");

export const code = (text: string): string => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

export const yaml = (text: string): string => `\`\`\`yaml\n${text.replace(/\n$/, "")}\n\`\`\``;

/** Paragraphs with a blank line between them; empty ones are left out. */
export const page = (...parts: readonly string[]): string => `${parts.filter((part) => part !== "").join("\n\n")}\n`;

/** Said at the top, so that nobody mends a page by hand. */
export const generatedNote = "<!-- Made from the definitions by npm run generate. -->";
