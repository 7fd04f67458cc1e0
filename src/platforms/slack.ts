import type { PlatformLimits } from "../contracts/limits.ts";
import type { PlatformDefinition, Settings } from "../contracts/platform.ts";
import { type Right, rights } from "../contracts/right.ts";
import { emojiName } from "./slack/emoji.ts";

const appPages = "https://api.slack.com/apps";
const pasting = 'or paste what "botctl manifest slack" prints under App Manifest.';
const subscribe = (events: string) =>
  `Open ${appPages}, choose your app, then Event Subscriptions, add ${events} under "Subscribe to bot events", and install the app again; ${pasting}`;
const messageEvents = "message.channels and message.groups";

export const slackLimits = {
  // A message may be longer, but Slack refuses some whose blocks hold more than about 13,000 characters.
  textLength: 12_000,
  // Nothing is registered: one slash command carries all.
  commands: 100_000,
  options: 100,
  descriptionLength: 1000,
  buttons: 25,
  buttonLabelLength: 75,
  menuChoices: 100,
  // docs.slack.dev: "Option object".
  choiceLength: 75,
  menuDescriptionLength: 75,
  formFields: 100,
  formInputLength: 3000,
  // A private thread is a channel; the first message of one that all may see says what it is called.
  privateThreadNameLength: 80,
} as const satisfies PlatformLimits;

export const slack: PlatformDefinition = {
  name: "slack",
  title: "Slack",
  settings: {
    bot_token: {
      kind: "secret",
      about: 'The bot token, which begins with xoxb-, from the page "OAuth & Permissions" of the Slack app.',
    },
    app_token: {
      kind: "secret",
      about:
        'The app-level token for Socket Mode, which begins with xapp-, from the page "Basic Information"; it needs the scope connections:write.',
      optional: true,
    },
    signing_secret: {
      kind: "secret",
      about:
        'For events over HTTP in place of Socket Mode: the signing secret, from the page "Basic Information". Used where there is no app_token.',
      optional: true,
    },
    listen: {
      kind: "plain",
      about: "Over HTTP: the address and port on this machine that requests arrive at; the path is /slack/events.",
      pattern: "^(\\[[0-9a-fA-F:]+\\]|[^:\\s]+):\\d{1,5}$",
      default: "127.0.0.1:3000",
    },
    url: {
      kind: "plain",
      format: "url",
      about: "Over HTTP: the public https address that leads to this bot, for the app's manifest.",
      optional: true,
      examples: ["https://bot.example.org"],
    },
    command: {
      kind: "plain",
      about:
        "The slash command that carries all commands: /harbour give @bob 20. It must be declared in the Slack app too.",
      pattern: "^/[a-z0-9_-]{1,31}$",
      default: "/bot",
      examples: ["/harbour"],
    },
    own_commands: {
      kind: "list",
      of: { kind: "plain", about: "The name of a command.", pattern: "^[a-z0-9_]{1,32}$" },
      about:
        "Commands that are slash commands of their own as well, such as give for /give, declared in the Slack app.",
      optional: true,
      lone: true,
      maxItems: 49,
    },
    servers: {
      kind: "list",
      of: { kind: "plain", about: "The name or id of a workspace." },
      about: "The home workspace: every name in this file must exist there.",
      optional: true,
      lone: true,
    },
    api_root: {
      kind: "plain",
      format: "url",
      about: "Another address of Slack's Web API, such as a proxy.",
      default: "https://slack.com/api",
    },
  },
  oneOf: [
    {
      keys: ["app_token", "signing_secret"],
      message: 'needs "app_token" (Socket Mode), or "signing_secret" to get events over HTTP.',
    },
  ],
  // A bot token can delete only the bot's own messages, and can neither mute people nor take them out of a workspace
  // or into a user group without an administrator's own token. Slack tells nobody who has left a workspace, and of no
  // thread that begins. Threads that all may see hang on a message and cannot be closed; private ones are private
  // channels, which can.
  capabilities: new Set([
    "messages.send",
    "messages.delete_own",
    "messages.react",
    "emoji.names",
    "messages.embed",
    "messages.buttons",
    "messages.ephemeral",
    "messages.direct",
    "messages.edit",
    "messages.pin",
    "messages.history",
    "messages.menu",
    "messages.file",
    "forms",
    "threads",
    "threads.private",
    "threads.under_message",
    "events.member_joined",
    "events.member_roles",
    "events.message",
    "events.message_edited",
    "events.message_deleted",
    "events.reactions",
  ]),
  rights: new Set(Object.keys(rights) as Right[]),
  roles: true,
  limits: slackLimits,
  reactions: {
    has: (emoji) => emojiName(emoji) !== undefined,
    instead: "Slack knows emoji by name only: write what it is called there, as in tada",
  },
  // A name in small letters is never taken for an id, and an id has a digit in it.
  idPattern: /^(?:USLACKBOT|[BCDEGSTUW](?=[A-Z]*\d)[A-Z0-9]{7,20})$/,
  usernamesIdentify: false,
  findsPeople: true,
  commandsAreMessages: false,
  spelling: (command, settings) =>
    listed(settings, "own_commands").includes(command) ? `/${command}` : `${settings.command ?? "/bot"} ${command}`,
  portal: {
    messages: subscribe(messageEvents),
    message_text: subscribe(messageEvents),
    message_edits: subscribe(messageEvents),
    message_deletions: subscribe(messageEvents),
    direct_messages: subscribe("message.im"),
    members: subscribe("team_join"),
    member_roles: subscribe("subteam_members_changed"),
    reactions: subscribe("reaction_added and reaction_removed"),
    buttons: `Open ${appPages}, choose your app, then Interactivity & Shortcuts, and switch it on; over HTTP, write the bot's address there as Request URL; ${pasting}`,
  },
};

/** A setting that is a list of texts; empty where it was left out. */
export function listed(settings: Settings, key: string): readonly string[] {
  const value = settings[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
