import type { APIApplicationCommand, APIMessage, APIOverwrite, APIRole, APIUser } from "discord.js";
import { createSnowflakes } from "./snowflake.ts";

export interface Member {
  user: APIUser;
  nick: string | null;
  /** Ids, without @everyone. */
  roles: string[];
  joinedAt: string;
  timedOutUntil: string | null;
}

export interface Thread {
  ownerId: string;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  createdAt: string;
  members: Set<string>;
}

export interface Channel {
  id: string;
  kind: number;
  name: string;
  /** Absent in a direct message. */
  guild?: Guild;
  /** Who the bot talks with in a direct message. */
  recipient?: APIUser;
  position: number;
  topic: string | null;
  parentId: string | null;
  slowmodeSeconds: number;
  overwrites: APIOverwrite[];
  thread?: Thread;
  /** What everybody in the channel can read: ephemeral messages live with their interaction. */
  messages: Map<string, APIMessage>;
  pins: Set<string>;
}

export interface Guild {
  id: string;
  name: string;
  ownerId: string;
  roles: Map<string, APIRole>;
  channels: Map<string, Channel>;
  members: Map<string, Member>;
  bans: Map<string, { user: APIUser; reason: string | null }>;
  /** The server's own emoji: names by id. */
  emojis: Map<string, string>;
  /** The voice channel of everybody who is in one. */
  voices: Map<string, string>;
  botJoinedAt: string;
  /** False during an outage. */
  available: boolean;
}

export interface World {
  applicationId: string;
  applicationName: string;
  bot: APIUser;
  users: Map<string, APIUser>;
  guilds: Map<string, Guild>;
  /** Of guilds, threads and direct messages. */
  channels: Map<string, Channel>;
  globalCommands: Map<string, APIApplicationCommand>;
  guildCommands: Map<string, Map<string, APIApplicationCommand>>;
  /** Uploaded files by the path they are served under. */
  files: Map<string, { content: Buffer; type: string }>;
  /** Who voted, by message id and answer id. */
  votes: Map<string, Map<number, Set<string>>>;
  /** Ids of people who take no direct messages from the bot. */
  closedDirectMessages: Set<string>;
  /** Who reacted, by message id and emoji. */
  reactions: Map<string, Map<string, Set<string>>>;
  nextId(): string;
  now(): number;
}

export function createWorld(now: () => number, applicationName: string): World {
  const nextId = createSnowflakes(now);
  const applicationId = nextId();
  const bot = createUser(applicationId, applicationName, { bot: true });
  return {
    applicationId,
    applicationName,
    bot,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    globalCommands: new Map(),
    guildCommands: new Map(),
    files: new Map(),
    votes: new Map(),
    closedDirectMessages: new Set(),
    reactions: new Map(),
    nextId,
    now,
  };
}

/** Usernames are lowercase on Discord; the name as given is the display name. */
export function createUser(id: string, name: string, options: { bot?: boolean } = {}): APIUser {
  return {
    id,
    username: name.toLowerCase().replace(/[^a-z0-9_.]/g, "_"),
    discriminator: options.bot === true ? "1234" : "0",
    global_name: options.bot === true ? null : name,
    avatar: null,
    bot: options.bot === true,
    flags: 0 as APIUser["flags"],
    public_flags: 0 as APIUser["public_flags"],
    primary_guild: null,
  };
}

/** A channel of the guild, or a direct message when `guild` is absent. */
export function addChannel(
  world: World,
  fields: Partial<Channel> & Pick<Channel, "kind" | "name">,
  id = world.nextId(),
): Channel {
  const channel: Channel = {
    id,
    position: fields.guild?.channels.size ?? 0,
    topic: null,
    parentId: null,
    slowmodeSeconds: 0,
    overwrites: [],
    messages: new Map(),
    pins: new Set(),
    ...fields,
  };
  world.channels.set(id, channel);
  channel.guild?.channels.set(id, channel);
  return channel;
}

export function createRole(
  id: string,
  fields: { name: string; permissions: bigint; position: number; managed?: boolean; mentionable?: boolean },
): APIRole {
  return {
    id,
    name: fields.name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: fields.position,
    permissions: fields.permissions.toString(),
    managed: fields.managed ?? false,
    mentionable: fields.mentionable ?? false,
    flags: 0 as APIRole["flags"],
  };
}

/** The direct message with somebody, opened when there is none. */
export function directMessageWith(world: World, user: APIUser): Channel {
  for (const channel of world.channels.values()) if (channel.recipient?.id === user.id) return channel;
  return addChannel(world, { kind: 1, name: "", recipient: user });
}
