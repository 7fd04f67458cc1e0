import type { Json } from "./json.ts";
import { messageObject, userObject, viewObject } from "./objects.ts";
import type { SlackChannel, SlackMessage, SlackUser, SlackUsergroup, SlackView, Workspace } from "./workspace.ts";

/** The verification token, which Slack still sends and nobody should trust. */
const verificationToken = "verification-token";

/** An event in the wrapper that the Events API puts around it (docs.slack.dev, "Events API"). */
export function eventCallback(event: Json, workspace: Workspace, now: () => number): Json {
  return {
    token: verificationToken,
    team_id: workspace.team.id,
    context_team_id: workspace.team.id,
    context_enterprise_id: null,
    api_app_id: workspace.app.id,
    event,
    type: "event_callback",
    event_id: workspace.nextId("Ev"),
    event_time: Math.floor(now() / 1000),
    authed_users: [workspace.bot.id],
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.team.id,
        user_id: workspace.bot.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${workspace.nextId("")}`,
  };
}

/** A message somebody wrote; its client sends rich text beside the plain text. */
export function messageEvent(message: SlackMessage, channel: SlackChannel, workspace: Workspace): Json {
  const written =
    message.bot_id === undefined
      ? { client_msg_id: `${message.ts}-${message.user}`, blocks: [richText(message.text)] }
      : {};
  const parent = message.thread_ts === undefined ? undefined : workspace.message(channel.id, message.thread_ts);
  return {
    ...written,
    ...messageObject(message, workspace),
    ...(parent === undefined ? {} : { parent_user_id: parent.user }),
    ...(message.subtype === "file_share" ? { upload: false, display_as_bot: false } : {}),
    channel: channel.id,
    channel_type: channel.kind,
    event_ts: message.ts,
  };
}

export function mentionEvent(message: SlackMessage, channel: SlackChannel, workspace: Workspace): Json {
  const { channel_type: _kind, parent_user_id: _parent, ...shared } = messageEvent(message, channel, workspace);
  return { ...shared, type: "app_mention" };
}

/** What all events about an earlier message of a channel have. */
function happened(subtype: "message_changed" | "message_deleted", channel: SlackChannel, workspace: Workspace): Json {
  const ts = workspace.nextTs();
  return {
    type: "message",
    subtype,
    hidden: true,
    channel: channel.id,
    channel_type: channel.kind,
    ts,
    event_ts: ts,
  };
}

export function messageChanged(
  message: SlackMessage,
  previous: SlackMessage,
  channel: SlackChannel,
  workspace: Workspace,
): Json {
  return {
    ...happened("message_changed", channel, workspace),
    message: inner(message, channel, workspace),
    previous_message: inner(previous, channel, workspace),
  };
}

export function messageDeleted(message: SlackMessage, channel: SlackChannel, workspace: Workspace): Json {
  return {
    ...happened("message_deleted", channel, workspace),
    deleted_ts: message.ts,
    previous_message: inner(message, channel, workspace),
  };
}

/**
 * The first message of a thread that has answers leaves a mark behind, so that its deletion comes as a change. The
 * published types leave this subtype out.
 */
export function messageBuried(message: SlackMessage, channel: SlackChannel, workspace: Workspace): Json {
  return {
    ...happened("message_changed", channel, workspace),
    message: {
      type: "message",
      subtype: "tombstone",
      user: "USLACKBOT",
      text: "This message was deleted.",
      hidden: true,
      ts: message.ts,
      thread_ts: message.ts,
    },
    previous_message: inner(message, channel, workspace),
  };
}

export function groupChanged(
  group: SlackUsergroup,
  added_users: string[],
  removed_users: string[],
  workspace: Workspace,
): Json {
  return {
    type: "subteam_members_changed",
    subteam_id: group.id,
    team_id: workspace.team.id,
    date_previous_update: 1_700_000_000,
    date_update: 1_700_000_001,
    added_users,
    added_users_count: added_users.length,
    removed_users,
    removed_users_count: removed_users.length,
    event_ts: workspace.nextTs(),
  };
}

export function reactionEvent(
  kind: "reaction_added" | "reaction_removed",
  message: SlackMessage,
  reaction: string,
  user: string,
  workspace: Workspace,
): Json {
  const item = { type: "message", channel: message.channel, ts: message.ts };
  return { type: kind, user, reaction, item_user: message.user, item, event_ts: workspace.nextTs() };
}

export function membershipEvent(
  type: "member_joined_channel" | "member_left_channel",
  user: string,
  channel: SlackChannel,
  workspace: Workspace,
): Json {
  return {
    type,
    user,
    channel: channel.id,
    channel_type: channel.kind === "channel" ? "C" : "G",
    team: workspace.team.id,
    event_ts: workspace.nextTs(),
  };
}

export function teamJoin(user: SlackUser, workspace: Workspace): Json {
  const shown = userObject(user, workspace);
  return {
    type: "team_join",
    user: { ...shown, presence: "away" },
    cache_ts: 1_700_000_000,
    event_ts: workspace.nextTs(),
  };
}

export function slashCommand(
  command: { command: string; text: string; user: SlackUser; channel: SlackChannel },
  response_url: string,
  trigger_id: string,
  workspace: Workspace,
): Json {
  return {
    token: verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: command.channel.id,
    channel_name: command.channel.kind === "im" ? "directmessage" : command.channel.name,
    user_id: command.user.id,
    user_name: command.user.name,
    command: command.command,
    text: command.text,
    api_app_id: workspace.app.id,
    is_enterprise_install: "false",
    response_url,
    trigger_id,
  };
}

/** A press or a choice in a message; the message itself is left out when it is ephemeral, as Slack does. */
export function blockActions(
  action: { user: SlackUser; channel: SlackChannel; message: SlackMessage; element: Json },
  response_url: string,
  trigger_id: string,
  workspace: Workspace,
): Json {
  const { user, channel, message, element } = action;
  const is_ephemeral = message.ephemeral_to !== undefined;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    type: "block_actions",
    ...who(user, workspace),
    container: { type: "message", message_ts: message.ts, channel_id: channel.id, is_ephemeral, ...thread },
    trigger_id,
    channel: { id: channel.id, name: channel.kind === "im" ? "directmessage" : channel.name },
    ...(is_ephemeral ? {} : { message: messageObject(message, workspace) }),
    state: { values: message.chosen?.get(user.id) ?? {} },
    response_url,
    actions: [{ ...element, action_ts: workspace.nextTs() }],
  };
}

export function viewSubmission(
  user: SlackUser,
  view: SlackView,
  values: Json,
  trigger_id: string,
  workspace: Workspace,
): Json {
  return {
    type: "view_submission",
    ...who(user, workspace),
    trigger_id,
    view: viewObject(view, workspace, values),
    response_urls: [],
  };
}

export function viewClosed(user: SlackUser, view: SlackView, workspace: Workspace): Json {
  return { type: "view_closed", ...who(user, workspace), view: viewObject(view, workspace), is_cleared: false };
}

function who(user: SlackUser, workspace: Workspace): Json {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: workspace.team.id },
    api_app_id: workspace.app.id,
    token: verificationToken,
    team: { id: workspace.team.id, domain: workspace.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function inner(message: SlackMessage, channel: SlackChannel, workspace: Workspace): Json {
  return { ...messageEvent(message, channel, workspace), channel: channel.id };
}

function richText(text: string): Json {
  return {
    type: "rich_text",
    block_id: "rich",
    elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
  };
}
