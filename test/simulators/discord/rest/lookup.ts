import type { APIMessage, APIRole } from "discord.js";
import { ErrorCode, type PermissionName } from "../constants.ts";
import { may, outranks, permissionsOf } from "../permissions.ts";
import type { Channel, Guild, Member } from "../state.ts";
import { DiscordError, missingAccess, missingPermissions, unknownThing } from "./errors.ts";
import type { RestCall } from "./router.ts";

/** What the path names, or the error that Discord answers when it is not there or the bot may not. */

export function guildOf({ simulation, params }: RestCall): Guild {
  const guild = simulation.world.guilds.get(params.guild_id!);
  if (guild === undefined) throw unknownThing("Guild");
  if (!guild.members.has(simulation.world.bot.id)) throw missingAccess();
  return guild;
}

export function botIn({ simulation }: RestCall, guild: Guild): Member {
  return guild.members.get(simulation.world.bot.id)!;
}

/** The guild of the path, in which the bot must have the rights. */
export function guildWhereMay(call: RestCall, ...rights: PermissionName[]): Guild {
  const guild = guildOf(call);
  const bits = permissionsOf(guild, botIn(call, guild), undefined, call.simulation.world.now());
  if (!may(bits, ...rights)) throw missingPermissions();
  return guild;
}

export function memberOf({ params }: RestCall, guild: Guild): Member {
  const member = guild.members.get(params.user_id!);
  if (member === undefined) throw unknownThing("Member");
  return member;
}

export function roleOf({ params }: RestCall, guild: Guild): APIRole {
  const role = guild.roles.get(params.role_id!);
  if (role === undefined) throw unknownThing("Role");
  return role;
}

export function requireRank(call: RestCall, guild: Guild, target: Member): void {
  if (!outranks(guild, botIn(call, guild), target)) throw missingPermissions();
}

/** The channel of the path, which the bot must see and in which it must have the rights. */
export function channelWhereMay(call: RestCall, ...rights: PermissionName[]): Channel {
  const { world } = call.simulation;
  const channel = world.channels.get(call.params.channel_id!);
  if (channel === undefined) throw unknownThing("Channel");
  const { guild } = channel;
  if (guild === undefined) return channel;
  const bot = guild.members.get(world.bot.id);
  const bits = bot === undefined ? 0n : permissionsOf(guild, bot, channel, world.now());
  if (!may(bits, "ViewChannel")) throw missingAccess();
  if (!may(bits, ...rights)) throw missingPermissions();
  return channel;
}

/** Whether the bot has the rights in a channel; in a direct message it has all. */
export function mayHere({ simulation: { world } }: RestCall, channel: Channel, ...rights: PermissionName[]): boolean {
  const { guild } = channel;
  if (guild === undefined) return true;
  const bot = guild.members.get(world.bot.id);
  return bot !== undefined && may(permissionsOf(guild, bot, channel, world.now()), ...rights);
}

/** An archived thread takes no changes until it is opened again ("Threads", Archived). */
export function requireOpen({ thread }: Channel): void {
  if (thread?.archived === true)
    throw new DiscordError(400, ErrorCode.InvalidActionOnArchivedThread, "Thread is archived");
}

export function messageOf({ params }: RestCall, channel: Channel): APIMessage {
  const message = channel.messages.get(params.message_id!);
  if (message === undefined) throw unknownThing("Message");
  return message;
}

/** A number from the query within bounds. */
export function limitOf({ query }: RestCall, preset: number, most: number): number {
  return Math.min(most, Math.max(1, Number(query.get("limit") ?? preset)));
}
