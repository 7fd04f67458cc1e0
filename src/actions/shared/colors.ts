import { type Sentence, say } from "../../sentences/sentence.ts";

/** The colours that can be named in a file; anything else is written as `#rrggbb`. */
const colors = {
  red: "#e74c3c",
  orange: "#e67e22",
  yellow: "#f1c40f",
  green: "#2ecc71",
  blue: "#3498db",
  purple: "#9b59b6",
  pink: "#e91e63",
  brown: "#8d6e63",
  black: "#23272a",
  grey: "#95a5a6",
  white: "#ffffff",
} as const;

const names = new Map<string, string>(Object.entries(colors));

/** What a colour field may hold, as a regular expression. */
export const colorPattern = `^(${[...names.keys()].join("|")}|#[0-9a-fA-F]{6})$`;

/** `#rrggbb` of a name or of itself; undefined when it is no colour. */
export function colorCode(written: string): string | undefined {
  const text = written.trim().toLowerCase();
  return names.get(text) ?? (/^#[0-9a-f]{6}$/.test(text) ? text : undefined);
}

/** The sentence for a colour that is none, which only a value from a template can be. */
export function notAColor(written: string): Sentence {
  return say("not_a_color", { color: written, colors: [...names.keys()] });
}
