import type { PlainText } from "./blocks.ts";
import { cutAt } from "./rich-text.ts";

/** A text without marks, cut where Slack would refuse a longer one. */
export function plain(text: string, most: number): PlainText {
  return {
    type: "plain_text",
    text: text.length <= most ? text : `${text.slice(0, cutAt(text, most - 1)).trimEnd()}…`,
  };
}
