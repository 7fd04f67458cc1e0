import type { CallbackQuery, Chat, Message, MessageEntity, Update, User } from "grammy/types";
import type {
  BotEvent,
  ButtonEvent,
  CommandCall,
  Json,
  MemberEvent,
  MessageContent,
  MessageEditedEvent,
  MessageEvent,
  Person,
  TextEntity,
  ThreadEvent,
} from "../../../contracts/event.ts";
import { chatAsPerson, type EventContext, originAt, personOf, placeOf } from "./event-parts.ts";
import { attachmentsOf, linkOf, linksOf, usernamesIn } from "./message-parts.ts";
import type { Places } from "./places.ts";
import { reactionEvents } from "./reactions.ts";
import { isInside } from "./standing.ts";

/**
 * The author. Whoever writes in the name of a chat is that chat: an anonymous administrator is the group, and a post
 * forwarded from the linked channel counts as a bot's, because no person wrote it here.
 */
function authorOf(message: Message): Person | undefined {
  const chat = message.sender_chat;
  if (chat !== undefined && chat.type !== "private") return chatAsPerson(chat, message.is_automatic_forward === true);
  return message.from === undefined ? undefined : personOf(message.from);
}

/** What an update says happened, as far as rules hear of it. */
export function eventsOf(update: Update, context: EventContext): BotEvent[] {
  if (update.message !== undefined) {
    const { message } = update;
    learn(message, context.places);
    if (message.new_chat_members !== undefined)
      return message.new_chat_members.flatMap((user) =>
        memberEvent("member_joined", message.chat, user, message.date, context),
      );
    if (message.left_chat_member !== undefined)
      return memberEvent("member_left", message.chat, message.left_chat_member, message.date, context);
    if (message.forum_topic_created !== undefined) return threadEvent(message, context);
    return messageEvent(message, context);
  }
  if (update.callback_query !== undefined) return buttonEvent(update.callback_query, context);
  if (update.chat_member !== undefined) {
    const { chat, date, old_chat_member: before, new_chat_member: after } = update.chat_member;
    context.places.see(chat);
    if (isInside(before) === isInside(after)) return [];
    return memberEvent(isInside(after) ? "member_joined" : "member_left", chat, after.user, date, context);
  }
  if (update.edited_message !== undefined) {
    learn(update.edited_message, context.places);
    return editedEvent(update.edited_message, context);
  }
  if (update.message_reaction !== undefined) {
    context.places.see(update.message_reaction.chat);
    return reactionEvents(update.message_reaction, update.update_id, context);
  }
  return [];
}

/** Names of chats and topics, and groups that moved. */
function learn(message: Message, places: Places): void {
  if (message.migrate_to_chat_id !== undefined) places.moved(message.chat.id, message.migrate_to_chat_id);
  if (message.migrate_from_chat_id !== undefined) places.moved(message.migrate_from_chat_id, message.chat.id);
  const thread = message.is_topic_message ? message.message_thread_id : undefined;
  const named =
    message.forum_topic_created?.name ??
    message.forum_topic_edited?.name ??
    message.reply_to_message?.forum_topic_created?.name;
  places.see(message.chat, thread !== undefined && named !== undefined ? { thread, name: named } : undefined);
}

/** Fields of which one makes a message something that somebody said, and not a notice of the service. */
const contentFields = [
  "text",
  "caption",
  "photo",
  "sticker",
  "animation",
  "audio",
  "document",
  "video",
  "video_note",
  "voice",
  "contact",
  "dice",
  "game",
  "poll",
  "location",
  "story",
  "paid_media",
  "checklist",
] as const satisfies readonly (keyof Message)[];

/** Whoever said something; undefined for notices of the service and for the bot itself. */
function speakerOf(message: Message, { me }: EventContext): Person | undefined {
  if (!contentFields.some((field) => field in message)) return undefined;
  const user = authorOf(message);
  return user?.id === String(me.id) ? undefined : user;
}

function messageEvent(message: Message, context: EventContext): MessageEvent[] {
  const user = speakerOf(message, context);
  if (user === undefined) return [];
  const content = contentOf(message, context.me);
  const call = commandCall(message, content, context.me);
  return [
    {
      kind: "message",
      key: `message:${message.chat.id}:${message.message_id}`,
      at: message.date * 1000,
      ...placeOf(message.chat, threadOf(message), context),
      user,
      message: content,
      ...(call === undefined ? {} : { call }),
      origin: originOf(message),
    },
  ];
}

/**
 * Somebody changed what they said. Telegram's own changes, such as a preview that appears, bring no new date of an edit, so
 * they have the key of the last one; a location that moves is no new saying either.
 */
