import type { ConnectionPlan } from "../../contracts/platform.ts";
import type { Capability, Feed } from "../../contracts/right.ts";
import { listed } from "../slack.ts";
import { scopeRights } from "./rights.ts";

/** The path at which the bot takes Slack's requests over HTTP. */
export const requestPath = "/slack/events";

const historyEvents: Readonly<Record<string, string>> = {
  "channels:history": "message.channels",
  "groups:history": "message.groups",
  "im:history": "message.im",
  "mpim:history": "message.mpim",
};
const hearing: readonly Feed[] = ["messages", "message_text"];

/**
 * The scopes that a bot token needs for what the file does, and none besides (docs.slack.dev: "Scopes"). Names and
 * ranks of people, and user groups, are read for permissions, which any file has.
 */
export function neededScopes(plan: ConnectionPlan): readonly string[] {
  const feeds = (...some: readonly Feed[]) => some.some((feed) => plan.feeds.includes(feed));
  const uses = (capability: Capability) => plan.capabilities.includes(capability);
  const scopes = new Set(["chat:write", "users:read", "usergroups:read", "channels:read", "groups:read"]);
  if (feeds("commands")) for (const scope of ["commands", "app_mentions:read", "im:history"]) scopes.add(scope);
  if (feeds(...hearing)) for (const scope of Object.keys(historyEvents)) scopes.add(scope);
  if (feeds("direct_messages")) scopes.add("im:history");
  if (feeds("reactions")) scopes.add("reactions:read");
  if (uses("messages.react")) scopes.add("reactions:write");
  // Somebody who joined the workspace is answered in a direct message.
  if (uses("messages.direct") || feeds("members")) scopes.add("im:write");
  for (const right of plan.rights) {
    const [scope] = scopeRights[right] ?? [];
    if (scope !== undefined) scopes.add(scope);
  }
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
  const events = eventsOf(plan, scopes);
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

function eventsOf(plan: ConnectionPlan, scopes: readonly string[]): string[] {
  const events = ["app_uninstalled", "tokens_revoked"];
  if (plan.feeds.includes("commands")) events.push("app_mention");
  if (plan.feeds.includes("members")) events.push("team_join");
  if (plan.feeds.includes("reactions")) events.push("reaction_added", "reaction_removed");
  for (const [scope, event] of Object.entries(historyEvents)) if (scopes.includes(scope)) events.push(event);
  return events.sort();
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
