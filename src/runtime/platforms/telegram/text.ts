import type { MessageEntity } from "grammy/types";
import { plainMention, type RichText } from "../../../language/rich-text.ts";

/** A text with its formatting apart: nothing in the text itself is markup, so nothing needs escaping. */
export interface FormattedText {
  readonly text: string;
  /** Offsets in UTF-16 units, sorted, nested but never crossing. */
  readonly entities: readonly MessageEntity[];
}

/**
 * The characters that keep a typed `@name` from pinging: Telegram looks for mentions in every text by itself, and a word
 * joiner after the `@` is invisible.
 */
const wordJoiner = "\u2060";

export function quiet(text: string): string {
  return text.replace(/@(?=[A-Za-z0-9_])/g, `@${wordJoiner}`);
}

const styles = { bold: "bold", italic: "italic", strike: "strikethrough" } as const;

export function formatText(rich: RichText): FormattedText {
  const entities: MessageEntity[] = [];
  let text = "";

  const wrap = (write: () => void, entity: (offset: number, length: number) => MessageEntity) => {
    const offset = text.length;
    const place = entities.length;
    write();
    if (text.length > offset) entities.splice(place, 0, entity(offset, text.length - offset));
  };

  const write = (nodes: RichText) => {
    for (const node of nodes) {
      switch (node.type) {
        case "text":
          text += quiet(node.text);
          break;
        case "bold":
        case "italic":
        case "strike": {
          const type = styles[node.type];
          wrap(
            () => write(node.children),
            (offset, length) => ({ type, offset, length }),
          );
          break;
        }
        case "code":
          wrap(
            () => {
              text += node.text;
            },
            (offset, length) => ({ type: "code", offset, length }),
          );
          break;
        case "code_block":
          wrap(
            () => {
              text += node.text;
            },
            (offset, length) => ({
              type: "pre",
              offset,
              length,
              ...(node.language === undefined ? {} : { language: node.language }),
            }),
          );
          break;
        case "link":
          wrap(
            () => write(node.children.length === 0 ? [{ type: "text", text: node.url }] : node.children),
            (offset, length) => ({ type: "text_link", offset, length, url: node.url }),
          );
          break;
        case "list_item":
          text += "• ";
          write(node.children);
          break;
        case "mention": {
          const { target } = node;
          const id = Number(target.id);
          if (target.kind !== "user" || !Number.isSafeInteger(id) || id <= 0) {
            text += quiet(plainMention(target));
            break;
          }
          wrap(
            () => {
              text += quiet(target.name);
            },
            (offset, length) => ({
              type: "text_mention",
              offset,
              length,
              user: { id, is_bot: false, first_name: target.name },
            }),
          );
        }
      }
    }
  };
  write(rich);
  return { text, entities };
}

/**
 * Cuts a text into messages of at most `most` UTF-16 units (sendMessage), at a paragraph, line or word where one ends in
 * the last half. Formatting that spans a cut goes on in the next message; no character is cut in two.
 */
export function splitText({ text, entities }: FormattedText, most = 4096): FormattedText[] {
  const parts: FormattedText[] = [];
  let start = 0;
  while (text.length - start > most) {
    const end = cutAt(text, start, most);
    parts.push(slice(text, entities, start, end));
    start = end;
  }
  parts.push(slice(text, entities, start, text.length));
  return parts.filter((part) => part.text.trim() !== "");
}

function cutAt(text: string, start: number, most: number): number {
  const window = text.slice(start, start + most);
  for (const boundary of ["\n\n", "\n", " "]) {
    const at = window.lastIndexOf(boundary);
    if (at >= most / 2) return start + at + boundary.length;
  }
  const last = text.charCodeAt(start + most - 1);
  return start + most - (last >= 0xd800 && last <= 0xdbff ? 1 : 0);
}

function slice(text: string, entities: readonly MessageEntity[], start: number, end: number): FormattedText {
  const inside = entities.flatMap((entity) => {
    const from = Math.max(entity.offset, start);
    const to = Math.min(entity.offset + entity.length, end);
    return to > from ? [{ ...entity, offset: from - start, length: to - from }] : [];
  });
  return { text: text.slice(start, end), entities: inside };
}
