import type { OutButton, OutEmbed, OutMessage } from "../../../contracts/message.ts";
import { plainText, type RichText } from "../../../language/rich-text.ts";
import { slack } from "../../../platforms/slack.ts";
import type { ActionsBlock, Block, ButtonElement, FieldsBlock, Mrkdwn, PlainText } from "./blocks.ts";
import { menuBlocks } from "./menus.ts";
import { plain } from "./plain-text.ts";
import { cutAt, mostInBlock, richTextBlocks } from "./rich-text.ts";

/** What one message is sent with, beside the place. */
export interface ComposedMessage {
  /** What notifications and screen readers show. */
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments?: readonly { readonly color: string; readonly fallback: string; readonly blocks: Block[] }[];
}

/** Blocks of one message, of which Slack takes 50; room is left for buttons and a menu. */
const mostBlocks = 47;
const mostHeader = 150;
const mostFields = 10;
const mostFieldText = 2000;
const mostFallback = 3000;
/** What the action of a link button is called: Slack tells of presses on it too. */
const linkAction = "link:";

/** A message as Slack takes it: several where it is too long for one, the menu and the buttons under the last. */
export function compose(message: OutMessage): readonly ComposedMessage[] {
  const { embed } = message;
  const fallback = fallbackOf(message);
  const text = richTextBlocks(message.text ?? [], { everyone: message.mentionEveryone === true });
  const card = embed === undefined ? [] : embedBlocks(embed);
  const menu = message.menu === undefined ? [] : menuBlocks(message.menu);
  const actions = [...menu, ...buttonBlocks(message.buttons ?? [])];
  if (embed?.color !== undefined && card.length > 0 && fits([...text, ...card])) {
    const attachment = { color: embed.color, fallback: fallback || " ", blocks: [...card, ...actions] };
    // Without blocks beside it, the text would be shown above the card, which says the same.
    return [{ text: text.length === 0 ? "" : fallback, blocks: text, attachments: [attachment] }];
  }
  const messages = pack([...text, ...card]);
  const last = messages.pop();
  if (last === undefined && actions.length === 0) return [];
  messages.push([...(last ?? []), ...actions]);
  return messages.map((blocks) => ({ text: fallback, blocks }));
}

/** Whether an action is a press on a link, which the person's own program follows. */
export function isLinkAction(actionId: string): boolean {
  return actionId.startsWith(linkAction);
}

function embedBlocks(embed: OutEmbed): Block[] {
  const blocks: Block[] = [];
  if (embed.title !== undefined && embed.title.length > 0) blocks.push(...titleBlocks(embed.title, embed.url));
  if (embed.text !== undefined) blocks.push(...richTextBlocks(embed.text));
  let row: FieldsBlock | undefined;
  for (const { name, value, inline } of embed.fields ?? []) {
    const field = inline ? fieldText(name, value) : undefined;
    if (field === undefined) {
      row = undefined;
      blocks.push(...richTextBlocks([{ type: "bold", children: name }, { type: "text", text: "\n" }, ...value]));
      continue;
    }
    if (row === undefined || row.fields.length >= mostFields) {
      row = { type: "section", fields: [] };
      blocks.push(row);
    }
    row.fields.push(field);
  }
  if (embed.image !== undefined)
    blocks.push({ type: "image", image_url: embed.image, alt_text: plainText(embed.title ?? []).trim() || "image" });
  const footer = plainText(embed.footer ?? []).trim();
  if (footer !== "") blocks.push({ type: "context", elements: [plain(footer, mostInBlock)] });
  return blocks;
}

/** A header is the largest text that Slack has, but plain and short. */
function titleBlocks(title: RichText, url: string | undefined): Block[] {
  const text = plainText(title).trim();
  if (text === "") return [];
  const isPlain = title.every(({ type }) => type === "text");
  if (url === undefined && isPlain && text.length <= mostHeader)
    return [{ type: "header", text: plain(text, mostHeader) }];
  const content: RichText = url === undefined ? title : [{ type: "link", url, children: title }];
  return richTextBlocks([{ type: "bold", children: content }]);
}

