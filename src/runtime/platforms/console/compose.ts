import type { OutEmbed, OutMessage } from "../../../contracts/message.ts";
import { type RichNode, type RichText, richText } from "../../../language/rich-text.ts";

/** A message's whole text: an embed becomes a bold title, its text, its fields and its footer, line under line; then its files. */
export function composeText(message: OutMessage): RichText {
  const blocks: RichText[] = [];
  if (message.text !== undefined && message.text.length > 0) blocks.push(message.text);
  if (message.embed !== undefined) blocks.push(...embedLines(message.embed));
  for (const { name } of message.files ?? []) blocks.push(richText(`(file: ${name})`));
  return joinLines(blocks);
}

function embedLines(embed: OutEmbed): RichText[] {
  const lines: RichText[] = [];
  if (embed.title !== undefined && embed.title.length > 0) lines.push([{ type: "bold", children: embed.title }]);
  if (embed.text !== undefined && embed.text.length > 0) lines.push(embed.text);
  for (const { name, value } of embed.fields ?? []) lines.push([...name, ...richText(": "), ...value]);
  if (embed.image !== undefined) lines.push(richText(`(picture: ${embed.image})`));
  if (embed.footer !== undefined && embed.footer.length > 0) lines.push([{ type: "italic", children: embed.footer }]);
  if (embed.url !== undefined) lines.push(richText(embed.url));
  return lines;
}

/** Neighbouring texts become one, as the rich text promises. */
function joinLines(lines: readonly RichText[]): RichText {
  const out: RichNode[] = [];
  lines.forEach((line, index) => {
    for (const node of index === 0 ? line : [...richText("\n"), ...line]) {
      const last = out.at(-1);
      if (node.type === "text" && last?.type === "text")
        out[out.length - 1] = { type: "text", text: last.text + node.text };
      else out.push(node);
    }
  });
  return out;
}
