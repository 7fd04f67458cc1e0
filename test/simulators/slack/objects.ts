import type { Json } from "./json.ts";
import type { SlackChannel, SlackMessage, SlackUser, SlackUsergroup, SlackView, Workspace } from "./workspace.ts";

/** A user as `users.info` shows it (docs.slack.dev, "User object"). */
export function userObject(user: SlackUser, workspace: Workspace): Json {
  const image = "https://avatars.example.org/1.png";
  return {
    id: user.id,
    team_id: workspace.team.id,
    name: user.name,
    deleted: user.deleted,
    color: "9f69e7",
    real_name: user.real_name,
    tz: user.tz,
    tz_label: "Central European Time",
    tz_offset: 3600,
    profile: {
      title: "",
      phone: "",
      skype: "",
      real_name: user.real_name,
      real_name_normalized: user.real_name,
      display_name: user.display_name,
      display_name_normalized: user.display_name,
      fields: null,
      status_text: "",
      status_text_canonical: "",
      status_emoji: "",
      status_emoji_display_info: [],
      status_expiration: 0,
      huddle_state: "default_unset",
      huddle_state_expiration_ts: 0,
      avatar_hash: "g1",
      first_name: user.real_name,
      last_name: "",
      image_24: image,
      image_32: image,
      image_48: image,
      image_72: image,
      image_192: image,
      image_512: image,
      team: workspace.team.id,
      ...(user.id === workspace.bot.id
        ? { api_app_id: workspace.app.id, bot_id: workspace.bot.bot_id, always_active: true }
        : {}),
    },
    is_admin: user.is_admin,
    is_owner: user.is_owner,
    is_primary_owner: user.is_primary_owner,
    is_restricted: user.is_restricted,
    is_ultra_restricted: user.is_ultra_restricted,
    is_bot: user.is_bot,
    is_app_user: false,
    is_email_confirmed: !user.is_bot,
    locale: "en-US",
    updated: 1_700_000_000,
    who_can_share_contact_card: "EVERYONE",
  };
}

/** A conversation as `conversations.info` shows it (docs.slack.dev, "Conversation object"). */
export function channelObject(channel: SlackChannel, workspace: Workspace): Json {
  const common = {
    id: channel.id,
    created: 1_700_000_000,
    is_archived: channel.is_archived,
    is_im: channel.kind === "im",
    is_mpim: channel.kind === "mpim",
    is_channel: channel.kind === "channel",
    is_group: channel.kind === "group",
    context_team_id: workspace.team.id,
    updated: 1_700_000_000_000,
    is_org_shared: false,
  };
  if (channel.kind === "im") return { ...common, user: channel.user, is_user_deleted: false, priority: 0 };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_general: channel.is_general,
    is_private: channel.kind !== "channel",
    is_member: channel.members.has(workspace.bot.id),
    is_shared: false,
    is_ext_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    unlinked: 0,
    creator:
      channel.creator ?? [...workspace.users.values()].find((user) => user.is_primary_owner)?.id ?? workspace.bot.id,
    topic: { value: channel.topic, creator: "", last_set: 0 },
    purpose: { value: "", creator: "", last_set: 0 },
    previous_names: [],
    num_members: channel.members.size,
  };
}

export function usergroupObject(group: SlackUsergroup, workspace: Workspace, withUsers: boolean): Json {
  return {
    id: group.id,
    team_id: workspace.team.id,
    is_usergroup: true,
    name: group.name,
    description: "",
    handle: group.handle,
    is_external: false,
    date_create: 1_700_000_000,
    date_update: 1_700_000_000,
    date_delete: 0,
    auto_type: null,
    created_by: workspace.bot.id,
    updated_by: workspace.bot.id,
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    user_count: group.users.length,
    ...(withUsers ? { users: group.users } : {}),
  };
}

export function botProfile(workspace: Workspace): Json {
  return {
    id: workspace.bot.bot_id,
    deleted: false,
    name: workspace.bot.name,
    updated: 1_700_000_000,
    app_id: workspace.app.id,
    icons: { image_36: "https://avatars.example.org/36.png" },
    team_id: workspace.team.id,
  };
}

/** A message as the Web API and message events show it, without the channel. */
export function messageObject(message: SlackMessage, workspace: Workspace): Json {
  return {
    type: "message",
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: workspace.team.id,
    ...(message.bot_id === undefined
      ? {}
      : { bot_id: message.bot_id, app_id: workspace.app.id, bot_profile: botProfile(workspace) }),
    ...(message.username === undefined ? {} : { username: message.username }),
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
    ...(message.files === undefined ? {} : { files: message.files }),
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...(message.reactions.length === 0
      ? {}
      : { reactions: message.reactions.map((reaction) => ({ ...reaction, count: reaction.users.length })) }),
  };
}

/** A file as messages show it (docs.slack.dev, "File object"). */
export function fileObject(file: { name: string; mimetype?: string }, user: string, workspace: Workspace): Json {
  const id = workspace.nextId("F");
  const address = `https://files.example.org/${id}/${file.name}`;
  return {
    id,
    created: 1_700_000_000,
    timestamp: 1_700_000_000,
    name: file.name,
    title: file.name,
    mimetype: file.mimetype ?? "application/octet-stream",
    filetype: file.name.split(".").at(-1),
    pretty_type: "File",
    user,
    user_team: workspace.team.id,
    editable: false,
    size: 1024,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: true,
    public_url_shared: false,
    display_as_bot: false,
    username: "",
    url_private: address,
    url_private_download: address,
    permalink: address,
    has_rich_preview: false,
    file_access: "visible",
    channels: [],
    groups: [],
  };
}

/** A view as `views.open` and `view_submission` show it. */
export function viewObject(view: SlackView, workspace: Workspace, values: Json = {}): Json {
  return {
    id: view.id,
    team_id: workspace.team.id,
    app_id: workspace.app.id,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.bot.bot_id,
    type: view.body.type,
    title: view.body.title ?? { type: "plain_text", text: "Home" },
    submit: view.body.submit ?? null,
    close: view.body.close ?? null,
    blocks: view.body.blocks,
    private_metadata: view.body.private_metadata ?? "",
    callback_id: view.body.callback_id ?? "",
    external_id: view.external_id,
    state: { values },
    hash: view.hash,
    clear_on_close: view.body.clear_on_close ?? false,
    notify_on_close: view.body.notify_on_close ?? false,
    root_view_id: view.root_view_id,
    previous_view_id: view.previous_view_id,
  };
}
