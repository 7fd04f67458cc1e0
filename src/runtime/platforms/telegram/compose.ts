import type { InlineKeyboardButton, InlineKeyboardMarkup } from "grammy/types";
import type { OutButton, OutEmbed, OutMessage } from "../../../contracts/message.ts";
import { type RichText, richText } from "../../../language/rich-text.ts";
import { type FormattedText, formatText, splitText } from "./text.ts";

/** What sendMessage is given for one message, beside the place: several texts when it is too long for one. */
export interface ComposedMessage {
  readonly parts: readonly FormattedText[];
  readonly keyboard?: InlineKeyboardMarkup;
  /** Address of the picture to show under the text. */
  readonly image?: string;
}

export function compose(message: OutMessage): ComposedMessage {
  const rich = [...(message.text ?? [])];
  if (message.embed !== undefined) {
    if (rich.length > 0) rich.push(...richText("\n\n"));
    rich.push(...embedText(message.embed));
  }
  const parts = splitText(formatText(rich));
  const buttons = message.buttons ?? [];
  return {
    parts,
    ...(buttons.length === 0 ? {} : { keyboard: { inline_keyboard: rows(buttons) } }),
    ...(message.embed?.image === undefined ? {} : { image: message.embed.image }),
  };
}

/** Telegram has no cards: an embed is a text with a bold title, its fields under it and its footer in italics. */
function embedText(embed: OutEmbed): RichText {
  const blocks: RichText[] = [];
  if (embed.title !== undefined && embed.title.length > 0) {
    const title: RichText =
      embed.url === undefined ? embed.title : [{ type: "link", url: embed.url, children: embed.title }];
    blocks.push([{ type: "bold", children: title }]);
  }
  if (embed.text !== undefined && embed.text.length > 0) blocks.push(embed.text);
  for (const { name, value } of embed.fields ?? [])
    blocks.push([{ type: "bold", children: name }, ...richText("\n"), ...value]);
  if (embed.footer !== undefined && embed.footer.length > 0) blocks.push([{ type: "italic", children: embed.footer }]);
  return blocks.flatMap((block, index) => (index === 0 ? block : [...richText("\n\n"), ...block]));
}

const mostInRow = 3;
/** Characters of labels that still can be read side by side on a phone. */
const widthOfRow = 30;

function rows(buttons: readonly OutButton[]): InlineKeyboardButton[][] {
  const all: InlineKeyboardButton[][] = [];
  let width = 0;
  for (const button of buttons) {
    const made = inlineButton(button);
    const row = all.at(-1);
    if (row === undefined || row.length >= mostInRow || width + made.text.length > widthOfRow) {
      all.push([made]);
      width = made.text.length;
    } else {
      row.push(made);
      width += made.text.length;
    }
  }
  return all;
}

function inlineButton(button: OutButton): InlineKeyboardButton {
  const label = (button.emoji === undefined ? button.label : `${button.emoji} ${button.label}`).trim();
  // Telegram takes no button without words.
  const text = label === "" ? "…" : label;
  const look = button.style === "secondary" ? {} : { style: button.style };
  if (button.url !== undefined) return { text, ...look, url: button.url };
  return { text, ...look, callback_data: button.key ?? "" };
}
