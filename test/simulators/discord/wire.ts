import type { APIGuildMember, APIUser } from "discord.js";
import { ChannelKind } from "./constants.ts";
import type { Channel, Guild, Member, World } from "./state.ts";

/** The shapes in which the state is told over REST and the gateway. */

export function memberObject(member: Member): APIGuildMember {
  return { ...memberWithoutUser(member), user: member.user };
}

/** As inside a message or resolved data. */
export function memberWithoutUser(member: Member): Omit<APIGuildMember, "user"> {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: member.joinedAt,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0 as APIGuildMember["flags"],
    pending: false,
    communication_disabled_until: member.timedOutUntil,
  };
}

export function channelObject(channel: Channel): object {
  const base = {
    id: channel.id,
    type: channel.kind,
    flags: 0,
    last_message_id: [...channel.messages.keys()].at(-1) ?? null,
    last_pin_timestamp: null,
  };
  if (channel.recipient !== undefined) return { ...base, recipients: [channel.recipient] };
  const inGuild = {
    ...base,
    guild_id: channel.guild?.id,
    name: channel.name,
    parent_id: channel.parentId,
    rate_limit_per_user: channel.slowmodeSeconds,
  };
  if (channel.thread !== undefined) {
    const { thread } = channel;
    return {
      ...inGuild,
      owner_id: thread.ownerId,
      message_count: channel.messages.size,
      member_count: thread.members.size,
      total_message_sent: channel.messages.size,
      thread_metadata: {
        archived: thread.archived,
        locked: thread.locked,
        auto_archive_duration: thread.autoArchiveMinutes,
        archive_timestamp: thread.createdAt,
        create_timestamp: thread.createdAt,
        ...(channel.kind === ChannelKind.PrivateThread ? { invitable: true } : {}),
      },
    };
  }
  const voice =
    channel.kind === ChannelKind.GuildVoice ? { bitrate: 64_000, user_limit: 0, rtc_region: null } : undefined;
  return {
    ...inGuild,
    ...voice,
    position: channel.position,
    topic: channel.topic,
    nsfw: false,
    permission_overwrites: channel.overwrites,
  };
}

function guildBase(guild: Guild): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: "us-east",
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [...guild.roles.values()],
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: "en-US",
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw_level: 0,
    emojis: emojisOf(guild),
    stickers: [],
    incidents_data: null,
  };
}

/** The server's own emoji ("Emoji Resource"). */
export function emojisOf(guild: Guild): object[] {
  const flags = { roles: [], require_colons: true, managed: false, animated: false, available: true };
  return [...guild.emojis].map(([id, name]) => ({ id, name, ...flags }));
}

/** As GET /guilds/{guild_id} answers. */
export function guildObject(guild: Guild): object {
  return {
    ...guildBase(guild),
    home_header: null,
    nsfw: false,
    approximate_member_count: guild.members.size,
    approximate_presence_count: guild.members.size,
  };
}

/** As GUILD_CREATE tells it; without the presence intent only the bot itself is among the members ("Gateway Events", Guild Create). */
export function guildCreateObject(world: World, guild: Guild, withPresences: boolean): object {
  const members = [...guild.members.values()].filter(({ user }) => withPresences || user.id === world.bot.id);
  const channels = [...guild.channels.values()];
  return {
    ...guildBase(guild),
    hub_type: null,
    joined_at: guild.botJoinedAt,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [...guild.voices].map(([userId, channelId]) => voiceState(userId, channelId)),
    members: members.map(memberObject),
    channels: channels.filter(({ thread }) => thread === undefined).map(channelObject),
    threads: channels.filter(({ thread }) => thread !== undefined && !thread.archived).map(channelObject),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Where somebody is heard, as GUILD_CREATE and VOICE_STATE_UPDATE tell it. */
export function voiceState(userId: string, channelId: string | null): object {
  return {
    channel_id: channelId,
    user_id: userId,
    session_id: `voice-${userId}`,
    deaf: false,
    mute: false,
    self_deaf: false,
    self_mute: false,
    self_video: false,
    suppress: false,
    request_to_speak_timestamp: null,
  };
}

/** As GET /users/@me answers. */
export function ownUserObject(bot: APIUser): object {
  return { ...bot, mfa_enabled: true, locale: "en-US", verified: true, email: null };
}
