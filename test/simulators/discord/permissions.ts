import { Permission, type PermissionName } from "./constants.ts";
import type { Channel, Guild, Member } from "./state.ts";

const all = Object.values(Permission).reduce((bits, bit) => bits | bit, 0n);
const whileTimedOut = Permission.ViewChannel | Permission.ReadMessageHistory;

/** What a member may do in the guild, or in one of its channels ("Permissions", Permission Overwrites). */
export function permissionsOf(guild: Guild, member: Member, channel?: Channel, now = Date.now()): bigint {
  if (member.user.id === guild.ownerId) return all;
  let bits = BigInt(guild.roles.get(guild.id)!.permissions);
  for (const id of member.roles) bits |= BigInt(guild.roles.get(id)?.permissions ?? "0");
  if ((bits & Permission.Administrator) !== 0n) return all;
  const place = channel?.thread === undefined ? channel : guild.channels.get(channel.parentId ?? "");
  if (place !== undefined) bits = withOverwrites(bits, guild, member, place);
  const timedOut = member.timedOutUntil !== null && Date.parse(member.timedOutUntil) > now;
  return timedOut ? bits & whileTimedOut : bits;
}

/** Overwrites apply in this order: @everyone, then all roles' denials and allowances together, then the member's own. */
function withOverwrites(bits: bigint, guild: Guild, member: Member, channel: Channel): bigint {
  const apply = (before: bigint, ids: readonly string[]) => {
    let [allow, deny] = [0n, 0n];
    for (const overwrite of channel.overwrites) {
      if (!ids.includes(overwrite.id)) continue;
      allow |= BigInt(overwrite.allow);
      deny |= BigInt(overwrite.deny);
    }
    return (before & ~deny) | allow;
  };
  return apply(apply(apply(bits, [guild.id]), member.roles), [member.user.id]);
}

export function may(bits: bigint, ...names: readonly PermissionName[]): boolean {
  return names.every((name) => (bits & Permission[name]) !== 0n);
}

/** The position of a member's highest role; 0 with none but @everyone. */
export function rankOf(guild: Guild, member: Member): number {
  return Math.max(0, ...member.roles.map((id) => guild.roles.get(id)?.position ?? 0));
}

/** Whether `actor` stands above `target`: never above the owner, nor above an equal ("Permissions", Permission Hierarchy). */
export function outranks(guild: Guild, actor: Member, target: Member): boolean {
  if (target.user.id === guild.ownerId) return false;
  return actor.user.id === guild.ownerId || rankOf(guild, actor) > rankOf(guild, target);
}
