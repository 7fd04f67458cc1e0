import type { ConnectionPlan } from "../../contracts/platform.ts";
import type { Capability, Feed } from "../../contracts/right.ts";
import { listed } from "../slack.ts";
import { scopeRights } from "./rights.ts";

/** The path at which the bot takes Slack's requests over HTTP. */
export const requestPath = "/slack/events";

/** Scopes that let the bot read what is said, by the kind of conversation. */
const histories: readonly string[] = ["channels:history", "groups:history", "im:history", "mpim:history"];
/** The events of messages in each of those; edits and deletions come as such events too. */
const hearing: Readonly<Record<string, readonly Feed[]>> = {
  "message.channels": ["messages", "message_text", "message_edits", "message_deletions"],
  "message.groups": ["messages", "message_text", "message_edits", "message_deletions"],
  "message.im": ["messages", "message_text", "message_edits", "message_deletions", "commands", "direct_messages"],
  "message.mpim": ["messages", "message_text", "message_edits", "message_deletions"],
};
/** All other events, by the feed that they are. */
const telling: Readonly<Partial<Record<Feed, readonly string[]>>> = {
  commands: ["app_mention"],
  members: ["team_join"],
  member_roles: ["subteam_members_changed"],
  reactions: ["reaction_added", "reaction_removed"],
};

/** Scopes that a capability takes, beside those of writing and looking people up. */
const usedScopes: Readonly<Partial<Record<Capability, readonly string[]>>> = {
  "messages.react": ["reactions:write"],
  "messages.direct": ["im:write"],
  "messages.pin": ["pins:write"],
  "messages.history": histories,
  // What is to be seen by one person alone is sent to them directly, where it is a file.
  "messages.file": ["files:write", "im:write"],
  // Private threads are private channels.
  "threads.private": ["groups:write"],
};

/**
 * The scopes that a bot token needs for what the file does, and none besides (docs.slack.dev: "Scopes"). Names and
 * ranks of people, and user groups, are read for permissions, which any file has.
 */
export function neededScopes(plan: ConnectionPlan): readonly string[] {
  const feeds = (...some: readonly Feed[]) => some.some((feed) => plan.feeds.includes(feed));
  const scopes = new Set(["chat:write", "users:read", "usergroups:read", "channels:read", "groups:read"]);
  const add = (more: readonly string[]) => {
    for (const scope of more) scopes.add(scope);
  };
  if (feeds("commands")) add(["commands", "app_mentions:read", "im:history"]);
  if (feeds("messages", "message_text", "message_edits", "message_deletions")) add(histories);
  if (feeds("direct_messages")) add(["im:history"]);
  if (feeds("reactions")) add(["reactions:read"]);
  // Somebody who joined the workspace, or came into a user group, is answered in a direct message.
  if (feeds("members", "member_roles")) add(["im:write"]);
  for (const capability of plan.capabilities) add(usedScopes[capability] ?? []);
  for (const right of plan.rights) add((scopeRights[right] ?? []).slice(0, 1));
  return [...scopes].sort();
}

/**
 * The manifest of the Slack app that a file needs (docs.slack.dev: "App manifest reference"): to be pasted on the app's
 * page App Manifest. Over HTTP it holds the addresses only where the file says the bot's `url`.
 */
export function slackManifest(plan: ConnectionPlan): object {
  const scopes = neededScopes(plan);
  const bySocket = plan.settings.app_token !== undefined;
  const { url } = plan.settings;
  const requestUrl = !bySocket && typeof url === "string" ? `${url.replace(/\/+$/, "")}${requestPath}` : undefined;
  const name = plan.botName.trim();
  const events = eventsOf(plan);
  return {
    display_information: { name: cut(name, 35) },
    features: {
      bot_user: { display_name: cut(name, 80), always_online: true },
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      ...(plan.feeds.includes("commands") ? { slash_commands: slashCommands(plan, requestUrl) } : {}),
    },
    oauth_config: { scopes: { bot: scopes } },
    settings: {
      event_subscriptions: { ...(requestUrl === undefined ? {} : { request_url: requestUrl }), bot_events: events },
      interactivity: {
        is_enabled: plan.feeds.includes("buttons"),
        ...(requestUrl !== undefined && plan.feeds.includes("buttons") ? { request_url: requestUrl } : {}),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: bySocket,
      token_rotation_enabled: false,
    },
  };
}

function eventsOf({ feeds }: ConnectionPlan): string[] {
  const told = feeds.flatMap((feed) => telling[feed] ?? []);
  const heard = Object.entries(hearing).flatMap(([event, of]) =>
    of.some((feed) => feeds.includes(feed)) ? [event] : [],
  );
  return [...new Set(["app_uninstalled", "tokens_revoked", ...told, ...heard])].sort();
}

function slashCommands(plan: ConnectionPlan, requestUrl: string | undefined): object[] {
  const url = requestUrl === undefined ? {} : { url: requestUrl };
  const carrier = {
    command: String(plan.settings.command ?? "/bot"),
    description: cut(`What ${plan.botName.trim()} can do`, 2000),
    usage_hint: "help",
  };
  const own = listed(plan.settings, "own_commands").map((name) => {
    const form = plan.commands.find((command) => command.name === name);
    const hint = (form?.options ?? []).map((option) => (option.required ? option.name : `[${option.name}]`)).join(" ");
    return {
      command: `/${name}`,
      description: cut(form?.description ?? name, 2000),
      ...(hint === "" ? {} : { usage_hint: cut(hint, 1000) }),
    };
  });
  // Escaped, people and channels arrive with their ids.
  return [carrier, ...own].map((command) => ({ ...command, ...url, should_escape: true }));
}

function cut(text: string, most: number): string {
  const shown = text === "" ? "bot" : text;
  return shown.length <= most ? shown : `${shown.slice(0, most - 1)}…`;
}
