import type { InlineKeyboardMarkup, Message, MessageEntity, ReplyParameters } from "grammy/types";
import { checkEntities, findEntities, trimmed } from "../entities.ts";
import { refusal } from "../errors.ts";
import { addMessage, findOwnChat, findWritableChat, may, type StoredChat, type World } from "../world.ts";
import type { Handlers } from "./handlers.ts";

const twoDays = 48 * 3600;

/** Sending, editing, deleting and reacting. */
export function messageMethods(world: World): Handlers {
  return {
    sendMessage(args) {
      const chat = findWritableChat(world, args.chat_id);
      const content = readText(args.text, args.entities, args.parse_mode);
      checkKeyboard(args.reply_markup);
      const thread = args.message_thread_id;
      if (thread !== undefined) checkThread(world, chat, thread);
      return addMessage(world, chat, {
        from: world.bot,
        ...content,
        ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true as const }),
        ...repliedTo(chat, args.reply_parameters),
        ...(args.link_preview_options === undefined ? {} : { link_preview_options: args.link_preview_options }),
        ...keyboard(args.reply_markup),
      }) as Message.TextMessage;
    },

    sendDocument(args, files) {
      const chat = findWritableChat(world, args.chat_id);
      const name = /^attach:\/\/(.+)$/.exec(String(args.document))?.[1];
      const file = name === undefined ? undefined : files.get(name);
      if (file === undefined) throw refusal("fileMissing");
      if (file.size === 0) throw refusal("fileEmpty");
      checkKeyboard(args.reply_markup);
      const thread = args.message_thread_id;
      if (thread !== undefined) checkThread(world, chat, thread);
      const unique = `file-${world.nextNumber()}`;
      return addMessage(world, chat, {
        from: world.bot,
        document: { file_id: unique, file_unique_id: unique, file_name: file.file_name, file_size: file.size },
        ...readCaption(args.caption, args.caption_entities),
        ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true as const }),
        ...repliedTo(chat, args.reply_parameters),
        ...keyboard(args.reply_markup),
      }) as Message.DocumentMessage;
    },

    editMessageText(args) {
      const { chat, message } = ownMessage(world, args);
      if (message.text === undefined) throw refusal("editNoText");
      const content = readText(args.text, args.entities, args.parse_mode);
      return edit(world, chat, message, content, args.reply_markup, args.link_preview_options) as Message.TextMessage &
        Edited;
    },

    editMessageCaption(args) {
      const { chat, message } = ownMessage(world, args);
      if (message.document === undefined) throw refusal("editNoCaption");
      const content = readCaption(args.caption, args.caption_entities);
      return edit(world, chat, message, content, args.reply_markup) as Message.CaptionableMessage & Message & Edited;
    },

    editMessageReplyMarkup(args) {
      const { chat, message } = ownMessage(world, args);
      return edit(world, chat, message, {}, args.reply_markup) as Message & Edited;
    },

    deleteMessage(args) {
      const chat = findOwnChat(world, args.chat_id);
      const message = chat.messages.get(args.message_id);
      if (message === undefined) throw refusal("deleteNotFound");
      checkDeletable(world, chat, message);
      chat.messages.delete(args.message_id);
      return true;
    },

    deleteMessages(args) {
      const chat = findOwnChat(world, args.chat_id);
      if (args.message_ids.length > 100) throw refusal("deleteTooMany");
      const present = args.message_ids.flatMap((id) => chat.messages.get(id) ?? []);
      for (const message of present) checkDeletable(world, chat, message);
      for (const { message_id } of present) chat.messages.delete(message_id);
      return true;
    },

    pinChatMessage(args) {
      const chat = findPinnable(world, args.chat_id);
      if (!chat.messages.has(args.message_id)) throw refusal("pinNotFound");
      chat.pinned.add(args.message_id);
      return true;
    },

    unpinChatMessage(args) {
      const chat = findPinnable(world, args.chat_id);
      const id = args.message_id ?? [...chat.pinned].at(-1);
      if (id === undefined || !chat.messages.has(id)) throw refusal("unpinNotFound");
      if (!chat.pinned.delete(id)) throw refusal("chatNotModified");
      return true;
    },

    setMessageReaction(args) {
      const chat = findOwnChat(world, args.chat_id);
      if (!chat.messages.has(args.message_id)) throw refusal("reactNotFound");
      if ((args.reaction?.length ?? 0) > 1) throw refusal("reactionsTooMany");
      return true;
    },

    sendChatAction(args) {
      const chat = findWritableChat(world, args.chat_id);
      if (args.message_thread_id !== undefined) checkThread(world, chat, args.message_thread_id);
      return true;
    },

    answerCallbackQuery(args) {
      if (!world.queries.has(args.callback_query_id)) throw refusal("queryTooOld");
      return true;
    },
  };
}

