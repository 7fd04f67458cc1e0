import type { APIRole, APIUser } from "discord.js";
import { userNamed } from "./interactions/payload.ts";
import { findMember, roleNamed } from "./seeds.ts";
import { type Channel, directMessageWith, type Guild, type Member, type World } from "./state.ts";

/** A channel of a guild, each by name or id; without a guild the only one, without a channel its first; `direct` is the direct message with the user. */
export interface Where {
  guild?: string;
  channel?: string;
  direct?: boolean;
}

/** Finds what a test names, by name or id; throws when it is not there. */
export interface Places {
  guild(reference?: string): Guild;
  channel(reference: string, guild?: string): Channel;
  role(reference: string, guild?: string): APIRole;
  user(reference: string): APIUser;
  member(reference: string, guild?: string): Member;
  channelOf(where: Where & { user: string }): Channel;
}

export function createPlaces(world: World): Places {
  const guildOf = (reference?: string): Guild => {
    const all = [...world.guilds.values()];
    const found = reference === undefined ? all[0] : all.find(({ id, name }) => id === reference || name === reference);
    if (found === undefined) throw new Error(`there is no guild "${reference ?? ""}"`);
    return found;
  };
  const channelNamed = (reference: string, guild?: string): Channel => {
    const found = [...guildOf(guild).channels.values()].find(({ id, name }) => id === reference || name === reference);
    if (found === undefined) throw new Error(`there is no channel "${reference}"`);
    return found;
  };
  return {
    guild: guildOf,
    channel: channelNamed,
    role: (reference, guild) => roleNamed(guildOf(guild), reference),
    user: (reference) => userNamed(world, reference),
    member(reference, guild) {
      const member = findMember(guildOf(guild), reference);
      if (member === undefined) throw new Error(`nobody in the guild is called "${reference}"`);
      return member;
    },
    channelOf({ guild, channel, direct, user }) {
      if (direct === true) return directMessageWith(world, userNamed(world, user));
      if (channel !== undefined) return channelNamed(channel, guild);
      return [...guildOf(guild).channels.values()][0]!;
    },
  };
}
