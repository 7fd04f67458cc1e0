import { plainText, type RichNode, type RichText } from "../rich-text.ts";
import type { MarkdownNode, Parts } from "./markdown-nodes.ts";

/** A value as it is shown: plain text, or nodes for a mention and for code. */
export type Shown = string | RichText;

/** Puts values into the holes of parsed Markdown. Each hole is asked for once. */
export function fill(nodes: readonly MarkdownNode[], shown: (hole: number) => Shown): RichText {
  const out: RichNode[] = [];
  for (const node of nodes) fillNode(node, shown, out);
  return out;
}

function fillNode(node: MarkdownNode, shown: (hole: number) => Shown, out: RichNode[]): void {
  switch (node.type) {
    case "text":
      fillText(node.parts, shown, out);
      break;
    case "code": {
      const text = plain(node.parts, shown);
      if (text !== "") out.push({ type: "code", text });
      break;
    }
    case "code_block": {
      const text = plain(node.parts, shown);
      const { language } = node;
      if (text !== "") out.push({ type: "code_block", text, ...(language === undefined ? {} : { language }) });
      break;
    }
    case "mention":
      out.push(node);
      break;
    case "link":
      fillLink(node, shown, out);
      break;
    default: {
      const children = fill(node.children, shown);
      if (children.length > 0 || node.type === "list_item") out.push({ type: node.type, children });
    }
  }
}

function fillText(parts: Parts, shown: (hole: number) => Shown, out: RichNode[]): void {
  let text = "";
  for (const part of parts) {
    const piece = typeof part === "string" ? part : shown(part);
    if (typeof piece === "string") {
      text += piece;
      continue;
    }
    pushText(out, text);
    text = "";
    for (const node of piece) {
      if (node.type === "text") pushText(out, node.text);
      else out.push(node);
    }
  }
  pushText(out, text);
}

function pushText(out: RichNode[], text: string): void {
  if (text === "") return;
  const last = out.at(-1);
  if (last?.type === "text") out[out.length - 1] = { type: "text", text: last.text + text };
  else out.push({ type: "text", text });
}

function plain(parts: Parts, shown: (hole: number) => Shown): string {
  let text = "";
  for (const part of parts) {
    const piece = typeof part === "string" ? part : shown(part);
    text += typeof piece === "string" ? piece : plainText(piece);
  }
  return text;
}

function fillLink(
  node: Extract<MarkdownNode, { type: "link" }>,
  shown: (hole: number) => Shown,
  out: RichNode[],
): void {
  const children = fill(node.children, shown);
  const written = plain(node.url, shown);
  const url = node.url.every((part) => typeof part === "string") ? written : safeAddress(written);
  if (url !== undefined && children.length > 0) {
    out.push({ type: "link", url, children });
    return;
  }
  // An address that is none, or leads elsewhere than the web, stays readable and is not followed by a click.
  for (const child of children) {
    if (child.type === "text") pushText(out, child.text);
    else out.push(child);
  }
  if (written !== "") pushText(out, children.length > 0 ? ` (${written})` : written);
}

/** An address with values in it: http or https only, and nothing that could end the link early. */
function safeAddress(written: string): string | undefined {
  if (!/^https?:\/\//i.test(written) || !URL.canParse(written)) return undefined;
  return new URL(written).href.replace(
    /[()[\]<>"'`*\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
