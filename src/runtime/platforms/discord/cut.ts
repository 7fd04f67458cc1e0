import { plainMention, type RichNode, type RichText } from "../../../language/rich-text.ts";
import { discordText, noPings, type Pings } from "./text.ts";

/** Splits a text that would be longer than `most` characters, at a paragraph, line or word where there is one. */
export function splitRich(rich: RichText, most: number): RichText[] {
  const parts: RichText[] = [];
  let rest = rich;
  while (discordText(rest).length > most) {
    const plain = flat(rest);
    const end = boundary(plain, longestFit(rest, most));
    const [head, tail] = cut(rest, end);
    if (plain.slice(0, end).trim() !== "") parts.push(head);
    const blank = plain.slice(end).length - plain.slice(end).trimStart().length;
    rest = cut(tail, blank)[1];
  }
  if (flat(rest).trim() !== "") parts.push(rest);
  return parts;
}

/** A text of at most `most` characters, with … at the end where something is missing. */
export function truncateRich(rich: RichText, most: number, pings: Pings = noPings()): string {
  if (discordText(rich).length <= most) return discordText(rich, pings);
  const plain = flat(rich);
  return `${discordText(cut(rich, boundary(plain, longestFit(rich, most - 1)))[0], pings).trimEnd()}…`;
}

export function truncate(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = isHighSurrogate(text, most - 2) ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

/** How much of the plain text fits, by halving: escapes and marks make the length uneven. */
function longestFit(rich: RichText, most: number): number {
  let [low, high] = [1, Math.min(flat(rich).length, most)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (discordText(cut(rich, middle)[0]).length <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}

function boundary(plain: string, end: number): number {
  if (end >= plain.length) return end;
  const window = plain.slice(0, end + 1);
  for (const mark of ["\n\n", "\n", " "]) {
    const at = window.lastIndexOf(mark);
    if (at >= end / 2) return at;
  }
  return end > 1 && isHighSurrogate(plain, end - 1) ? end - 1 : end;
}

function isHighSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff;
}

/** The text as it is measured here: a mention is as long as its name, and is never cut. */
function flat(rich: RichText): string {
  return rich.map(flatNode).join("");
}

function flatNode(node: RichNode): string {
  switch (node.type) {
    case "text":
    case "code":
    case "code_block":
      return node.text;
    case "mention":
      return plainMention(node.target).replace(/\s/g, "_");
    default:
      return flat(node.children);
  }
}

function cut(rich: RichText, end: number): [RichText, RichText] {
  let left = end;
  for (const [index, node] of rich.entries()) {
    const { length } = flatNode(node);
    if (left >= length) {
      left -= length;
      continue;
    }
    const [head, tail] = left === 0 ? [[], [node]] : cutNode(node, left);
    return [
      [...rich.slice(0, index), ...head],
      [...tail, ...rich.slice(index + 1)],
    ];
  }
  return [rich, []];
}

function cutNode(node: RichNode, end: number): [RichNode[], RichNode[]] {
  switch (node.type) {
    case "text":
    case "code":
    case "code_block":
      return [[{ ...node, text: node.text.slice(0, end) }], [{ ...node, text: node.text.slice(end) }]];
    case "mention":
      return [[], [node]];
    case "list_item": {
      const [head, tail] = cut(node.children, end);
      return [[{ ...node, children: head }], [...tail]];
    }
    default: {
      const [head, tail] = cut(node.children, end);
      return [[{ ...node, children: head }], [{ ...node, children: tail }]];
    }
  }
}
