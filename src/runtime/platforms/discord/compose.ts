import type {
  APIActionRowComponent,
  APIAllowedMentions,
  APIButtonComponent,
  APIComponentInMessageActionRow,
  APIEmbed,
  APIMessageComponentEmoji,
} from "discord.js";
import { colorCode } from "../../../actions/shared/colors.ts";
import type { OutButton, OutEmbed, OutMessage } from "../../../contracts/message.ts";
import { plainText } from "../../../language/rich-text.ts";
import { splitRich, truncate, truncateRich } from "./cut.ts";
import { discordText, noPings, type Pings } from "./text.ts";

/** The body of one message, in the wire's own words. */
export interface MessageBody {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly allowed_mentions: APIAllowedMentions;
  readonly flags?: number;
}

const mostContent = 2000;
/** Embed limits (documentation: "Message Resource", Embed Limits). */
const most = { title: 256, description: 4096, fields: 25, name: 256, value: 1024, footer: 2048, all: 6000 };
const mostInRow = 5;
const mostButtons = 25;
const mostLabel = 80;
/** Most ids that allowed_mentions takes of one kind. */
const mostPings = 100;
const ephemeralFlag = 1 << 6;
/** Stands where Discord wants a text and there is none. */
const blank = "\u200b";

/** The message as Discord takes it: several when its text is too long for one, the embed and the buttons under the last. */
export function compose(message: OutMessage): MessageBody[] {
  const texts = splitRich(message.text ?? [], mostContent).map((rich) => {
    const pings = noPings();
    return { content: discordText(rich, pings), pings };
  });
  const embed = message.embed === undefined ? undefined : embedOf(message.embed);
  if (texts.length === 0 && embed === undefined) return [];
  if (texts.length === 0) texts.push({ content: "", pings: noPings() });
  const buttons = message.buttons ?? [];
  return texts.map(({ content, pings }, index) => {
    const last = index === texts.length - 1;
    return {
      ...(content === "" ? {} : { content }),
      ...(last && embed !== undefined ? { embeds: [embed] } : {}),
      ...(last && buttons.length > 0 ? { components: rows(buttons) } : {}),
      allowed_mentions: allowed(pings, message.mentionEveryone === true),
      ...(message.ephemeral === true ? { flags: ephemeralFlag } : {}),
    };
  });
}

/** Only who is mentioned on purpose is pinged, whatever else the text looks like. */
function allowed(pings: Pings, everyone: boolean): APIAllowedMentions {
  return {
    parse: everyone && pings.everyone ? (["everyone"] as unknown as NonNullable<APIAllowedMentions["parse"]>) : [],
    users: [...pings.users].slice(0, mostPings),
    roles: [...pings.roles].slice(0, mostPings),
    replied_user: false,
  };
}

function embedOf(embed: OutEmbed): APIEmbed | undefined {
  const { url, image } = embed;
  const title = embed.title === undefined ? "" : truncateRich(embed.title, most.title);
  const footer = embed.footer === undefined ? "" : truncate(plainText(embed.footer), most.footer);
  let left = most.all - title.length - footer.length;
  const description =
    embed.text === undefined ? "" : truncateRich(embed.text, Math.max(1, Math.min(most.description, left)));
  left -= description.length;
  const fields: NonNullable<APIEmbed["fields"]> = [];
  for (const field of (embed.fields ?? []).slice(0, most.fields)) {
    const name = truncateRich(field.name, most.name).trim() || blank;
    const value = truncateRich(field.value, most.value).trim() || blank;
    left -= name.length + value.length;
    if (left < 0) break;
    fields.push({ name, value, inline: field.inline });
  }
  if (title === "" && description === "" && footer === "" && fields.length === 0 && image === undefined)
    return undefined;
  const color = embed.color === undefined ? undefined : colorCode(embed.color);
  return {
    ...(title === "" ? {} : { title }),
    ...(description === "" ? {} : { description }),
    ...(url === undefined ? {} : { url }),
    ...(color === undefined ? {} : { color: Number.parseInt(color.slice(1), 16) }),
    ...(image === undefined ? {} : { image: { url: image } }),
    ...(footer === "" ? {} : { footer: { text: footer } }),
    ...(fields.length === 0 ? {} : { fields }),
  };
}

const styles = { primary: 1, secondary: 2, success: 3, danger: 4 } as const;

function rows(buttons: readonly OutButton[]): APIActionRowComponent<APIComponentInMessageActionRow>[] {
  const made = buttons.slice(0, mostButtons).map(buttonOf);
  return Array.from({ length: Math.ceil(made.length / mostInRow) }, (_, row) => ({
    type: 1,
    components: made.slice(row * mostInRow, (row + 1) * mostInRow),
  }));
}

function buttonOf({ key, label, style, emoji, url }: OutButton): APIButtonComponent {
  const look = {
    type: 2 as const,
    ...(label === "" && emoji !== undefined ? {} : { label: truncate(label, mostLabel) || blank }),
    ...(emoji === undefined ? {} : { emoji: emojiOf(emoji) }),
  };
  if (url !== undefined) return { ...look, style: 5, url };
  return { ...look, style: styles[style], custom_id: key ?? "" };
}

const customEmoji = /^<(a?):(\w{2,32}):(\d{1,20})>$/;

function emojiOf(written: string): APIMessageComponentEmoji {
  const [, animated, name, id] = customEmoji.exec(written.trim()) ?? [];
  if (name === undefined || id === undefined) return { name: written.trim() };
  return { id, name, animated: animated === "a" };
}

/** An emoji as the path of a reaction names it. */
export function reactionName(written: string): string {
  const [, , name, id] = customEmoji.exec(written.trim()) ?? [];
  return encodeURIComponent(name === undefined ? written.trim() : `${name}:${id}`);
}
