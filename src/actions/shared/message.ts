import type { Arguments } from "../../contracts/fields.ts";
import type { OutEmbed, OutMessage, SentMessage } from "../../contracts/message.ts";
import type { ActionContext, WrittenButton, WrittenMenu } from "../../contracts/word.ts";
import { plainText, type RichText } from "../../language/rich-text.ts";
import type { ObjectValue } from "../../language/values.ts";
import { isSentence, type Sentence, say } from "../../sentences/sentence.ts";
import { colorCode, notAColor } from "./colors.ts";
import type { fileField, mentionFields, messageFields } from "./message-fields.ts";

type MessageArguments = Arguments<typeof messageFields> &
  Arguments<typeof mentionFields> &
  Partial<Arguments<typeof fileField>>;
type EmbedArguments = NonNullable<MessageArguments["embed"]>;

/**
 * The message that the arguments describe, its buttons stored.
 * @returns a sentence when there is nothing that could be sent.
 */
export async function compose(args: MessageArguments, context: ActionContext): Promise<OutMessage | Sentence> {
  const text = shown(args.text);
  const embed = args.embed === undefined ? undefined : composeEmbed(args.embed);
  if (isSentence(embed)) return embed;
  if (text === undefined && embed === undefined && args.file === undefined) return say("message_empty");
  const written = (args.buttons ?? []) as readonly WrittenButton[];
  const addresses = [args.embed?.url, args.embed?.image, ...written.map(({ url }) => url)];
  if (addresses.some((url) => url !== undefined && url !== "" && !isWebAddress(url))) return say("not_an_address");
  const buttons = written.length === 0 ? undefined : await context.buttons(written);
  const message: OutMessage = {
    ...(text === undefined ? {} : { text }),
    ...(embed === undefined ? {} : { embed }),
    ...(buttons === undefined || buttons.length === 0 ? {} : { buttons }),
  };
  const menu = args.menu && (await context.menu(args.menu as unknown as WrittenMenu, message));
  return {
    ...message,
    // All of its choices came out empty.
    ...(menu === undefined || menu.choices.length === 0 ? {} : { menu }),
    ...(args.mentions?.includes("everyone") ? { mentionEveryone: true } : {}),
  };
}

/** Undefined when nothing of it would be seen; a sentence when its colour is none. */
function composeEmbed(args: EmbedArguments): OutEmbed | undefined | Sentence {
  const color = args.color === undefined ? undefined : colorCode(args.color);
  if (args.color !== undefined && color === undefined) return notAColor(args.color);
  const [title, text, footer] = [shown(args.title), shown(args.text), shown(args.footer)];
  const hasPairs = args.fields !== undefined && args.fields.length > 0;
  if (title === undefined && text === undefined && footer === undefined && !args.image && !hasPairs) return undefined;
  return {
    ...(title === undefined ? {} : { title }),
    ...(text === undefined ? {} : { text }),
    ...(color === undefined ? {} : { color }),
    // An address that comes out empty is none.
    ...(args.url ? { url: args.url } : {}),
    ...(args.image ? { image: args.image } : {}),
    ...(footer === undefined ? {} : { footer }),
    ...(hasPairs ? { fields: args.fields } : {}),
  };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Platforms refuse blank texts, so a template that renders to nothing counts as left out. */
function shown(text: RichText | undefined): RichText | undefined {
  return text === undefined || plainText(text).trim() === "" ? undefined : text;
}

/** What `save_as` keeps of a sent message. */
export const sentValue = (sent: SentMessage): ObjectValue => ({ id: sent.id, channel: sent.channelId });
