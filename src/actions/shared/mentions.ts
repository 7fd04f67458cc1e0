import type { OutMessage } from "../../contracts/message.ts";
import { plainMention, type RichNode, type RichText } from "../../language/rich-text.ts";

/** The message for another platform: ids mean nothing there, so mentions of somebody become names that cannot ping. */
export function withoutMentions(message: OutMessage): OutMessage {
  const { text, embed } = message;
  return {
    ...message,
    ...(text === undefined ? {} : { text: plain(text) }),
    ...(embed === undefined
      ? {}
      : {
          embed: {
            ...embed,
            ...(embed.title === undefined ? {} : { title: plain(embed.title) }),
            ...(embed.text === undefined ? {} : { text: plain(embed.text) }),
            ...(embed.footer === undefined ? {} : { footer: plain(embed.footer) }),
            ...(embed.fields === undefined
              ? {}
              : {
                  fields: embed.fields.map(({ name, value, inline }) => ({
                    name: plain(name),
                    value: plain(value),
                    inline,
                  })),
                }),
          },
        }),
  };
}

function plain(rich: RichText): RichText {
  const out: RichNode[] = [];
  for (const node of rich) {
    const here = named(node);
    const last = out.at(-1);
    if (here.type === "text" && last?.type === "text")
      out[out.length - 1] = { type: "text", text: last.text + here.text };
    else out.push(here);
  }
  return out;
}

function named(node: RichNode): RichNode {
  if (node.type === "mention" && node.target.kind !== "everyone")
    return { type: "text", text: plainMention(node.target) };
  return "children" in node ? { ...node, children: plain(node.children) } : node;
}
