import { plainMention, type RichText } from "../../../language/rich-text.ts";
import type { MentionTarget } from "../../../language/values.ts";
import type { RichTextBlock, RichTextElement, RichTextPart, TextStyle } from "./blocks.ts";

/** Most characters of one block: the documented limit of a section, kept here too. */
export const mostInBlock = 3000;

export interface RichTextOptions {
  /** Lets mentions of everyone ping. */
  readonly everyone?: boolean;
}

/** A text as blocks of rich text, each within Slack's limit; none when nothing would be seen. */
export function richTextBlocks(rich: RichText, options: RichTextOptions = {}): RichTextBlock[] {
  const blocks: RichTextBlock[] = [];
  let parts: RichTextPart[] = [];
  let room = mostInBlock;
  let afterCode = false;

  const endBlock = () => {
    const seen = parts.filter(isSeen);
    if (seen.length > 0) blocks.push({ type: "rich_text", elements: seen });
    parts = [];
    room = mostInBlock;
  };
  const section = () => {
    const last = parts.at(-1);
    if (last?.type === "rich_text_section") return last.elements;
    const elements: RichTextElement[] = [];
    parts.push({ type: "rich_text_section", elements });
    return elements;
  };
  const add = (element: RichTextElement, size: number) => {
    if (size > room) endBlock();
    section().push(element);
    room -= size;
  };
  const addText = (text: string, style: TextStyle | undefined) => {
    // The code block above ends its line by itself.
    let left = afterCode ? text.replace(/^\n/, "") : text;
    afterCode = false;
    while (left !== "") {
      // A character may take two units.
      if (room < 2) endBlock();
      const cut = cutAt(left, room);
      // A short rest of a block is no place to begin a long text that could stand whole in the next.
      if (cut < left.length && left.length <= mostInBlock && room < mostInBlock) {
        endBlock();
        continue;
      }
      section().push({ type: "text", text: left.slice(0, cut), ...styled(style) });
      room -= cut;
      left = left.slice(cut);
    }
  };
  const addPlain = (text: string, style: TextStyle | undefined) => {
    for (const piece of pieces(text)) {
      if (piece.kind === "url") add({ type: "link", url: piece.text, ...styled(style) }, piece.text.length);
      else addText(piece.text, style);
    }
  };
  const addCodeBlock = (text: string) => {
    trimLineBreak(parts);
    let left = text;
    while (left !== "") {
      if (Math.min(left.length, mostInBlock) > room) endBlock();
      const cut = cutAt(left, room);
      parts.push({ type: "rich_text_preformatted", elements: [{ type: "text", text: left.slice(0, cut) }] });
      room -= cut;
      left = left.slice(cut);
    }
    afterCode = true;
  };

  const write = (nodes: RichText, style: TextStyle | undefined) => {
    for (const node of nodes) {
      switch (node.type) {
        case "text":
          addPlain(node.text, style);
          break;
        case "bold":
        case "italic":
        case "strike":
          write(node.children, { ...style, [node.type]: true });
          break;
        case "code":
          if (node.text !== "") addText(node.text, { ...style, code: true });
          break;
        case "code_block":
          addCodeBlock(node.text);
          break;
        case "link": {
          const text = labelOf(node.children);
          const label = text === "" || text === node.url ? {} : { text: text.slice(0, mostInBlock) };
          const weight = { ...style, ...loneStyle(node.children) };
          add({ type: "link", url: node.url, ...label, ...styled(weight) }, node.url.length + text.length);
          break;
        }
        case "list_item":
          addText("• ", style);
          write(node.children, style);
          break;
        case "mention":
          add({ ...mentioned(node.target, options), ...styled(style) }, plainMention(node.target).length + 1);
      }
    }
  };
  write(rich, undefined);
  endBlock();
  return blocks;
}

/** Where to cut a text that is longer than the room: after a line or word in its last half, else anywhere but in a character. */
export function cutAt(text: string, room: number): number {
  if (text.length <= room) return text.length;
  const window = text.slice(0, room);
  for (const boundary of ["\n\n", "\n", " "]) {
    const at = window.lastIndexOf(boundary);
    if (at >= room / 2) return at + boundary.length;
  }
  const last = text.charCodeAt(room - 1);
  return last >= 0xd800 && last <= 0xdbff ? room - 1 : room;
}

interface Piece {
  readonly kind: "text" | "url";
  readonly text: string;
}

/** Addresses become links to themselves, as people expect; rich text would show them as plain text. */
function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"'`|]{1,2000}/g)) {
    const shown = match[0].replace(/[.,:;!?)\]}*_~]+$/, "");
    if (!URL.canParse(shown)) continue;
    if (match.index > from) found.push({ kind: "text", text: text.slice(from, match.index) });
    found.push({ kind: "url", text: shown });
    from = match.index + shown.length;
  }
  if (from < text.length) found.push({ kind: "text", text: text.slice(from) });
  return found;
}

const ranges = ["here", "channel", "everyone"] as const;

function mentioned(target: MentionTarget, { everyone }: RichTextOptions): RichTextElement {
  const range = ranges.find((name) => target.kind === "everyone" && target.id === name);
  if (everyone === true && range !== undefined) return { type: "broadcast", range };
  if (!/^[A-Z0-9]{2,30}$/.test(target.id)) return { type: "text", text: plainMention(target) };
  switch (target.kind) {
    case "user":
      return { type: "user", user_id: target.id };
    case "role":
      return { type: "usergroup", usergroup_id: target.id };
    case "channel":
      return { type: "channel", channel_id: target.id };
    case "everyone":
      return { type: "text", text: plainMention(target) };
  }
}

/** A link has one text and one style. */
function labelOf(children: RichText): string {
  return children
    .map((node) => {
      if ("text" in node) return node.text;
      return node.type === "mention" ? plainMention(node.target) : labelOf(node.children);
    })
    .join("");
}

function loneStyle(children: RichText): TextStyle {
  const [only, another] = children;
  if (only === undefined || another !== undefined) return {};
  if (only.type === "code") return { code: true };
  if (only.type !== "bold" && only.type !== "italic" && only.type !== "strike") return {};
  return { [only.type]: true, ...loneStyle(only.children) };
}

function styled(style: TextStyle | undefined): { style?: TextStyle } {
  return style === undefined || Object.keys(style).length === 0 ? {} : { style };
}

function trimLineBreak(parts: readonly RichTextPart[]): void {
  const before = parts.at(-1)?.elements.at(-1);
  if (before?.type === "text") before.text = before.text.replace(/\n$/, "");
}

function isSeen(part: RichTextPart): boolean {
  if (part.type === "rich_text_section")
    part.elements = part.elements.filter((element) => element.type !== "text" || element.text !== "");
  return part.elements.some((element) => element.type !== "text" || element.text.trim() !== "");
}
