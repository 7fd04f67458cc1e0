import type { Chat, ChatMember, ChatPermissions, Message, User } from "grammy/types";
import { administrator, type Right, restricted } from "./members.ts";
import { type ChatRef, chatOf, tell } from "./talk.ts";
import { addChat, addMessage, addTopic, memberOf, type StoredChat, type World } from "./world.ts";

export type Status = "creator" | "administrator" | "member" | "restricted" | "left" | "kicked";

/** Who is where, and what they may do there, seen from their side; each leads to the updates that the server would send the bot. */
export interface People {
  user(about: {
    first_name: string;
    username?: string;
    last_name?: string;
    is_bot?: boolean;
    language_code?: string;
  }): User;
  /** A private chat with somebody who has started the bot. */
  privateChat(user: User): Chat.PrivateChat;
  /** A group with the bot in it. Without `bot` the bot is an ordinary member; `rights` make it an administrator. */
  group(about: GroupOptions): Chat.GroupChat | Chat.SupergroupChat;
  join(chat: ChatRef, user: User, by?: User): void;
  leave(chat: ChatRef, user: User, by?: User): void;
  setMember(chat: ChatRef, user: User, status: Status, rights?: readonly Right[]): void;
  /** Opens a topic and returns its thread id. */
  openTopic(chat: ChatRef, name: string, by: User): number;
  /** The topics of a forum by their thread ids. */
  topics(chat: ChatRef): ReadonlyMap<number, { name: string; closed: boolean }>;
  /** What members of the chat may do. */
  permissions(chat: ChatRef): ChatPermissions;
  /** Changes by hand what members of the chat may do. */
  permit(chat: ChatRef, permissions: ChatPermissions): void;
  /** Numbers of the messages that are pinned. */
  pinned(chat: ChatRef): number[];
  /** Makes a group a supergroup under a new id. */
  migrate(chat: ChatRef): Chat.SupergroupChat;
  rename(chat: ChatRef, title: string, by: User): void;
  block(user: User): void;
  unblock(user: User): void;
  deactivate(user: User): void;
  member(chat: ChatRef, user: Pick<User, "id">): ChatMember;
}

export interface GroupOptions {
  title: string;
  type?: "group" | "supergroup";
  username?: string;
  owner: User;
  members?: readonly User[];
  /** The bot's rights as an administrator. */
  rights?: readonly Right[];
  forum?: boolean;
  id?: number;
}

/** Changes somebody's standing and tells the bot, as far as the server tells it. */
export function changeMember(world: World, chat: StoredChat, after: ChatMember, by: User): void {
  const before = memberOf(world, chat, after.user.id);
  chat.members.set(after.user.id, after);
  const change = { chat: chat.info, from: by, date: world.now(), old_chat_member: before, new_chat_member: after };
  const own = after.user.id === world.bot.id;
  const botIsAdministrator = ["creator", "administrator"].includes(memberOf(world, chat, world.bot.id).status);
  if (own) world.emit({ my_chat_member: change }, chat.info.id);
  else if (botIsAdministrator) world.emit({ chat_member: change }, chat.info.id);
}

export function createPeople(world: World): People {
  let nextUser = 1001;
  let nextGroup = 5001;

  const service = (chat: StoredChat, from: User, content: Partial<Message>) =>
    tell(world, chat, addMessage(world, chat, { from, ...content }));

  return {
    user(about) {
      const user: User = { id: nextUser++, is_bot: false, ...about };
      world.users.set(user.id, user);
      return user;
    },

    privateChat(user) {
      const info: Chat.PrivateChat = {
        id: user.id,
        type: "private",
        first_name: user.first_name,
        ...(user.username === undefined ? {} : { username: user.username }),
      };
      const chat = addChat(world, info);
      chat.members.set(user.id, { status: "member", user });
      chat.members.set(world.bot.id, { status: "member", user: world.bot });
      return info;
    },

    group({ title, type = "supergroup", username, owner, members = [], rights, forum, id }) {
      const number = nextGroup++;
      const info = (
        type === "group"
          ? { id: id ?? -number, type, title }
          : {
              id: id ?? -(1_000_000_000_000 + number),
              type,
              title,
              ...(username === undefined ? {} : { username }),
              ...(forum ? { is_forum: true as const } : {}),
            }
      ) as Chat.GroupChat | Chat.SupergroupChat;
      const chat = addChat(world, info);
      chat.members.set(owner.id, { status: "creator", user: owner, is_anonymous: false });
      for (const user of members) chat.members.set(user.id, { status: "member", user });
      chat.members.set(
        world.bot.id,
        rights === undefined ? { status: "member", user: world.bot } : administrator(world.bot, rights),
      );
      return info;
    },

    join(ref, user, by = user) {
      const chat = chatOf(world, ref);
      changeMember(world, chat, { status: "member", user }, by);
      service(chat, by, { new_chat_members: [user] });
    },

    leave(ref, user, by = user) {
      const chat = chatOf(world, ref);
      service(chat, by, { left_chat_member: user });
      changeMember(world, chat, { status: "left", user }, by);
    },

    setMember(ref, user, status, rights = []) {
      const chat = chatOf(world, ref);
      const by = [...chat.members.values()].find((member) => member.status === "creator")?.user ?? user;
      changeMember(world, chat, standing(user, status, rights), by);
    },

    openTopic(ref, name, by) {
      const chat = chatOf(world, ref);
      const message = addTopic(world, chat, name, by);
      tell(world, chat, message);
      return message.message_id;
    },

    topics: (ref) => chatOf(world, ref).topics,
    permissions: (ref) => chatOf(world, ref).permissions,
    permit(ref, permissions) {
      const chat = chatOf(world, ref);
      chat.permissions = { ...chat.permissions, ...permissions };
    },
    pinned: (ref) => [...chatOf(world, ref).pinned],

    migrate(ref) {
      const old = chatOf(world, ref);
      const owner = [...old.members.values()].find((member) => member.status === "creator")?.user ?? world.bot;
      const info: Chat.SupergroupChat = {
        id: -(1_000_000_000_000 + nextGroup++),
        type: "supergroup",
        title: old.info.title ?? "",
      };
      const chat = addChat(world, info);
      for (const [id, member] of old.members) chat.members.set(id, member);
      service(old, owner, { migrate_to_chat_id: info.id });
      old.migratedTo = info.id;
      service(chat, owner, { migrate_from_chat_id: old.info.id });
      return info;
    },

    rename(ref, title, by) {
      const chat = chatOf(world, ref);
      chat.info = { ...chat.info, title } as Chat;
      service(chat, by, { new_chat_title: title });
    },

    block: (user) =>
      changeMember(world, chatOf(world, user), { status: "kicked", user: world.bot, until_date: 0 }, user),
    unblock: (user) => changeMember(world, chatOf(world, user), { status: "member", user: world.bot }, user),
    deactivate(user) {
      world.deactivated.add(user.id);
    },

    member: (ref, user) => memberOf(world, chatOf(world, ref), user.id),
  };
}

function standing(user: User, status: Status, rights: readonly Right[]): ChatMember {
  switch (status) {
    case "creator":
      return { status, user, is_anonymous: false };
    case "administrator":
      return administrator(user, rights);
    case "restricted":
      return restricted(user, {}, 0);
    case "kicked":
      return { status, user, until_date: 0 };
    default:
      return { status, user };
  }
}
