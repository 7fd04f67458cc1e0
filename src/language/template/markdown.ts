/**
 * The small Markdown of literal text. Values take part as holes, one opaque character each, told from the same
 * character in literal text by their place: whatever a value holds, it can neither open nor close a mark.
 */
import { parseInline } from "./inline.ts";
import { type Assembled, type MarkdownNode, mergeText, slice } from "./markdown-nodes.ts";

/** Parses the whole text: code blocks first, then list lines, then marks within paragraphs. */
export function parseMarkdown(assembled: Assembled): readonly MarkdownNode[] {
  const { text } = assembled;
  const nodes: MarkdownNode[] = [];
  const [start, end] = contentBounds(text);
  let at = start;
  while (at < end) {
    const block = findCodeBlock(assembled, at, end);
    parseLines(assembled, at, block?.start ?? end, nodes);
    if (block === undefined) break;
    nodes.push(block.node);
    at = block.end;
  }
  return mergeText(nodes);
}

/** Line breaks around the whole are how YAML writes a block of text, not part of the message. */
function contentBounds(text: string): [number, number] {
  const leading = /^(?:[ \t]*\r?\n)*/.exec(text)![0].length;
  let end = text.length;
  while (end > leading && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
  return [leading, end];
}

function findCodeBlock(assembled: Assembled, from: number, end: number) {
  const { text } = assembled;
  let start = text.indexOf("```", from);
  while (start !== -1 && start < end && text[start - 1] === "\\") start = text.indexOf("```", start + 3);
  if (start === -1 || start >= end) return undefined;
  const close = text.indexOf("```", start + 3);
  if (close === -1 || close + 3 > end) return undefined;
  const head = /^([A-Za-z0-9+#_.-]*)[ \t]*\r?\n/.exec(text.slice(start + 3, close));
  const bodyStart = start + 3 + (head?.[0].length ?? 0);
  const bodyEnd = close > bodyStart && text[close - 1] === "\n" ? close - 1 : close;
  if (bodyEnd <= bodyStart) return undefined;
  const parts = slice(assembled, bodyStart, bodyEnd);
  const language = head?.[1];
  const node: MarkdownNode = { type: "code_block", parts, ...(language ? { language } : {}) };
  return { start, end: close + 3, node };
}

const listLine = /^([ \t]*)[-*][ \t]+(?=\S)/;

function parseLines(assembled: Assembled, from: number, end: number, nodes: MarkdownNode[]): void {
  const { text } = assembled;
  let paragraph = from;
  let at = from;
  const flush = (to: number) => {
    if (to > paragraph) nodes.push(...parseInline(assembled, paragraph, to));
  };
  while (at < end) {
    const lineBreak = text.indexOf("\n", at);
    const lineEnd = lineBreak === -1 || lineBreak > end ? end : lineBreak;
    const line = text.slice(at, lineEnd);
    const marker = at === 0 || text[at - 1] === "\n" ? listLine.exec(line) : null;
    if (marker !== null) {
      flush(at);
      if (marker[1] !== "") nodes.push({ type: "text", parts: [marker[1]!] });
      nodes.push({ type: "list_item", children: parseInline(assembled, at + marker[0].length, lineEnd) });
      paragraph = lineEnd;
    } else if (line.trim() === "") {
      // Marks do not reach over an empty line.
      flush(lineEnd);
      paragraph = lineEnd;
    }
    at = lineEnd + 1;
  }
  flush(end);
}
