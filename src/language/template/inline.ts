import { type Assembled, type MarkdownNode, mergeText, slice } from "./markdown-nodes.ts";

/** A run of `*`, `_` or `~` that may turn out to be a mark. */
interface Delimiter {
  readonly type: "delimiter";
  readonly character: string;
  length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
}

type Item = MarkdownNode | Delimiter;

const wordCharacter = /[\p{L}\p{N}_\uFFFC]/u;
const address = /https?:\/\/[^\s<>*`"'\])\\\uFFFC]+/y;
/** Everyone together, as the platforms write it; in the middle of a word, such as an e-mail address, it is text. */
const everyone = /(?<![\p{L}\p{N}_@])@(everyone|here|channel)(?![\p{L}\p{N}_])/uy;
const escapable = /[!-/:-@[-`{-~]/;

/** Parses marks within one paragraph or list line. */
export function parseInline(assembled: Assembled, from: number, to: number): MarkdownNode[] {
  const { text, holes } = assembled;
  const items: Item[] = [];
  let literal = from;
  let at = from;
  let lastBracket = Number.POSITIVE_INFINITY;
  const flush = (end: number) => {
    if (end > literal) items.push({ type: "text", parts: slice(assembled, literal, end) });
  };
  const found = (item: Item, start: number, end: number) => {
    flush(start);
    items.push(item);
    literal = end;
    at = end;
  };
  while (at < to) {
    const character = text[at]!;
    if (character === "\\" && at + 1 < to && escapable.test(text[at + 1]!)) {
      flush(at);
      literal = at + 1;
      at += 2;
    } else if (character === "`") {
      const code = readCode(assembled, at, to);
      if (code.node !== undefined) found(code.node, at, code.end);
      else at = code.end;
    } else if (character === "[" && at < lastBracket) {
      const link = readLink(assembled, at, to);
      if (link === undefined) {
        if (text.indexOf("](", at) === -1) lastBracket = at;
        at++;
      } else found(link.node, at, link.end);
    } else if (character === "@") {
      everyone.lastIndex = at;
      const name = everyone.exec(text)?.[1];
      const end = at + 1 + (name?.length ?? 0);
      if (name === undefined || end > to) at++;
      else found({ type: "mention", target: { kind: "everyone", id: name, name } }, at, end);
    } else if (character === "*" || character === "_" || character === "~") {
      let end = at + 1;
      while (end < to && text[end] === character) end++;
      found(delimiter(text, at, end, from, to), at, end);
    } else if (character === "h" && !holes.has(at)) {
      address.lastIndex = at;
      const url = address.exec(text)?.[0].replace(/[_~.,;:!?]+$/, "");
      at += url === undefined ? 1 : Math.min(url.length, to - at);
    } else at++;
  }
  flush(to);
  return nest(items);
}

function delimiter(text: string, start: number, end: number, from: number, to: number): Delimiter {
  const character = text[start]!;
  const before = start > from ? text[start - 1]! : " ";
  const after = end < to ? text[end]! : " ";
  const spaceBefore = /\s/.test(before);
  const spaceAfter = /\s/.test(after);
  // snake_case is a word; 2*3*4 is a sum: digits on both sides of * are no mark.
  const inWord = character === "_" && wordCharacter.test(before) && wordCharacter.test(after);
  const inSum = character === "*" && end - start === 1 && /\d/.test(before) && /\d/.test(after);
  const isMark = !inWord && !inSum && (character !== "~" || end - start === 2);
  const openable = isMark && !spaceAfter && (character !== "_" || !wordCharacter.test(before));
  const closable = isMark && !spaceBefore && (character !== "_" || !wordCharacter.test(after));
  return { type: "delimiter", character, length: end - start, canOpen: openable, canClose: closable };
}

/** Pairs the delimiters, the innermost first. */
function nest(items: readonly Item[]): MarkdownNode[] {
  const out: Item[] = [];
  // Below these places no opener of that character is left: keeps the search from being quadratic.
  const searched = new Map<string, number>();
  for (const item of items) {
    if (item.type !== "delimiter") {
      out.push(item);
      continue;
    }
    while (item.canClose && item.length > 0) {
      const opener = findOpener(out, item.character, searched.get(item.character) ?? 0);
      if (opener === -1) {
        if (!item.canOpen) searched.set(item.character, out.length);
        break;
      }
      const open = out[opener] as Delimiter;
      const used = item.character === "~" || (item.length >= 2 && open.length >= 2) ? 2 : 1;
      const children = toNodes(out.splice(opener + 1));
      if (children.length === 0) break;
      open.length -= used;
      item.length -= used;
      if (open.length === 0) out.pop();
      for (const [character, place] of searched) searched.set(character, Math.min(place, out.length));
      out.push({ type: item.character === "~" ? "strike" : used === 2 ? "bold" : "italic", children });
    }
    if (item.length > 0) out.push(item);
  }
  return toNodes(out);
}

function findOpener(out: readonly Item[], character: string, bottom: number): number {
  for (let at = out.length - 1; at >= bottom; at--) {
    const item = out[at]!;
    if (item.type === "delimiter" && item.character === character && item.canOpen && item.length > 0) return at;
  }
  return -1;
}

/** Delimiters that found no partner are plain characters. */
function toNodes(items: readonly Item[]): MarkdownNode[] {
  return mergeText(
    items.map((item) =>
      item.type === "delimiter" ? { type: "text", parts: [item.character.repeat(item.length)] } : item,
    ),
  );
}

function readCode(assembled: Assembled, start: number, to: number): { node?: MarkdownNode; end: number } {
  const { text } = assembled;
  let open = start;
  while (open < to && text[open] === "`") open++;
  const ticks = text.slice(start, open);
  for (let close = text.indexOf(ticks, open); close !== -1 && close < to; close = text.indexOf(ticks, close)) {
    let after = close;
    while (after < to && text[after] === "`") after++;
    if (after - close === ticks.length) {
      const padded = text[open] === " " && text[close - 1] === " " && close - open > 2;
      const parts = padded ? slice(assembled, open + 1, close - 1) : slice(assembled, open, close);
      return { node: { type: "code", parts }, end: after };
    }
    close = after;
  }
  return { end: open };
}

/** In characters; what is longer is no link, so that a text full of brackets is read in little time. */
const longestLabel = 2000;
const longestAddress = 2000;

/** `[label](url)`; the address is http or https, or begins with a value and is checked when it is known. */
function readLink(assembled: Assembled, start: number, to: number): { node: MarkdownNode; end: number } | undefined {
  const { text, holes } = assembled;
  let depth = 0;
  let close = -1;
  for (let at = start; at < to && at < start + longestLabel; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "[") depth++;
    else if (character === "]" && --depth === 0) {
      close = at;
      break;
    }
  }
  if (close === -1 || close === start + 1 || text[close + 1] !== "(") return undefined;
  const urlStart = close + 2;
  let brackets = 1;
  for (let at = urlStart; at < to && at < urlStart + longestAddress; at++) {
    const character = text[at]!;
    if (/\s/.test(character)) return undefined;
    if (character === "(") brackets++;
    if (character !== ")" || --brackets > 0) continue;
    if (!holes.has(urlStart) && !/^https?:\/\/./i.test(text.slice(urlStart, at))) return undefined;
    const children = parseInline(assembled, start + 1, close).flatMap(withoutLinks);
    return { node: { type: "link", url: slice(assembled, urlStart, at), children: mergeText(children) }, end: at + 1 };
  }
  return undefined;
}

/** A link inside a link keeps only its label. */
function withoutLinks(node: MarkdownNode): readonly MarkdownNode[] {
  return node.type === "link" ? node.children : [node];
}
