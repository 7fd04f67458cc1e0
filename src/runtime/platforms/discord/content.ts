import type { APIAttachment, APIUser, GatewayMessageCreateDispatchData } from "discord.js";
import type { Attachment, CommandCall, MessageContent, TextEntity } from "../../../contracts/event.ts";
import { type Guilds, personOf } from "./guilds.ts";

type Message = GatewayMessageCreateDispatchData;

const reference = /<(@!|@&|@|#)(\d{1,20})>|<a?:(\w{2,32}):\d{1,20}>/g;

/** What a message says: mentions and emoji by their names, as people see them. */
export function contentOf(message: Message, guilds: Guilds): MessageContent {
  const entities: TextEntity[] = [];
  let text = "";
  let at = 0;
  for (const match of message.content.matchAll(reference)) {
    text += message.content.slice(at, match.index);
    at = match.index + match[0].length;
    const named = match[3] === undefined ? mentioned(match[1]!, match[2]!, message, guilds) : undefined;
    if (named === undefined) {
      text += match[3] === undefined ? match[0] : `:${match[3]}:`;
      continue;
    }
    const shown = (named.kind === "channel" ? "#" : "@") + named.name;
    entities.push({ offset: text.length, length: shown.length, ...named });
    text += shown;
  }
  text += message.content.slice(at);
  const answered = message.message_reference?.message_id;
  const author = message.referenced_message?.author;
  const forwarded = (message.message_snapshots ?? []).map((snapshot) => snapshot.message);
  const attachments = [message, ...forwarded].flatMap((one) => (one.attachments ?? []).map(attachmentOf));
  return {
    id: message.id,
    text,
    entities,
    attachments,
    ...(forwarded.length === 0 ? {} : { forwarded: forwarded.map(({ content }) => content).join("\n") }),
    link: `https://discord.com/channels/${message.guild_id ?? "@me"}/${message.channel_id}/${message.id}`,
    ...(answered === undefined
      ? {}
      : { repliedTo: { messageId: answered, ...(author === undefined ? {} : { author: personOf(author) }) } }),
  };
}

export function attachmentOf({ id, filename, url, content_type, size }: APIAttachment): Attachment {
  return { id, name: filename, url, size, ...(content_type === undefined ? {} : { contentType: content_type }) };
}

function mentioned(
  sign: string,
  id: string,
  message: Message,
  guilds: Guilds,
): Omit<TextEntity, "offset" | "length"> | undefined {
  if (sign === "#") {
    const place = guilds.place(id);
    // Whoever writes may do nothing elsewhere, nor learn there what channels are called.
    return place === undefined || place.guildId !== message.guild_id
      ? undefined
      : { kind: "channel", id, name: place.name };
  }
  if (sign === "@&") {
    const role = message.guild_id === undefined ? undefined : guilds.role(message.guild_id, id);
    return role === undefined ? undefined : { kind: "role", id, name: role.name };
  }
  const user = message.mentions.find((each) => each.id === id);
  if (user === undefined) return undefined;
  const person = personOf(user, user.member?.nick);
  return { kind: "user", id, name: person.name, person };
}

/**
 * A call in a message: a name right behind the prefix, or behind a mention of the bot (or of the role that Discord made for
 * it) at the start.
 */
export function callIn(
  message: Message,
  content: MessageContent,
  self: Pick<APIUser, "id">,
  prefix: string | undefined,
  guilds: Guilds,
): CommandCall | undefined {
  const { text, entities } = content;
  const first = entities.find(({ offset }) => text.slice(0, offset).trim() === "");
  const direct = message.guild_id === undefined;
  if (first !== undefined && meansBot(first, message, self, guilds))
    return callAt(content, first.offset + first.length, true, true);
  if (prefix !== undefined && text.startsWith(prefix)) return callAt(content, prefix.length, direct, false);
  return undefined;
}

function meansBot(entity: TextEntity, message: Message, self: Pick<APIUser, "id">, guilds: Guilds): boolean {
  if (entity.kind === "user") return entity.id === self.id;
  if (entity.kind !== "role" || message.guild_id === undefined) return false;
  return guilds.guild(message.guild_id)?.roles.cache.get(entity.id)?.tags?.botId === self.id;
}

function callAt(content: MessageContent, at: number, addressed: boolean, spaced: boolean): CommandCall | undefined {
  const { text } = content;
  const match = /^\s*\/?([\p{L}\p{N}_-]{1,32})(?=\s|$)/u.exec(text.slice(at));
  const name = match?.[1];
  if (match === null || name === undefined || (!spaced && /^[\s/]/.test(match[0]))) return undefined;
  const rest = text.slice(at + match[0].length);
  const start = at + match[0].length + rest.length - rest.trimStart().length;
  return {
    name: name.toLowerCase(),
    addressed,
    input: {
      kind: "text",
      text: text.slice(start),
      entities: content.entities
        .filter(({ offset }) => offset >= start)
        .map((entity) => ({ ...entity, offset: entity.offset - start })),
    },
  };
}
