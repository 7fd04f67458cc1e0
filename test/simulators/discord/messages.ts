import type { APIAttachment, APIEmbed, APIMessage, APIPartialEmoji, APIUser } from "discord.js";
import { withDefaults } from "./components.ts";
import { ErrorCode, MessageFlag } from "./constants.ts";
import { type AllowedMentions, pingsOf } from "./pings.ts";
import { DiscordError } from "./rest/errors.ts";
import type { Simulation } from "./simulation.ts";
import type { Channel } from "./state.ts";
import { memberWithoutUser } from "./wire.ts";

/** What may be said in a message; the wire's own names. */
export interface MessageBody {
  content?: string | null;
  embeds?: APIEmbed[] | null;
  components?: APIMessage["components"] | null;
  attachments?: { id: string | number; filename?: string; description?: string }[] | null;
  poll?: {
    question: object;
    answers: { poll_media: { text?: string; emoji?: APIPartialEmoji | null } }[];
    duration?: number;
    allow_multiselect?: boolean;
  } | null;
  sticker_ids?: string[] | null;
  flags?: number | null;
  message_reference?: { message_id: string; fail_if_not_exists?: boolean | null } | null;
  allowed_mentions?: AllowedMentions | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
}

export interface UploadedFile {
  name: string;
  type: string;
  content: Buffer;
}

const longestContent = 2000;
/** "Reference", Uploading Files. */
const mostFiles = 10;
const mostBytes = 10 * 1024 * 1024;

/** Builds a message without keeping or telling it. */
export function composeMessage(
  simulation: Simulation,
  channel: Channel,
  author: APIUser,
  body: MessageBody,
  files: readonly UploadedFile[] = [],
): APIMessage {
  const { world } = simulation;
  const id = world.nextId();
  const content = body.content ?? "";
  const attachments = upload(simulation, channel.id, files);
  const flags = body.flags ?? 0;
  const repliedTo = channel.messages.get(body.message_reference?.message_id ?? "");
  refuseEmpty(body, files.length, flags);
  const message: APIMessage = {
    id,
    channel_id: channel.id,
    author,
    type: 0,
    content,
    timestamp: new Date(world.now()).toISOString(),
    edited_timestamp: null,
    tts: false,
    ...pingsOf(world, channel, author, content, body.allowed_mentions, repliedTo?.author),
    attachments,
    embeds: withType(body.embeds),
    components: withDefaults(body.components),
    pinned: false,
    flags,
  };
  if (body.nonce !== undefined && body.nonce !== null) message.nonce = body.nonce;
  if (body.poll) message.poll = pollOf(body.poll, world.now());
  const reference = body.message_reference?.message_id;
  if (reference !== undefined) {
    message.type = 19;
    message.message_reference = { type: 0, channel_id: channel.id, message_id: reference };
    if (channel.guild) message.message_reference.guild_id = channel.guild.id;
    const { referenced_message: _, ...referenced } = repliedTo ?? {};
    message.referenced_message = "id" in referenced ? (referenced as APIMessage) : null;
  }
  return message;
}

/** The fields that an edit may change; an absent field stays. */
export function editedMessage(
  simulation: Simulation,
  message: APIMessage,
  body: MessageBody,
  files: readonly UploadedFile[] = [],
): APIMessage {
  const content = body.content === undefined ? message.content : (body.content ?? "");
  const channel = simulation.world.channels.get(message.channel_id)!;
  const kept = body.attachments?.map(({ id }) => String(id));
  const edited: APIMessage = {
    ...message,
    content,
    attachments: [
      ...message.attachments.filter(({ id }) => kept?.includes(id) ?? true),
      ...upload(simulation, channel.id, files),
    ],
    ...pingsOf(simulation.world, channel, message.author, content, body.allowed_mentions),
    embeds: body.embeds === undefined ? message.embeds : withType(body.embeds),
    ...(body.components === undefined ? {} : { components: withDefaults(body.components) }),
    ...(typeof body.flags === "number" ? { flags: body.flags | ((message.flags ?? 0) & MessageFlag.Ephemeral) } : {}),
    edited_timestamp: new Date(simulation.world.now()).toISOString(),
  };
  refuseEmpty(edited, edited.attachments.length, edited.flags ?? 0);
  return edited;
}

