import { type APIChannel, type APIGuildMember, type APIUser, ChannelType, type Guild, Routes } from "discord.js";
import type { Person, Server } from "../../../contracts/event.ts";
import { type NameAnswer, PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { suggest } from "../../../diagnostics/suggest.ts";
import { discord } from "../../../platforms/discord.ts";
import { type Guilds, personOf } from "./guilds.ts";
import { type KnownMember, knownMember, type Members } from "./members.ts";
import type { Rest } from "./rest.ts";
import { channelBits, type Membership, memberBits, rightsInChannel, standingOf } from "./standing.ts";

export type Lookup = Pick<
  PlatformPort,
  "standing" | "botStanding" | "roleRank" | "find" | "person" | "channel" | "role" | "server"
>;

/** What the adapter itself asks besides. */
export interface OwnLookup {
  /** The bot's permissions on a server, or in one of its channels, as bits. @throws PlatformError */
  ownBits(serverId: string, channelId?: string): Promise<bigint>;
}

export interface LookupParts {
  readonly rest: Rest;
  readonly guilds: Guilds;
  readonly members: Members;
  readonly selfId: () => string | undefined;
  readonly now: () => number;
}

/** Kinds of channels that nobody can write in. */
const wordless: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildCategory,
  ChannelType.GuildDirectory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
]);
const mostFound = 100;
const isId = (text: string) => discord.idPattern.test(text);