/**
 * One of two columns. Slack parses `*`, `_`, `~` and backquotes in fields and has no way to write them literally, so
 * only texts without them can stand there with a bold name; with other marks in it, a field takes the whole width.
 */
function fieldText(name: RichText, value: RichText): Mrkdwn | PlainText | undefined {
  const [label, content] = [mrkdwn(name), mrkdwn(value)];
  const oneLine = label !== undefined && !label.includes("\n") && label.trim() === label && label !== "";
  if (!oneLine || content === undefined) {
    const isPlain = [...name, ...value].every(({ type }) => type === "text");
    const text = `${plainText(name)}\n${plainText(value)}`.trim();
    return isPlain && text !== "" && text.length <= mostFieldText ? plain(text, mostFieldText) : undefined;
  }
  const text = `*${label}*\n${content}`;
  return text.length <= mostFieldText ? { type: "mrkdwn", text, verbatim: true } : undefined;
}

/** The texts and mentions as mrkdwn, or undefined where something in them would be read as a mark. */
function mrkdwn(rich: RichText): string | undefined {
  let text = "";
  for (const node of rich) {
    if (node.type === "mention" && /^[A-Z0-9]{2,30}$/.test(node.target.id)) {
      const { kind, id } = node.target;
      text += kind === "user" ? `<@${id}>` : kind === "role" ? `<!subteam^${id}>` : `<#${id}>`;
      continue;
    }
    if (node.type !== "text" || /[*_~`:<>&]/.test(node.text)) return undefined;
    text += node.text;
  }
  return text;
}

function buttonBlocks(buttons: readonly OutButton[]): ActionsBlock[] {
  if (buttons.length === 0) return [];
  return [{ type: "actions", elements: buttons.slice(0, slack.limits.buttons).map(buttonElement) }];
}

function buttonElement(button: OutButton, index: number): ButtonElement {
  const label = (button.emoji === undefined ? button.label : `${button.emoji} ${button.label}`).trim();
  const text = { ...plain(label === "" ? "…" : label, slack.limits.buttonLabelLength), emoji: true };
  const style =
    button.style === "danger"
      ? { style: "danger" as const }
      : button.style === "secondary"
        ? {}
        : { style: "primary" as const };
  if (button.url !== undefined)
    return { type: "button", action_id: `${linkAction}${index}`, text, url: button.url, ...style };
  return { type: "button", action_id: button.key ?? `${linkAction}${index}`, text, ...style };
}

/** The message in plain words. Slack parses this text too, so that what has a meaning there is escaped. */
function fallbackOf(message: OutMessage): string {
  const { embed } = message;
  const fields = (embed?.fields ?? []).map(({ name, value }) => `${plainText(name)}: ${plainText(value)}`);
  const texts = [plainText(message.text ?? []), plainText(embed?.title ?? []), plainText(embed?.text ?? []), ...fields];
  const whole = texts.filter((text) => text.trim() !== "").join("\n");
  const shown = whole.length <= mostFallback ? whole : `${whole.slice(0, cutAt(whole, mostFallback))}…`;
  return escaped(shown);
}

/** docs.slack.dev: "Formatting message text", Escaping text. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function pack(blocks: readonly Block[]): Block[][] {
  const messages: Block[][] = [];
  for (const block of blocks) {
    const last = messages.at(-1);
    if (last !== undefined && fits([...last, block])) last.push(block);
    else messages.push([block]);
  }
  return messages;
}

function fits(blocks: readonly Block[]): boolean {
  return blocks.length <= mostBlocks && sizeOf(blocks) <= slack.limits.textLength;
}

/** Characters of every text in the blocks, as Slack counts them. */
function sizeOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (typeof part === "string" && key === "text" ? part.length : sizeOf(part)),
    0,
  );
}