function editedEvent(message: Message, context: EventContext): MessageEditedEvent[] {
  const { edit_date: edited } = message;
  const user = edited === undefined || message.location !== undefined ? undefined : speakerOf(message, context);
  if (edited === undefined || user === undefined) return [];
  return [
    {
      kind: "message_edited",
      key: `edited:${message.chat.id}:${message.message_id}:${edited}`,
      at: edited * 1000,
      ...placeOf(message.chat, threadOf(message), context),
      user,
      message: contentOf(message, context.me),
      origin: originOf(message),
    },
  ];
}

function threadEvent(message: Message, context: EventContext): ThreadEvent[] {
  const user = authorOf(message);
  if (user === undefined || user.id === String(context.me.id)) return [];
  return [
    {
      kind: "thread_created",
      key: `thread:${message.chat.id}:${message.message_id}`,
      at: message.date * 1000,
      ...placeOf(message.chat, threadOf(message), context),
      user,
      origin: originOf(message),
    },
  ];
}

function contentOf(message: Message, me: User): MessageContent {
  const text = message.text ?? message.caption ?? "";
  const marked = message.entities ?? message.caption_entities ?? [];
  const entities = marked.flatMap((entity) => mentionIn(text, entity, me));
  const links = linksOf(message, text, marked);
  const usernames = usernamesIn(text, marked, me);
  const link = linkOf(message);
  const answered = message.reply_to_message;
  const opensTopic = answered !== undefined && answered.message_id === message.message_thread_id;
  const author = answered === undefined ? undefined : authorOf(answered as Message);
  return {
    id: String(message.message_id),
    text,
    entities,
    attachments: attachmentsOf(message),
    ...(links.length === 0 ? {} : { links }),
    ...(usernames.length === 0 ? {} : { usernames }),
    ...(link === undefined ? {} : { link }),
    ...(answered === undefined || opensTopic
      ? {}
      : { repliedTo: { messageId: String(answered.message_id), ...(author === undefined ? {} : { author }) } }),
  };
}

/** Mentions that say whom they mean: Telegram tells the person only where they have no username. */
function mentionIn(text: string, entity: MessageEntity, me: User): TextEntity[] {
  const { offset, length } = entity;
  const written = text.slice(offset, offset + length);
  const mentioned =
    entity.type === "text_mention"
      ? entity.user
      : entity.type === "mention" && written.slice(1).toLowerCase() === me.username?.toLowerCase()
        ? me
        : undefined;
  if (mentioned === undefined) return [];
  const person = personOf(mentioned);
  return [{ offset, length, kind: "user", id: person.id, name: person.name, person }];
}

/** `/name` or `/name@thisbot` at the start; a command for another bot is none. */
function commandCall(message: Message, content: MessageContent, me: User): CommandCall | undefined {
  const first = (message.entities ?? message.caption_entities)?.[0];
  if (first?.type !== "bot_command" || first.offset !== 0) return undefined;
  const called = content.text.slice(1, first.length);
  const at = called.indexOf("@");
  const name = at === -1 ? called : called.slice(0, at);
  const addressee = at === -1 ? undefined : called.slice(at + 1);
  if (addressee !== undefined && addressee.toLowerCase() !== me.username?.toLowerCase()) return undefined;
  const after = content.text.slice(first.length);
  const start = first.length + after.length - after.trimStart().length;
  return {
    name: name.toLowerCase(),
    addressed: addressee !== undefined || message.chat.type === "private",
    input: {
      kind: "text",
      text: content.text.slice(start),
      entities: content.entities
        .filter((entity) => entity.offset >= start)
        .map((entity) => ({ ...entity, offset: entity.offset - start })),
    },
  };
}

function buttonEvent(query: CallbackQuery, context: EventContext): ButtonEvent[] {
  const { message, data } = query;
  if (message === undefined || data === undefined) return [];
  context.places.see(message.chat);
  const thread = message.date === 0 ? undefined : threadOf(message as Message);
  return [
    {
      kind: "button",
      key: `callback:${query.id}`,
      at: context.now(),
      ...placeOf(message.chat, thread, context),
      user: personOf(query.from),
      button: data,
      messageId: String(message.message_id),
      origin: { ...originAt(message.chat, message.message_id, thread), query: query.id },
    },
  ];
}

function memberEvent(
  kind: MemberEvent["kind"],
  chat: Chat,
  user: User,
  date: number,
  context: EventContext,
): MemberEvent[] {
  if (user.id === context.me.id) return [];
  return [
    {
      kind,
      key: `${kind === "member_joined" ? "joined" : "left"}:${chat.id}:${user.id}:${date}`,
      at: date * 1000,
      ...placeOf(chat, undefined, context),
      user: personOf(user),
      origin: { chat: chat.id },
    },
  ];
}

const threadOf = (message: Message) => (message.is_topic_message ? message.message_thread_id : undefined);

const originOf = (message: Message): Json => originAt(message.chat, message.message_id, threadOf(message));