export function createLookup({ rest, guilds, members, selfId, now }: LookupParts): {
  readonly lookup: Lookup;
  readonly own: OwnLookup;
} {
  const memberOf = async (guildId: string, userId: string): Promise<KnownMember | undefined> => {
    if (!isId(userId)) return undefined;
    const known = members.get(guildId, userId);
    if (known !== undefined) return known;
    const found = await orNothing(rest.call<APIGuildMember>("GET", Routes.guildMember(guildId, userId)));
    return found === undefined ? undefined : members.keep(guildId, found);
  };

  const membershipOf = ({ user, roles, timedOutUntil, joinedAt }: KnownMember): Membership => ({
    userId: user.id,
    roles,
    timedOutUntil,
    joinedAt,
  });

  /** The bot's own membership; Discord announces its changes always. */
  const ownMembership = async (guild: Guild): Promise<Membership | undefined> => {
    const { me } = guild.members;
    if (me !== null)
      return {
        userId: me.id,
        roles: [...me.roles.cache.keys()].filter((id) => id !== guild.id),
        timedOutUntil: me.communicationDisabledUntil?.toISOString() ?? null,
      };
    const id = selfId();
    const member = id === undefined ? undefined : await memberOf(guild.id, id);
    return member === undefined ? undefined : membershipOf(member);
  };

  const available = (serverId: string): Guild => {
    const guild = guilds.guild(serverId);
    if (guild === undefined) throw new PlatformError("not_found", "The bot is not on this server.");
    if (!guild.available)
      throw new PlatformError("unavailable", "Discord has an outage that this server is part of; try again later.");
    return guild;
  };

  const answer = (name: string, things: readonly { id: string; name: string }[]): NameAnswer => {
    const fitting = things.filter((thing) => thing.name.toLowerCase() === name.toLowerCase());
    const exact = fitting.filter((thing) => thing.name === name);
    const [one, another] = exact.length > 0 ? exact : fitting;
    if (one === undefined) {
      const near = suggest(name, new Set(things.map((thing) => thing.name)));
      return { found: "none", ...(near === undefined ? {} : { near }) };
    }
    return another === undefined ? { found: "one", id: one.id, name: one.name } : { found: "many" };
  };

  const findUser = async (guildId: string, written: string): Promise<NameAnswer> => {
    if (isId(written)) {
      const member = await memberOf(guildId, written);
      if (member === undefined) return { found: "none" };
      return { found: "one", id: member.user.id, name: personOf(member.user, member.nick).name };
    }
    const name = written.replace(/^@/, "");
    if (name === "") return { found: "none" };
    const query = { query: name.slice(0, 100), limit: String(mostFound) };
    const found = (await rest.call<APIGuildMember[]>("GET", Routes.guildMembersSearch(guildId), { query })).map(
      knownMember,
    );
    const named = (pick: (member: KnownMember) => string | null | undefined) =>
      found.flatMap((member) => {
        const shown = pick(member);
        return shown ? [{ id: member.user.id, name: shown }] : [];
      });
    // A username names one person; display names and nicknames may be shared.
    const byUsername = answer(
      name,
      named(({ user }) => (user.bot === true ? undefined : user.username)),
    );
    if (byUsername.found !== "none") return byUsername;
    const shown = answer(
      name,
      named(({ user, nick }) => nick ?? user.global_name ?? user.username),
    );
    return shown.found === "none" && shown.near === undefined ? byUsername : shown;
  };

  const find: PlatformPort["find"] = async (kind, serverId, name) => {
    try {
      const guild = available(serverId);
      if (kind === "user") return await findUser(serverId, name);
      if (kind === "role") {
        const roles = [...guild.roles.cache.values()].filter(({ id }) => id !== guild.id);
        return isId(name) ? byId(name, roles) : answer(name, roles);
      }
      const channels = [...guild.channels.cache.values()].filter(({ type }) => !wordless.has(type));
      return isId(name) ? byId(name, channels) : answer(name, channels);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return error.kind === "not_found" ? { found: "none" } : { found: "unknown", why: error.message };
    }
  };

  const person = async (serverId: string | undefined, userId: string): Promise<Person | undefined> => {
    if (!isId(userId)) return undefined;
    if (serverId !== undefined) {
      const member = await memberOf(serverId, userId);
      if (member !== undefined) return personOf(member.user, member.nick);
    }
    const user = await orNothing(rest.call<APIUser>("GET", Routes.user(userId)));
    return user === undefined ? undefined : personOf(user);
  };

  const own: OwnLookup = {
    async ownBits(serverId, channelId) {
      const guild = available(serverId);
      const membership = await ownMembership(guild);
      if (membership === undefined) return 0n;
      const bits = memberBits(guild, membership, now());
      return channelId === undefined ? bits : (channelBits(guild, membership, channelId, now()) ?? bits);
    },
  };

  const lookup: Lookup = {
    find,
    person,
    async standing(serverId, userId) {
      const guild = available(serverId);
      const member = await memberOf(serverId, userId);
      return member === undefined ? undefined : standingOf(guild, membershipOf(member), now());
    },
    async botStanding(serverId, channelId) {
      const guild = available(serverId);
      const membership = await ownMembership(guild);
      if (membership === undefined) return undefined;
      const standing = standingOf(guild, membership, now());
      const bits = channelId === undefined ? undefined : channelBits(guild, membership, channelId, now());
      return bits === undefined ? standing : { ...standing, rights: rightsInChannel(bits) };
    },
    roleRank: async (serverId, roleId) => available(serverId).roles.cache.get(roleId)?.position,
    async channel(channelId) {
      if (!isId(channelId)) return undefined;
      const place = guilds.place(channelId);
      if (place !== undefined) return { id: place.id, name: place.name, direct: false };
      const channel = await orNothing(rest.call<APIChannel>("GET", Routes.channel(channelId)));
      if (channel === undefined) return undefined;
      const direct = channel.type === ChannelType.DM || channel.type === ChannelType.GroupDM;
      const [recipient] = "recipients" in channel ? (channel.recipients ?? []) : [];
      const name = channel.name ?? (recipient === undefined ? channel.id : personOf(recipient).name);
      return { id: channel.id, name, direct };
    },
    role: async (serverId, roleId) => guilds.role(serverId, roleId),
    async server(nameOrId): Promise<Server | undefined> {
      const written = nameOrId.toLowerCase();
      const [one, another] = isId(nameOrId)
        ? guilds.all().filter(({ id }) => id === nameOrId)
        : guilds.all().filter(({ name }) => name?.toLowerCase() === written);
      return one === undefined || another !== undefined ? undefined : { id: one.id, name: one.name ?? one.id };
    },
  };
  return { lookup, own };
}

function byId(id: string, things: readonly { id: string; name: string }[]): NameAnswer {
  const found = things.find((thing) => thing.id === id);
  return found === undefined ? { found: "none" } : { found: "one", id, name: found.name };
}

/** Nothing where Discord says that there is no such thing, or that the bot does not see it. */
async function orNothing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof PlatformError && (error.kind === "not_found" || error.kind === "missing_right"))
      return undefined;
    throw error;
  }
}