type Edited = { edit_date: number };

function readText(
  text: string | undefined = "",
  given: readonly MessageEntity[] | undefined,
  parseMode: string | undefined,
) {
  if (parseMode !== undefined) throw refusal("parseMode");
  checkEntities(text, given ?? []);
  const content = trimmed(text, given ?? []);
  if (content.text === "") throw refusal("textEmpty");
  if (content.text.length > 4096) throw refusal("tooLong");
  const entities = findEntities(content.text, content.entities);
  return entities.length === 0 ? { text: content.text } : { text: content.text, entities };
}

function readCaption(given: string | undefined, marked: readonly MessageEntity[] = []): Partial<Message> {
  if (given === undefined || given.trim() === "") return {};
  checkEntities(given, marked);
  const content = trimmed(given, marked);
  if (content.text.length > 1024) throw refusal("captionTooLong");
  const entities = findEntities(content.text, content.entities);
  return { caption: content.text, ...(entities.length === 0 ? {} : { caption_entities: entities }) };
}

/** Service messages about the making of a topic stay for ever, all others can be deleted for two days. */
function checkDeletable(world: World, chat: StoredChat, message: Message): void {
  const direct = chat.info.type === "private";
  const own = message.from?.id === world.bot.id;
  const byRight = !direct && may(world, chat, world.bot.id, "can_delete_messages");
  if ((!own && !direct && !byRight) || message.forum_topic_created !== undefined) throw refusal("deleteNotAllowed");
  if (world.now() - message.date > twoDays) throw refusal("deleteTooOld");
}

function findPinnable(world: World, chatId: number | string): StoredChat {
  const chat = findOwnChat(world, chatId);
  if (chat.info.type !== "private" && !may(world, chat, world.bot.id, "can_pin_messages"))
    throw refusal("noRightToPin");
  return chat;
}

function checkThread(world: World, chat: StoredChat, thread: number): void {
  const topic = chat.topics.get(thread);
  if (topic === undefined) throw refusal("threadNotFound");
  if (topic.closed && !may(world, chat, world.bot.id, "can_manage_topics")) throw refusal("threadClosed");
}

function checkKeyboard(markup: object | undefined): void {
  if (markup === undefined || !("inline_keyboard" in markup)) return;
  for (const button of (markup as InlineKeyboardMarkup).inline_keyboard.flat()) {
    const {
      text: _,
      style: __,
      icon_custom_emoji_id: ___,
      ...action
    } = button as typeof button & Record<string, unknown>;
    if (Object.keys(action).length !== 1) throw refusal("buttonWithoutAction");
    if ("callback_data" in button && Buffer.byteLength(button.callback_data) > 64) throw refusal("buttonData");
  }
}

const keyboard = (markup: object | undefined): { reply_markup?: InlineKeyboardMarkup } =>
  markup !== undefined && "inline_keyboard" in markup && (markup as InlineKeyboardMarkup).inline_keyboard.length > 0
    ? { reply_markup: markup as InlineKeyboardMarkup }
    : {};

function repliedTo(chat: StoredChat, reply: ReplyParameters | undefined): Partial<Message> {
  if (reply === undefined) return {};
  const message = chat.messages.get(reply.message_id ?? 0);
  if (message === undefined) {
    if (reply.allow_sending_without_reply) return {};
    throw refusal("replyNotFound");
  }
  const { reply_to_message: _, ...answered } = message;
  return { reply_to_message: answered as Message["reply_to_message"] };
}

function ownMessage(world: World, args: { chat_id?: number | string | undefined; message_id?: number | undefined }) {
  const chat = findOwnChat(world, args.chat_id ?? 0);
  const message = chat.messages.get(args.message_id ?? 0);
  if (message === undefined) throw refusal("editNotFound");
  if (message.from?.id !== world.bot.id) throw refusal("editNotAllowed");
  return { chat, message };
}

function edit(
  world: World,
  chat: StoredChat,
  message: Message,
  content: Partial<Message>,
  markup: InlineKeyboardMarkup | undefined,
  preview?: Message["link_preview_options"],
): Message {
  checkKeyboard(markup);
  const { reply_markup: _, edit_date: __, ...rest } = message;
  const changed = { ...rest, ...content, ...keyboard(markup), ...(preview ? { link_preview_options: preview } : {}) };
  if ("text" in content && !("entities" in content)) delete (changed as Partial<Message>).entities;
  if ("caption" in content && !("caption_entities" in content)) delete (changed as Partial<Message>).caption_entities;
  const { edit_date: ___, ...before } = message;
  if (canonical(changed) === canonical(before)) throw refusal("notModified");
  const edited = { ...changed, edit_date: world.now() } as Message;
  chat.messages.set(message.message_id, edited);
  return edited;
}

const canonical = (value: object) =>
  JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
