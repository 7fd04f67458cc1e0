/**
 * What a text field renders to. Platform adapters turn it into their own marks, and escape every `text`, `code` and
 * `url` themselves: nothing in these strings is Markdown any more, whoever wrote it.
 */
import type { MentionTarget } from "./values.ts";

export type RichText = readonly RichNode[];

export type RichNode =
  /** May hold line breaks (`\n`); two text nodes never stand side by side. */
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "bold" | "italic" | "strike"; readonly children: RichText }
  | { readonly type: "code"; readonly text: string }
  /** The line breaks around it, as written, are in the text nodes beside it. */
  | { readonly type: "code_block"; readonly text: string; readonly language?: string }
  /** `url` is always http or https. */
  | { readonly type: "link"; readonly url: string; readonly children: RichText }
  /** One line that begins with "- "; the line breaks before and after it are in the text nodes around it. */
  | { readonly type: "list_item"; readonly children: RichText }
  | { readonly type: "mention"; readonly target: MentionTarget };

/** A rich text of one plain string, with nothing in it interpreted. */
export function richText(text: string): RichText {
  return text === "" ? [] : [{ type: "text", text }];
}

/** The text without marks, as the console and logs show it. Links keep their address in brackets. */
export function plainText(rich: RichText): string {
  let out = "";
  for (const node of rich) {
    switch (node.type) {
      case "text":
      case "code":
      case "code_block":
        out += node.text;
        break;
      case "mention":
        out += plainMention(node.target);
        break;
      case "link": {
        const label = plainText(node.children);
        out += label === node.url ? label : `${label} (${node.url})`;
        break;
      }
      case "list_item":
        out += `- ${plainText(node.children)}`;
        break;
      default:
        out += plainText(node.children);
    }
  }
  return out;
}

/** A mention where nothing can ping: "@ada", "#general". */
export function plainMention(target: MentionTarget): string {
  return (target.kind === "channel" ? "#" : "@") + target.name;
}
