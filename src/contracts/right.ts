/**
 * Rights are the platform's own permissions under one word each. Every platform definition says which of its
 * permissions a word stands for, or that it has none.
 */
export const rights = {
  administrator: "do everything on the server",
  manage_server: "change the server's settings",
  manage_channels: "create, change and delete channels",
  manage_roles: "give and take roles",
  manage_messages: "delete other people's messages",
  manage_nicknames: "change other people's nicknames",
  mute_members: "mute people for a while",
  kick_members: "remove people from the server",
  ban_members: "ban people",
  pin_messages: "pin messages",
  manage_threads: "manage threads",
  mention_everyone: "mention everyone at once",
  send_messages: "write messages",
  read_messages: "read messages",
  add_reactions: "react to messages",
} as const;

export type Right = keyof typeof rights;

/** A feed is a stream of events that a platform only sends when asked: an intent, an update type, a scope. */
export type Feed =
  | "messages"
  | "message_text"
  | "message_edits"
  | "message_deletions"
  | "members"
  | "member_roles"
  | "reactions"
  | "buttons"
  | "commands"
  | "direct_messages"
  | "threads"
  | "voice";

/** Things a platform may or may not be able to do; a word names what it uses and `validate` compares. */
export const capabilities = [
  "messages.send",
  "messages.delete",
  /** Messages that the bot itself has sent. */
  "messages.delete_own",
  "messages.react",
  /** Every emoji has a name there that it may be written by. */
  "emoji.names",
  "messages.embed",
  "messages.buttons",
  "messages.ephemeral",
  "messages.direct",
  "messages.edit",
  "messages.pin",
  "messages.typing",
  "messages.history",
  "messages.purge",
  "messages.menu",
  "messages.file",
  "forms",
  "threads",
  /** Threads that only those see who are added to them. */
  "threads.private",
  /** Threads that hang on a message. */
  "threads.under_message",
  /** Closing a thread that all may see. */
  "threads.close_public",
  "channels.slowmode",
  "channels.lock",
  "members.nickname",
  "members.mute",
  "members.kick",
  "members.ban",
  "members.roles",
  "members.joined_at",
  "people.created_at",
  "events.member_joined",
  "events.member_left",
  "events.member_roles",
  "events.message",
  "events.message_edited",
  "events.message_deleted",
  "events.reactions",
  "events.threads",
  "events.voice",
  "presence",
] as const;

export type Capability = (typeof capabilities)[number];
