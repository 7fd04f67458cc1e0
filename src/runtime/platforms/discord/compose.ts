import type {
  APIActionRowComponent,
  APIAllowedMentions,
  APIButtonComponent,
  APIComponentInMessageActionRow,
  APIEmbed,
  APIMessageComponentEmoji,
  APIStringSelectComponent,
} from "discord.js";
import { colorCode } from "../../../actions/shared/colors.ts";
import type { OutButton, OutEmbed, OutFile, OutMenu, OutMessage } from "../../../contracts/message.ts";
import { PlatformError } from "../../../contracts/platform.ts";
import { plainText } from "../../../language/rich-text.ts";
import { discordLimits } from "../../../platforms/discord.ts";
import { splitRich, truncate, truncateRich } from "./cut.ts";
import { discordText, noPings, type Pings } from "./text.ts";

/** The body of one message, in the wire's own words. */
export interface MessageBody {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly attachments?: readonly { readonly id: string; readonly filename: string }[];
  readonly allowed_mentions: APIAllowedMentions;
  readonly flags?: number;
}

/** A message on its way, with what is uploaded beside its body. */
export interface Outgoing {
  readonly body: MessageBody;
  readonly files: readonly OutFile[];
}

const { textLength: mostContent, embedLength, buttonLabelLength: mostLabel } = discordLimits;
/** Embed limits (documentation: "Message Resource", Embed Limits). */
const most = { title: 256, description: 4096, fields: 25, name: 256, value: 1024, footer: 2048, all: embedLength };
const mostInRow = 5;
const mostRows = 5;
/** Lengths of a menu's words (documentation: "Component Reference", String Select). */
const mostPlaceholder = 150;
const { choiceLength: mostChoice } = discordLimits;
/** Most ids that allowed_mentions takes of one kind. */
const mostPings = 100;
const ephemeralFlag = 1 << 6;
/** Stands where Discord wants a text and there is none. */
const blank = "\u200b";

/**
 * The message as Discord takes it: several when its text is too long for one, with embed, menu, buttons and files under the
 * last.
 * @throws PlatformError kind "refused" where a menu, the buttons or the files do not fit
 */
export function compose(message: OutMessage): Outgoing[] {
  const texts = splitRich(message.text ?? [], mostContent).map((rich) => {
    const pings = noPings();
    return { content: discordText(rich, pings), pings };
  });
  const embed = message.embed === undefined ? undefined : embedOf(message.embed);
  const components = rows(message);
  const files = filesOf(message);
  if (texts.length === 0) {
    if (embed === undefined && components.length === 0 && files.length === 0) return [];
    texts.push({ content: "", pings: noPings() });
  }
  return texts.map(({ content, pings }, index) => {
    const last = index === texts.length - 1;
    const body = {
      ...(content === "" ? {} : { content }),
      ...(last && embed !== undefined ? { embeds: [embed] } : {}),
      ...(last && components.length > 0 ? { components } : {}),
      ...(last && files.length > 0 ? { attachments: attachmentsOf(files) } : {}),
      allowed_mentions: allowed(pings, message.mentionEveryone === true),
      ...(message.ephemeral === true ? { flags: ephemeralFlag } : {}),
    };
    return { body, files: last ? files : [] };
  });
}

/** What a message says from now on: one message, so a long text is cut. Its files stay unless there are new ones. */
export function composeEdit(message: OutMessage): Outgoing {
  const pings = noPings();
  const embed = message.embed === undefined ? undefined : embedOf(message.embed);
  const files = filesOf(message);
  const body = {
    content: truncateRich(message.text ?? [], mostContent, pings),
    embeds: embed === undefined ? [] : [embed],
    components: rows(message),
    ...(files.length > 0 ? { attachments: attachmentsOf(files) } : {}),
    allowed_mentions: allowed(pings, message.mentionEveryone === true),
  };
  return { body, files };
}

function filesOf({ files = [] }: OutMessage): readonly OutFile[] {
  const { files: most } = discordLimits;
  if (files.length <= most) return files;
  throw new PlatformError(
    "refused",
    `Discord takes at most ${most} files with one message; there are ${files.length}.`,
  );
}

const attachmentsOf = (files: readonly OutFile[]) =>
  files.map(({ name }, index) => ({ id: String(index), filename: name }));

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

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** A menu fills a row; the buttons follow it. */
function rows({ menu, buttons = [] }: OutMessage): Row[] {
  const first: Row[] = menu === undefined ? [] : [{ type: 1, components: [menuOf(menu)] }];
  const most = (mostRows - first.length) * mostInRow;
  if (buttons.length > most)
    throw new PlatformError(
      "refused",
      `There is room for ${most} buttons under this message on Discord; there are ${buttons.length}.`,
    );
  const made = buttons.map(buttonOf);
  const others = Array.from(
    { length: Math.ceil(made.length / mostInRow) },
    (_, row): Row => ({
      type: 1,
      components: made.slice(row * mostInRow, (row + 1) * mostInRow),
    }),
  );
  return [...first, ...others];
}

function menuOf({ key, placeholder, choices, multiple }: OutMenu): APIStringSelectComponent {
  const { menuChoices: most } = discordLimits;
  if (choices.length === 0) throw new PlatformError("refused", "The menu has no choices.");
  if (choices.length > most)
    throw new PlatformError(
      "refused",
      `A menu on Discord has at most ${most} choices; this one has ${choices.length}.`,
    );
  if (choices.some(({ value }) => value.length > mostChoice))
    throw new PlatformError("refused", `A choice in a menu on Discord has at most ${mostChoice} characters.`);
  return {
    type: 3,
    custom_id: key,
    min_values: 1,
    max_values: multiple ? choices.length : 1,
    ...(placeholder === undefined ? {} : { placeholder: truncate(placeholder, mostPlaceholder) }),
    options: choices.map(({ value, label, description, emoji }) => ({
      value,
      label: truncate(label, mostChoice) || blank,
      ...(description === undefined || description === "" ? {} : { description: truncate(description, mostChoice) }),
      ...(emoji === undefined ? {} : { emoji: emojiOf(emoji) }),
    })),
  };
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
