import type { PlatformLimits } from "../contracts/limits.ts";
import type { PlatformDefinition } from "../contracts/platform.ts";
import type { Right } from "../contracts/right.ts";
import { permissionBits } from "./discord/rights.ts";

const privilegedIntent = (name: string) =>
  `Open https://discord.com/developers/applications, choose your application, then Bot, and switch on "${name}" under Privileged Gateway Intents.`;

/** How long Discord can time somebody out for (documentation: "Guild", Modify Guild Member). */
export const longestTimeoutMs = 28 * 86_400_000;

export const discordLimits = {
  textLength: 2000,
  commands: 100,
  options: 25,
  descriptionLength: 100,
  // Documentation: "Application Commands", Slash Commands.
  commandLength: 8000,
  buttons: 25,
  buttonLabelLength: 80,
  menuChoices: 25,
  menuRoom: 5,
  choiceLength: 100,
  // Documentation: "Message Resource", Embed Limits.
  embedLength: 6000,
  formFields: 5,
  formLabelLength: 45,
  formInputLength: 4000,
  nicknameLength: 32,
  threadNameLength: 100,
  files: 10,
  fileSize: 10 * 1024 * 1024,
} as const satisfies PlatformLimits;

export const discord: PlatformDefinition = {
  name: "discord",
  title: "Discord",
  settings: {
    token: { kind: "secret", about: "The bot's token, from the page Bot of the Discord Developer Portal." },
    prefix: {
      kind: "plain",
      about:
        "What a message begins with that calls a command, such as ! for !help. Left out, there are slash commands and mentions only.",
      optional: true,
      pattern: "^\\S{1,10}$",
      maxLength: 10,
      examples: ["!"],
    },
    servers: {
      kind: "list",
      of: { kind: "plain", about: "The name or id of a server." },
      about:
        "Home servers: every name in this file must exist there, and slash commands are offered there alone. Left out, they are offered on every server.",
      optional: true,
      lone: true,
    },
    sync_commands: {
      kind: "boolean",
      about: "Whether the bot keeps Discord's list of its slash commands the same as this file's.",
      default: true,
    },
    api_root: {
      kind: "plain",
      format: "url",
      about: "Another address of Discord's API, such as a proxy.",
      default: "https://discord.com/api",
    },
  },
  capabilities: new Set([
    "messages.send",
    "messages.delete",
    "messages.delete_own",
    "messages.react",
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
    "threads.private",
    "threads.under_message",
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
  ]),
  rights: new Set(Object.keys(permissionBits) as Right[]),
  roles: true,
  limits: discordLimits,
  idPattern: /^\d{15,20}$/,
  usernamesIdentify: true,
  findsPeople: true,
  commandsAreMessages: false,
  spelling: (command, settings) =>
    settings.sync_commands === false && typeof settings.prefix === "string"
      ? `${settings.prefix}${command}`
      : `/${command}`,
  portal: {
    members: privilegedIntent("Server Members Intent"),
    member_roles: privilegedIntent("Server Members Intent"),
    message_text: privilegedIntent("Message Content Intent"),
  },
};
