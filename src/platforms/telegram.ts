import type { PlatformDefinition } from "../contracts/platform.ts";
import type { Right } from "../contracts/right.ts";
import { isReaction } from "./telegram/reactions.ts";

/**
 * Telegram's administrator rights by our words (ChatAdministratorRights). An owner has them all; words that are missing
 * here Telegram does not have.
 */
export const administratorRights = {
  administrator: "can_promote_members",
  manage_server: "can_change_info",
  // What lock does to a group, setChatPermissions, goes with this one.
  manage_channels: "can_restrict_members",
  manage_threads: "can_manage_topics",
  manage_messages: "can_delete_messages",
  mute_members: "can_restrict_members",
  kick_members: "can_restrict_members",
  ban_members: "can_restrict_members",
  pin_messages: "can_pin_messages",
} as const satisfies Partial<Record<Right, string>>;

/** Rights that every member has unless they are restricted (ChatPermissions); reading cannot be taken away. */
export const memberRights = {
  send_messages: "can_send_messages",
  add_reactions: "can_react_to_messages",
} as const satisfies Partial<Record<Right, string>>;

const privacy =
  "By default a Telegram bot sees only commands and answers to itself in groups: send /setprivacy to @BotFather and choose Disable, or make the bot an administrator.";
const reactions =
  "Telegram tells a bot of reactions only in groups where it is an administrator: make it one, no right in particular is needed.";

export const telegram: PlatformDefinition = {
  name: "telegram",
  title: "Telegram",
  settings: {
    token: { kind: "secret", about: "The bot's token, from @BotFather." },
    servers: {
      kind: "list",
      of: { kind: "plain", about: "The id or @username of a group.", examples: ["-1001234567890"] },
      about: "Home groups: every name in this file must exist there.",
      optional: true,
      lone: true,
    },
    webhook: {
      kind: "object",
      about: "Where Telegram sends events to. Left out, the bot asks for them (long polling).",
      optional: true,
      fields: {
        url: { kind: "plain", format: "url", about: "The public https address that leads to this bot." },
        path_token: { kind: "secret", about: "The secret end of the address: /webhook/<path_token>." },
        secret_token: {
          kind: "secret",
          about: "What Telegram sends along to prove itself: 1 to 256 letters, digits, _ or -.",
        },
        listen: {
          kind: "plain",
          about: "The address and port on this machine that requests arrive at.",
          pattern: "^(\\[[0-9a-fA-F:]+\\]|[^:\\s]+):\\d{1,5}$",
          default: "127.0.0.1:8080",
        },
        drop_pending_updates: {
          kind: "boolean",
          about: "Forget what happened while the bot was away.",
          default: false,
        },
      },
    },
    api_root: {
      kind: "plain",
      format: "url",
      about: "Another address of the Bot API, such as a server of your own.",
      default: "https://api.telegram.org",
    },
  },
  capabilities: new Set([
    "messages.send",
    "messages.delete",
    "messages.delete_own",
    "messages.react",
    "messages.embed",
    "messages.buttons",
    "messages.direct",
    "messages.edit",
    "messages.pin",
    "messages.typing",
    "messages.purge",
    "messages.file",
    "threads",
    "threads.close_public",
    "channels.lock",
    "members.mute",
    "members.kick",
    "members.ban",
    "events.member_joined",
    "events.member_left",
    "events.message",
    "events.message_edited",
    "events.reactions",
    "events.threads",
  ]),
  rights: new Set([
    ...(Object.keys(administratorRights) as Right[]),
    ...(Object.keys(memberRights) as Right[]),
    "read_messages",
  ]),
  roles: false,
  limits: {
    textLength: 4096,
    commands: 100,
    options: 100,
    descriptionLength: 256,
    buttons: 100,
    buttonLabelLength: 64,
    threadNameLength: 128,
  },
  reactions: { has: isReaction, instead: "Telegram offers only some, such as 👍 👎 ❤ 🔥 🎉 😁 🤔 😢 🙏 👌 👀 💯" },
  // A freed @username can be taken by somebody else.
  usernamesIdentify: false,
  findsPeople: false,
  commandsAreMessages: true,
  idPattern: /^-?\d{1,20}(?:\/\d{1,10})?$/,
  portal: { messages: privacy, message_text: privacy, message_edits: privacy, reactions },
};