/** As MESSAGE_CREATE and MESSAGE_UPDATE tell it: in a guild with the author's membership. */
export function messageEvent(channel: Channel, message: APIMessage): object {
  if (channel.guild === undefined) return message;
  const member = channel.guild.members.get(message.author.id);
  return {
    ...message,
    guild_id: channel.guild.id,
    ...(member === undefined || message.webhook_id !== undefined ? {} : { member: memberWithoutUser(member) }),
    mentions: message.mentions.map((user) => {
      const mentioned = channel.guild?.members.get(user.id);
      return mentioned === undefined ? user : { ...user, member: memberWithoutUser(mentioned) };
    }),
  };
}

/** Keeps a message in its channel and tells it. */
export function postMessage(simulation: Simulation, channel: Channel, message: APIMessage): void {
  channel.messages.set(message.id, message);
  simulation.dispatch("MESSAGE_CREATE", messageEvent(channel, message), channel.guild);
}

/** Replaces a kept message and tells it. */
export function updateMessage(simulation: Simulation, channel: Channel, message: APIMessage): void {
  channel.messages.set(message.id, message);
  simulation.dispatch("MESSAGE_UPDATE", messageEvent(channel, message), channel.guild);
}

export function removeMessages(simulation: Simulation, channel: Channel, ids: readonly string[]): void {
  for (const id of ids) {
    channel.messages.delete(id);
    channel.pins.delete(id);
  }
  const place = { channel_id: channel.id, ...(channel.guild ? { guild_id: channel.guild.id } : {}) };
  if (ids.length === 1) simulation.dispatch("MESSAGE_DELETE", { id: ids[0], ...place }, channel.guild);
  else if (ids.length > 1) simulation.dispatch("MESSAGE_DELETE_BULK", { ids: [...ids], ...place }, channel.guild);
}

function upload({ world, url }: Simulation, channelId: string, files: readonly UploadedFile[]): APIAttachment[] {
  if (files.some(({ content }) => content.length > mostBytes))
    throw new DiscordError(413, ErrorCode.RequestEntityTooLarge, "Request entity too large");
  if (files.length > mostFiles)
    throw new DiscordError(400, ErrorCode.InvalidFormBodyOrContentType, "Invalid Form Body", {
      attachments: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: `Must be ${mostFiles} or fewer in length.` }] },
    });
  return files.map(({ name, type, content }) => {
    const id = world.nextId();
    const path = `/attachments/${channelId}/${id}/${encodeURIComponent(name)}`;
    world.files.set(path, { content, type });
    const address = `${url}${path}`;
    return { id, filename: name, size: content.length, url: address, proxy_url: address, content_type: type };
  });
}

function refuseEmpty(body: MessageBody | APIMessage, files: number, flags: number): void {
  const { content, embeds, components, poll } = body;
  const said = content || embeds?.length || components?.length || poll || files > 0;
  if (!said && !("sticker_ids" in body && body.sticker_ids?.length) && (flags & MessageFlag.Loading) === 0)
    throw new DiscordError(400, ErrorCode.CannotSendAnEmptyMessage, "Cannot send an empty message");
  if ((content?.length ?? 0) > longestContent)
    throw new DiscordError(400, ErrorCode.InvalidFormBodyOrContentType, "Invalid Form Body", {
      content: {
        _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: `Must be ${longestContent} or fewer in length.` }],
      },
    });
}

function withType(embeds: APIEmbed[] | null | undefined): APIEmbed[] {
  return (embeds ?? []).map((embed) => ({ type: "rich" as APIEmbed["type"] & string, ...embed }) as APIEmbed);
}

function pollOf(poll: NonNullable<MessageBody["poll"]>, now: number): NonNullable<APIMessage["poll"]> {
  const hours = poll.duration ?? 24;
  return {
    question: poll.question,
    answers: poll.answers.map(({ poll_media: { emoji, ...media } }, index) => ({
      answer_id: index + 1,
      poll_media: { ...media, ...(emoji ? { emoji } : {}) },
    })),
    expiry: new Date(now + hours * 3_600_000).toISOString(),
    allow_multiselect: poll.allow_multiselect ?? false,
    layout_type: 1,
    results: { is_finalized: false, answer_counts: [] },
  };
}
