import { ChannelKind, Permission, type PermissionName } from "./constants.ts";
import { snowflakeAt } from "./snowflake.ts";
import { addChannel, createRole, createUser, type Guild, type Member, type World } from "./state.ts";

export interface RoleSeed {
  name: string;
  permissions?: readonly PermissionName[];
  /** Managed by an integration: nobody can give or take it. */
  managed?: boolean;
}

export interface ChannelSeed {
  name: string;
  kind?: keyof typeof ChannelKind;
  topic?: string;
}

export interface MemberSeed {
  name: string;
  id?: string;
  /** Names of roles. */
  roles?: readonly string[];
  nick?: string;
  bot?: boolean;
  /** Milliseconds since 1970. */
  accountCreatedAt?: number;
  joinedAt?: number;
}

export interface GuildSeed {
  name: string;
  id?: string;
  /** The name of a member, made when not listed; "owner" unless told. */
  owner?: string;
  /** From low to high. */
  roles?: readonly RoleSeed[];
  /** What everybody may do. */
  everyone?: readonly PermissionName[];
  /** "general" unless told. */
  channels?: readonly (string | ChannelSeed)[];
  members?: readonly (string | MemberSeed)[];
  /** Names of its own emoji. */
  emojis?: readonly string[];
  bot?: {
    /** Rights of the bot's own role; `defaultBotRights` unless told. */
    permissions?: readonly PermissionName[];
    /** The bot's own role stands right under this one; at the top unless told. */
    below?: string;
    /** Further roles, by name. */
    roles?: readonly string[];
  };
}

const defaultEveryone: readonly PermissionName[] = [
  "ViewChannel",
  "SendMessages",
  "EmbedLinks",
  "AttachFiles",
  "ReadMessageHistory",
  "AddReactions",
  "UseApplicationCommands",
  "ChangeNickname",
  "CreatePublicThreads",
  "SendMessagesInThreads",
  "SendPolls",
  "Connect",
  "Speak",
];

/** Everything that a bot's actions need, short of Administrator. */
export const defaultBotRights: readonly PermissionName[] = [
  ...defaultEveryone,
  "KickMembers",
  "BanMembers",
  "ModerateMembers",
  "ManageMessages",
  "PinMessages",
  "ManageChannels",
  "ManageThreads",
  "ManageRoles",
  "ManageNicknames",
  "CreatePrivateThreads",
];

export function bitsOf(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | Permission[name], 0n);
}

/** Adds a guild as described. People of one name are one user across guilds. */
export function addGuild(world: World, seed: GuildSeed): Guild {
  const id = seed.id ?? world.nextId();
  const now = new Date(world.now()).toISOString();
  const ownerName = seed.owner ?? "owner";
  const guild: Guild = {
    id,
    name: seed.name,
    ownerId: "",
    roles: new Map(),
    channels: new Map(),
    members: new Map(),
    bans: new Map(),
    emojis: new Map(seed.emojis?.map((name) => [world.nextId(), name])),
    voices: new Map(),
    botJoinedAt: now,
    available: true,
  };
  world.guilds.set(id, guild);
  guild.roles.set(
    id,
    createRole(id, { name: "@everyone", permissions: bitsOf(seed.everyone ?? defaultEveryone), position: 0 }),
  );
  addRoles(world, guild, seed);
  for (const channel of seed.channels ?? ["general"]) {
    const { name, kind = "GuildText", topic = null } = typeof channel === "string" ? { name: channel } : channel;
    addChannel(world, { kind: ChannelKind[kind], name, topic, guild });
  }
  for (const member of seed.members ?? [])
    addMember(world, guild, typeof member === "string" ? { name: member } : member);
  const owner = findMember(guild, ownerName) ?? addMember(world, guild, { name: ownerName });
  guild.ownerId = owner.user.id;
  const botRoles = [...guild.roles.values()].filter(
    (role) => role.tags?.bot_id === world.bot.id || seed.bot?.roles?.includes(role.name),
  );
  guild.members.set(world.bot.id, {
    user: world.bot,
    nick: null,
    roles: botRoles.map((role) => role.id),
    joinedAt: now,
    timedOutUntil: null,
  });
  return guild;
}

function addRoles(world: World, guild: Guild, seed: GuildSeed): void {
  const own = { name: world.applicationName, permissions: seed.bot?.permissions ?? defaultBotRights, managed: true };
  const ladder: RoleSeed[] = [...(seed.roles ?? [])];
  const below = seed.bot?.below;
  const place = below === undefined ? ladder.length : ladder.findIndex((role) => role.name === below);
  if (place === -1) throw new Error(`the guild "${seed.name}" has no role "${below}"`);
  ladder.splice(place, 0, own);
  for (const [index, role] of ladder.entries()) {
    const id = world.nextId();
    const made = createRole(id, {
      name: role.name,
      permissions: bitsOf(role.permissions ?? []),
      position: index + 1,
      managed: role.managed ?? false,
    });
    if (role === own) made.tags = { bot_id: world.bot.id };
    guild.roles.set(id, made);
  }
}

export function addMember(world: World, guild: Guild, seed: MemberSeed): Member {
  const known = [...world.users.values()].find((user) => (user.global_name ?? user.username) === seed.name);
  const madeAt = seed.accountCreatedAt;
  const id = seed.id ?? (madeAt === undefined ? world.nextId() : snowflakeAt(madeAt, BigInt(world.users.size)));
  const user = known ?? createUser(id, seed.name, { bot: seed.bot ?? false });
  world.users.set(user.id, user);
  const member: Member = {
    user,
    nick: seed.nick ?? null,
    roles: (seed.roles ?? []).map((name) => roleNamed(guild, name).id),
    joinedAt: new Date(seed.joinedAt ?? world.now()).toISOString(),
    timedOutUntil: null,
  };
  guild.members.set(user.id, member);
  return member;
}

export function roleNamed(guild: Guild, reference: string) {
  const role = guild.roles.get(reference) ?? [...guild.roles.values()].find((each) => each.name === reference);
  if (role === undefined) throw new Error(`the guild "${guild.name}" has no role "${reference}"`);
  return role;
}

export function findMember(guild: Guild, reference: string): Member | undefined {
  return (
    guild.members.get(reference) ??
    [...guild.members.values()].find(({ user, nick }) =>
      [user.global_name, user.username, nick].some((name) => name === reference),
    )
  );
}
