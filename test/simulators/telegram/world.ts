import type {
  Chat,
  ChatMember,
  ChatPermissions,
  Message,
  ReactionTypeEmoji,
  Update,
  User,
  UserFromGetMe,
} from "grammy/types";
import { refusal } from "./errors.ts";
import { administrator, ordinaryPermissions, type Right } from "./members.ts";

/** A chat as the server keeps it. */
export interface StoredChat {
  info: Chat;
  members: Map<number, ChatMember>;
  messages: Map<number, Message>;
  lastMessageId: number;
  /** What members without rights of their own may do. */
  permissions: ChatPermissions;
  topics: Map<number, { name: string; closed: boolean; by: number }>;
  pinned: Set<number>;
  /** Emoji that somebody has put under a message, by `<message id> <user id>`. */
  reactions: Map<string, ReactionTypeEmoji["emoji"][]>;
  /** Set when a group became a supergroup. */
  migratedTo?: number;
}

/** One of the update's kinds with its content, before it has a number. */
export type NewUpdate = Omit<Update, "update_id">;

/** Everything the server knows; methods and people act on it, updates leave through `emit`. */
export interface World {
  bot: UserFromGetMe;
  /** Unix seconds. */
  now(): number;
  users: Map<number, User>;
  deactivated: Set<number>;
  chats: Map<number, StoredChat>;
  /** Open callback queries by id. */
  queries: Set<string>;
  /** Unique numbers for callback queries. */
  nextNumber(): number;
  emit(update: NewUpdate, chatId: number): void;
}

export function createWorld(bot: UserFromGetMe, now: () => number, emit: World["emit"]): World {
  let number = 0;
  return {
    bot,
    now,
    users: new Map([[bot.id, bot]]),
    deactivated: new Set(),
    chats: new Map(),
    queries: new Set(),
    nextNumber: () => ++number,
    emit,
  };
}

/** Makes an empty chat known. */
export function addChat(world: World, info: Chat): StoredChat {
  const chat: StoredChat = {
    info,
    members: new Map(),
    messages: new Map(),
    lastMessageId: 0,
    permissions: { ...ordinaryPermissions },
    topics: new Map(),
    pinned: new Set(),
    reactions: new Map(),
  };
  world.chats.set(info.id, chat);
  return chat;
}

/** The chat that a request names, or the refusal that the server gives: unknown, moved, or never spoken with. */
export function findChat(world: World, chatId: number | string): StoredChat {
  const chat =
    typeof chatId === "string" && chatId.startsWith("@")
      ? [...world.chats.values()].find(({ info }) => info.username?.toLowerCase() === chatId.slice(1).toLowerCase())
      : world.chats.get(Number(chatId));
  if (chat === undefined) throw refusal(world.users.has(Number(chatId)) ? "neverStarted" : "chatNotFound");
  if (chat.migratedTo !== undefined) throw refusal("upgraded", { migrate_to_chat_id: chat.migratedTo });
  return chat;
}

/** The chat, provided that the bot is in it and has not been blocked. */
export function findOwnChat(world: World, chatId: number | string): StoredChat {
  const chat = findChat(world, chatId);
  const status = memberOf(world, chat, world.bot.id).status;
  if (chat.info.type === "private") {
    if (world.deactivated.has(chat.info.id)) throw refusal("deactivated");
    if (status === "kicked") throw refusal("blocked");
    return chat;
  }
  const group = chat.info.type === "group";
  if (status === "kicked") throw refusal(group ? "kickedFromGroup" : "kickedFromSupergroup");
  if (status === "left") throw refusal(group ? "notMemberOfGroup" : "notMemberOfSupergroup");
  return chat;
}

/** The chat, provided that the bot may write in it. */
export function findWritableChat(world: World, chatId: number | string): StoredChat {
  const chat = findOwnChat(world, chatId);
  if (chat.info.type !== "private" && !may(world, chat, world.bot.id, "can_send_messages"))
    throw refusal("noRightToSend");
  return chat;
}

/** The person's standing; somebody known who was never there has left. */
export function memberOf(world: World, chat: StoredChat, userId: number): ChatMember {
  const member = chat.members.get(userId);
  if (member !== undefined) return lifted(world, chat, member);
  const user = world.users.get(userId);
  if (user === undefined) throw refusal("userNotFound");
  return { status: "left", user };
}

/** A ban or restriction whose time is over is gone. */
function lifted(world: World, chat: StoredChat, member: ChatMember): ChatMember {
  if (member.status !== "restricted" && member.status !== "kicked") return member;
  if (member.until_date === 0 || member.until_date > world.now()) return member;
  const free: ChatMember = {
    status: member.status === "restricted" && member.is_member ? "member" : "left",
    user: member.user,
  };
  chat.members.set(member.user.id, free);
  return free;
}

/** Whether somebody holds a right: by being the owner, by appointment, or, for ordinary ones, by the chat's permissions. */
export function may(world: World, chat: StoredChat, userId: number, right: Right | keyof ChatPermissions): boolean {
  const member = memberOf(world, chat, userId);
  switch (member.status) {
    case "creator":
      return true;
    case "administrator":
      return Object.hasOwn(administrator(member.user), right)
        ? (member as unknown as Record<string, boolean | undefined>)[right] === true
        : true;
    case "restricted":
    case "member": {
      const permission = (chat.permissions as Record<string, boolean | undefined>)[right];
      const own = member.status === "restricted" ? (member as unknown as Record<string, boolean>)[right] : true;
      return ordinary.has(right) && own === true && permission !== false;
    }
    default:
      return false;
  }
}

/** Rights that everybody has unless they are taken away. */
const ordinary = new Set<string>([
  "can_send_messages",
  "can_send_documents",
  "can_send_photos",
  "can_send_polls",
  "can_send_other_messages",
  "can_react_to_messages",
]);

/** Stores a message under the chat's next number. */
export function addMessage(
  world: World,
  chat: StoredChat,
  content: Partial<Message> & { from: User },
  date?: number,
): Message {
  chat.lastMessageId += 1;
  const message = {
    message_id: chat.lastMessageId,
    date: date ?? world.now(),
    chat: chat.info,
    ...content,
  } as Message;
  chat.messages.set(message.message_id, message);
  return message;
}

/** Opens a topic; the notice of it has the topic's own number. */
export function addTopic(world: World, chat: StoredChat, name: string, by: User): Message {
  const message = addMessage(world, chat, {
    from: by,
    forum_topic_created: { name, icon_color: 0x6fb9f0 },
    is_topic_message: true,
  });
  message.message_thread_id = message.message_id;
  chat.topics.set(message.message_id, { name, closed: false, by: by.id });
  return message;
}
