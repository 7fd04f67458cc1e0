import type { OutButton, OutForm, OutMenu, OutMessage } from "../../contracts/message.ts";
import { plainText } from "../../language/rich-text.ts";

/** What the bot did on a simulated platform, in the order in which it did it. */
export interface Happening {
  /** One line, as a transcript shows it and `bot:` looks into it. */
  readonly line: string;
  /** Name of the channel that a message went to. */
  readonly channel?: string;
  /** Name of the person that a private message went to, or who alone saw it. */
  readonly to?: string;
  /** It stands in a private chat with the bot. */
  readonly direct?: true;
}

/** A message that stands on the simulated platform, with what can be pressed under it. */
export interface StandingMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  buttons: readonly OutButton[];
  menu: OutMenu | undefined;
  pinned: boolean;
}

/** A form that was opened for somebody and waits to be filled in. */
export interface OpenForm {
  readonly personId: string;
  readonly form: OutForm;
}

/** All that a message says, as one line: text, box, buttons, menu and files. */
export function lineOf(message: OutMessage): string {
  const { text, embed, buttons = [], menu, files = [] } = message;
  const parts: string[] = [];
  if (text !== undefined) parts.push(plainText(text));
  if (embed !== undefined) {
    for (const part of [embed.title, embed.text]) if (part !== undefined) parts.push(plainText(part));
    for (const field of embed.fields ?? []) parts.push(`${plainText(field.name)}: ${plainText(field.value)}`);
    if (embed.image !== undefined) parts.push(embed.image);
    if (embed.footer !== undefined) parts.push(plainText(embed.footer));
  }
  for (const button of buttons) parts.push(`[${button.label}]`);
  if (menu !== undefined) parts.push(...menu.choices.map((choice) => `(${choice.label})`));
  for (const file of files) parts.push(`<${file.name}>`);
  return parts.join(" ");
}
