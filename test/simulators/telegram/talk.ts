import type {
  CallbackQuery,
  Chat,
  InlineKeyboardButton,
  Message,
  MessageEntity,
  ReactionTypeEmoji,
  User,
} from "grammy/types";
import { findEntities } from "./entities.ts";
import { addMessage, may, memberOf, type StoredChat, type World } from "./world.ts";

/** Places and messages may be named by the objects that the simulator returned. */
export type ChatRef = Pick<Chat, "id">;
type MessageRef = Pick<Message, "message_id"> & { chat: ChatRef };

export interface SayOptions {
  chat: ChatRef;
  from: User;
  text: string;
  reply_to?: MessageRef;
  /** The topic, in a forum. */
  thread?: number;
  /** Beside those that Telegram finds in the text. */
  entities?: MessageEntity[];
  /** Unix seconds; now unless told. */
  date?: number;
  /** What the message carries besides; with a file, the text is its caption. */
  carries?: Partial<Pick<Message, "photo" | "document" | "animation" | "voice" | "video_note" | "reply_markup">>;
  /** Writes in the name of a chat: an anonymous administrator or a channel. */
  sender_chat?: Chat;
}

/** What people say and press, seen from their side; each leads to the updates that the server would send the bot. */
export interface Talk {
  say(options: SayOptions): Message;
  edit(message: MessageRef, text: string): Message;
  /** Telegram changes something of a message by itself, such as a preview that appears. */
  touch(message: MessageRef): void;
  /** Deletes a message; the Bot API tells bots nothing of it. */
  remove(message: MessageRef): void;
  /** Presses the button with that label, or sends `data` from a button that is no longer there. Returns the query. */
  press(options: { from: User; message: MessageRef; button?: string; data?: string }): CallbackQuery;
  /** After this, open callback queries can no longer be answered. */
  expireQueries(): void;
  /** Sets all that somebody has under a message; `as` does it in the name of a chat. */
  react(options: { from: User; message: MessageRef; emoji: ReactionTypeEmoji["emoji"][]; as?: Chat }): void;
  /** Everything that stands in a chat now, oldest first. */
  messages(chat: ChatRef): Message[];
}

/** The chat that a test means. */
export function chatOf(world: World, ref: ChatRef): StoredChat {
  const chat = world.chats.get(ref.id);
  if (chat === undefined) throw new Error(`the simulator has no chat ${ref.id}`);
  return chat;
}

/** Hands a message to the bot if it is there and its privacy mode lets it see it. */
export function tell(world: World, chat: StoredChat, message: Message): void {
  const { status, ...bot } = memberOf(world, chat, world.bot.id);
  const outside =
    status === "left" || status === "kicked" || (status === "restricted" && "is_member" in bot && !bot.is_member);
  const seen =
    chat.info.type === "private" ||
    world.bot.can_read_all_group_messages ||
    status === "administrator" ||
    message.text === undefined ||
    message.reply_to_message?.from?.id === world.bot.id ||
    message.entities?.[0]?.type === "bot_command";
  if (seen && !outside) world.emit({ message } as Parameters<World["emit"]>[0], chat.info.id);
}

/** A text, or the caption of what is sent with it. */
function said(text: string, entities: MessageEntity[], carries: SayOptions["carries"] = {}): Partial<Message> {
  const isText = Object.keys(carries).every((key) => key === "reply_markup");
  const marked = entities.length === 0 ? {} : isText ? { entities } : { caption_entities: entities };
  return { ...(isText ? { text } : text === "" ? {} : { caption: text }), ...marked, ...carries };
}

export function createTalk(world: World): Talk {
  const messageOf = (ref: MessageRef): Message => {
    const message = chatOf(world, ref.chat).messages.get(ref.message_id);
    if (message === undefined) throw new Error(`there is no message ${ref.message_id} in chat ${ref.chat.id}`);
    return message;
  };
  return {
    say({ chat: ref, from, text, reply_to, thread, entities, date, sender_chat, carries }) {
      const chat = chatOf(world, ref);
      if (chat.info.type !== "private" && !sender_chat && !may(world, chat, from.id, "can_send_messages"))
        throw new Error(`${from.first_name} may not write in ${chat.info.title}`);
      if (thread !== undefined && chat.topics.get(thread)?.closed && !may(world, chat, from.id, "can_manage_topics"))
        throw new Error(`${from.first_name} may not write in a closed topic`);
      const all = findEntities(text, entities);
      // In a topic, a message that answers nothing points at the one that opened the topic.
      const answers = reply_to ?? (thread === undefined ? undefined : { chat: ref, message_id: thread });
      const answered = answers === undefined ? undefined : messageOf(answers);
      const message = addMessage(
        world,
        chat,
        {
          from,
          ...said(text, all, carries),
          ...(answered === undefined ? {} : { reply_to_message: answered as Message["reply_to_message"] }),
          ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true as const }),
          ...(sender_chat === undefined ? {} : { sender_chat }),
        },
        date,
      );
      tell(world, chat, message);
      return message;
    },

    edit(ref, text) {
      const before = messageOf(ref);
      const entities = findEntities(text);
      const { entities: _, ...rest } = before;
      const message = {
        ...rest,
        text,
        edit_date: world.now(),
        ...(entities.length === 0 ? {} : { entities }),
      } as Message;
      chatOf(world, ref.chat).messages.set(ref.message_id, message);
      world.emit({ edited_message: message } as Parameters<World["emit"]>[0], ref.chat.id);
      return message;
    },

    touch(ref) {
      world.emit({ edited_message: messageOf(ref) } as Parameters<World["emit"]>[0], ref.chat.id);
    },

    remove(ref) {
      chatOf(world, ref.chat).messages.delete(ref.message_id);
    },

    press({ from, message: ref, button, data }) {
      const message = chatOf(world, ref.chat).messages.get(ref.message_id);
      const buttons = (message?.reply_markup?.inline_keyboard ?? []).flat();
      const pressed = buttons.find(({ text }) => text === button) as InlineKeyboardButton.CallbackButton | undefined;
      const payload = data ?? pressed?.callback_data;
      if (payload === undefined)
        throw new Error(`there is no button "${button}", only ${buttons.map(({ text }) => `"${text}"`).join(", ")}`);
      const query: CallbackQuery = {
        id: String(world.nextNumber()),
        from,
        message: message ?? { chat: chatOf(world, ref.chat).info, message_id: ref.message_id, date: 0 },
        chat_instance: String(ref.chat.id),
        data: payload,
      };
      world.queries.add(query.id);
      world.emit({ callback_query: query }, ref.chat.id);
      return query;
    },

    expireQueries() {
      world.queries.clear();
    },

    react({ from, message, emoji, as }) {
      const chat = chatOf(world, message.chat);
      const key = `${message.message_id} ${from.id}`;
      const before = chat.reactions.get(key) ?? [];
      chat.reactions.set(key, emoji);
      if (memberOf(world, chat, world.bot.id).status !== "administrator" && chat.info.type !== "private") return;
      world.emit(
        {
          message_reaction: {
            chat: chat.info,
            message_id: message.message_id,
            ...(as === undefined ? { user: from } : { actor_chat: as }),
            date: world.now(),
            old_reaction: before.map((each) => ({ type: "emoji", emoji: each })),
            new_reaction: emoji.map((each) => ({ type: "emoji", emoji: each })),
          },
        },
        chat.info.id,
      );
    },

    messages: (ref) => [...chatOf(world, ref).messages.values()],
  };
}
