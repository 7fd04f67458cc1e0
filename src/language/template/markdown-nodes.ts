/** Parsed Markdown with holes for values, and the text it is parsed from. */

import type { MentionTarget } from "../values.ts";

/** Literal text and holes (by their number) in order. */
export type Parts = readonly (string | number)[];

export type MarkdownNode =
  | { readonly type: "text"; readonly parts: Parts }
  | { readonly type: "bold" | "italic" | "strike"; readonly children: readonly MarkdownNode[] }
  | { readonly type: "code"; readonly parts: Parts }
  | { readonly type: "code_block"; readonly parts: Parts; readonly language?: string }
  | { readonly type: "link"; readonly url: Parts; readonly children: readonly MarkdownNode[] }
  | { readonly type: "list_item"; readonly children: readonly MarkdownNode[] }
  /** Only of everyone together: whom else a text mentions comes from values. */
  | { readonly type: "mention"; readonly target: MentionTarget };

/** Text in which the characters at the places in `holes` stand for values; hole numbers count from 0. */
export interface Assembled {
  readonly text: string;
  readonly holes: ReadonlyMap<number, number>;
}

/** Stands for a value; the Unicode name is "object replacement character". */
export const holeCharacter = "\uFFFC";

/** Joins literal text and the numbers of holes. */
export function assemble(parts: Parts): Assembled {
  let text = "";
  const holes = new Map<number, number>();
  for (const part of parts) {
    if (typeof part === "number") {
      holes.set(text.length, part);
      text += holeCharacter;
    } else text += part;
  }
  return { text, holes };
}

/** A stretch of the text as literal parts and holes. */
export function slice({ text, holes }: Assembled, from: number, to: number): Parts {
  const parts: (string | number)[] = [];
  let literal = from;
  for (let at = text.indexOf(holeCharacter, from); at !== -1 && at < to; at = text.indexOf(holeCharacter, at + 1)) {
    const hole = holes.get(at);
    if (hole === undefined) continue;
    if (at > literal) parts.push(text.slice(literal, at));
    parts.push(hole);
    literal = at + 1;
  }
  if (to > literal) parts.push(text.slice(literal, to));
  return parts;
}

/** Text beside text becomes one. */
export function mergeText(nodes: readonly MarkdownNode[]): MarkdownNode[] {
  const merged: MarkdownNode[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (node.type === "text" && last?.type === "text")
      merged[merged.length - 1] = { type: "text", parts: joinParts(last.parts, node.parts) };
    else merged.push(node);
  }
  return merged;
}

function joinParts(first: Parts, second: Parts): Parts {
  const [last, next] = [first.at(-1), second[0]];
  if (typeof last === "string" && typeof next === "string")
    return [...first.slice(0, -1), last + next, ...second.slice(1)];
  return [...first, ...second];
}
