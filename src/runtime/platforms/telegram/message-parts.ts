import type { Message, MessageEntity, User } from "grammy/types";
import type { Attachment } from "../../../contracts/event.ts";

/** Addresses that a message leads to: written, behind words, or behind the buttons of another bot. */
export function linksOf(message: Message, text: string, entities: readonly MessageEntity[]): string[] {
  const written = entities.flatMap((entity) => {
    if (entity.type === "text_link") return [entity.url];
    return entity.type === "url" ? [text.slice(entity.offset, entity.offset + entity.length)] : [];
  });
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat();
  return [...written, ...buttons.flatMap((button) => ("url" in button ? [button.url] : []))];
}

/** Usernames in a text, without the bot's own: Telegram does not say whose they are. */
export function usernamesIn(text: string, entities: readonly MessageEntity[], me: User): string[] {
  return entities.flatMap(({ type, offset, length }) => {
    const username = type === "mention" ? text.slice(offset + 1, offset + length) : "";
    return username === "" || username.toLowerCase() === me.username?.toLowerCase() ? [] : [username];
  });
}

/** Files and recordings; a sticker is a way of speaking, and no file. */
export function attachmentsOf(message: Message): Attachment[] {
  const { photo, video_note } = message;
  const made: Attachment[] = [];
  const largest = photo?.at(-1);
  if (largest !== undefined) made.push(attachment("photo", { ...largest, mime_type: "image/jpeg" }));
  // An animation is told as a document besides.
  const kinds =
    message.animation === undefined ? (["document", "video", "audio", "voice"] as const) : (["animation"] as const);
  for (const kind of kinds) {
    const file = message[kind];
    if (file !== undefined) made.push(attachment(kind, file));
  }
  if (video_note !== undefined) made.push(attachment("video note", { ...video_note, mime_type: "video/mp4" }));
  return made;
}

function attachment(
  kind: string,
  file: {
    readonly file_unique_id: string;
    readonly file_name?: string;
    readonly mime_type?: string;
    readonly file_size?: number;
  },
): Attachment {
  return {
    id: file.file_unique_id,
    name: file.file_name ?? kind,
    ...(file.mime_type === undefined ? {} : { contentType: file.mime_type }),
    ...(file.file_size === undefined ? {} : { size: file.file_size }),
  };
}

/** Ids of supergroups are shown below this (core.telegram.org: "Bot API dialog IDs"). */
const supergroups = 1_000_000_000_000;

/** Where a message is found again; only supergroups have such addresses, public ones under their username. */
export function linkOf({
  chat,
  message_id: id,
  message_thread_id: thread,
  is_topic_message: inTopic,
}: Message): string | undefined {
  if (chat.type !== "supergroup") return undefined;
  const place = chat.username ?? `c/${-chat.id - supergroups}`;
  return `https://t.me/${place}/${inTopic === true && thread !== undefined ? `${thread}/` : ""}${id}`;
}
