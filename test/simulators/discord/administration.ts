import type { APIRole } from "discord.js";
import { ChannelKind, type PermissionName } from "./constants.ts";
import type { Places } from "./places.ts";
import { bitsOf, roleNamed } from "./seeds.ts";
import type { Simulation } from "./simulation.ts";
import { addChannel, type Channel, createRole } from "./state.ts";
import { channelObject } from "./wire.ts";

/** What a guild's administrators change. Names or ids everywhere; without a guild the only one. */
export interface Administration {
  /** Sets the rights of a role; "@everyone" is one. */
  setPermissions(role: string, permissions: readonly PermissionName[], guild?: string): void;
  /** Sets what a role may and may not do in one channel. */
  overwrite(
    channel: string,
    role: string,
    change: { allow?: readonly PermissionName[]; deny?: readonly PermissionName[] },
    guild?: string,
  ): void;
  rename(kind: "role" | "channel", from: string, to: string, guild?: string): void;
  /** A new role right above @everyone. */
  createRole(name: string, permissions: readonly PermissionName[], guild?: string): APIRole;
  deleteRole(role: string, guild?: string): void;
  createChannel(name: string, kind?: keyof typeof ChannelKind, guild?: string): Channel;
  deleteChannel(channel: string, guild?: string): void;
}

export function createAdministration({ world, dispatch }: Simulation, places: Places): Administration {
  const tellRole = (role: APIRole, guild?: string) =>
    dispatch("GUILD_ROLE_UPDATE", { guild_id: places.guild(guild).id, role }, places.guild(guild));
  const tellChannel = (channel: Channel) => dispatch("CHANNEL_UPDATE", channelObject(channel), channel.guild);
  return {
    setPermissions(name, permissions, guild) {
      const role = places.role(name, guild);
      role.permissions = bitsOf(permissions).toString();
      tellRole(role, guild);
    },
    overwrite(name, role, { allow = [], deny = [] }, guild) {
      const channel = places.channel(name, guild);
      const id = places.role(role, guild).id;
      const made = { id, type: 0, allow: bitsOf(allow).toString(), deny: bitsOf(deny).toString() };
      channel.overwrites = [...channel.overwrites.filter((each) => each.id !== id), made];
      tellChannel(channel);
    },
    rename(kind, from, to, guild) {
      if (kind === "role") {
        const role = roleNamed(places.guild(guild), from);
        role.name = to;
        tellRole(role, guild);
      } else {
        const channel = places.channel(from, guild);
        channel.name = to;
        tellChannel(channel);
      }
    },
    createRole(name, permissions, reference) {
      const guild = places.guild(reference);
      for (const role of guild.roles.values()) if (role.position > 0) role.position += 1;
      const role = createRole(world.nextId(), { name, permissions: bitsOf(permissions), position: 1 });
      guild.roles.set(role.id, role);
      dispatch("GUILD_ROLE_CREATE", { guild_id: guild.id, role }, guild);
      return role;
    },
    deleteRole(reference, guildReference) {
      const guild = places.guild(guildReference);
      const role = places.role(reference, guildReference);
      guild.roles.delete(role.id);
      for (const member of guild.members.values()) member.roles = member.roles.filter((id) => id !== role.id);
      dispatch("GUILD_ROLE_DELETE", { guild_id: guild.id, role_id: role.id }, guild);
    },
    createChannel(name, kind = "GuildText", reference) {
      const channel = addChannel(world, { kind: ChannelKind[kind], name, guild: places.guild(reference) });
      dispatch("CHANNEL_CREATE", channelObject(channel), channel.guild);
      return channel;
    },
    deleteChannel(reference, guild) {
      const channel = places.channel(reference, guild);
      world.channels.delete(channel.id);
      channel.guild?.channels.delete(channel.id);
      dispatch("CHANNEL_DELETE", channelObject(channel), channel.guild);
    },
  };
}
