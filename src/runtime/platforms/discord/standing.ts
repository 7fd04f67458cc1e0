import { PermissionFlagsBits as Bits, type Guild } from "discord.js";
import type { Standing } from "../../../contracts/event.ts";
import type { Right } from "../../../contracts/right.ts";
import { permissionBits, rightsOf } from "../../../platforms/discord/rights.ts";

/** A membership, as far as it says what somebody may do. */
export interface Membership {
  readonly userId: string;
  /** Without @everyone. */
  readonly roles: readonly string[];
  /** ISO 8601, where the person is timed out. */
  readonly timedOutUntil?: string | null | undefined;
  /** ISO 8601; missing for guests of a voice channel. */
  readonly joinedAt?: string | null | undefined;
}

/** What is left to somebody who is timed out (documentation: "Permissions", Permissions for Timed Out Members). */
const whileTimedOut = Bits.ViewChannel | Bits.ReadMessageHistory;

/**
 * Somebody's standing by the roles of the server. `bits` are their permissions where Discord has told them with the event.
 */
export function standingOf(guild: Guild, member: Membership, now: number, bits?: bigint): Standing {
  const owner = guild.ownerId === member.userId;
  const joinedAt = Date.parse(member.joinedAt ?? "");
  const roles = member.roles.flatMap((id) => guild.roles.cache.get(id) ?? []);
  return {
    owner,
    rank: owner ? Number.POSITIVE_INFINITY : Math.max(0, ...roles.map(({ position }) => position)),
    roles: roles.map(({ id, name }) => ({ id, name })),
    rights: rightsOf(bits ?? memberBits(guild, member, now)),
    ...(Number.isNaN(joinedAt) ? {} : { joinedAt }),
  };
}

/** Permissions in the server as a whole (documentation: "Permissions", Permission Overwrites, the base permissions). */
export function memberBits(guild: Guild, { userId, roles, timedOutUntil }: Membership, now: number): bigint {
  if (guild.ownerId === userId) return permissionBits.administrator;
  let bits = guild.roles.everyone?.permissions.bitfield ?? 0n;
  for (const id of roles) bits |= guild.roles.cache.get(id)?.permissions.bitfield ?? 0n;
  if ((bits & Bits.Administrator) !== 0n) return bits;
  return isPast(timedOutUntil, now) ? bits : bits & whileTimedOut;
}

/** The same in one channel: overwrites of @everyone, then of all roles together, then the member's own. */
export function channelBits(guild: Guild, member: Membership, channelId: string, now: number): bigint | undefined {
  const bits = memberBits(guild, member, now);
  if ((bits & Bits.Administrator) !== 0n) return bits;
  const channel = guild.channels.cache.get(channelId);
  const place = channel?.isThread() ? channel.parent : channel;
  if (!place || !("permissionOverwrites" in place)) return undefined;
  const overwrites = place.permissionOverwrites.cache;
  const apply = (before: bigint, ids: readonly string[]) => {
    let [allow, deny] = [0n, 0n];
    for (const id of ids) {
      const overwrite = overwrites.get(id);
      allow |= overwrite?.allow.bitfield ?? 0n;
      deny |= overwrite?.deny.bitfield ?? 0n;
    }
    return (before & ~deny) | allow;
  };
  const narrowed = apply(apply(apply(bits, [guild.id]), member.roles), [member.userId]);
  const inThread = channel?.isThread() ? asInThread(narrowed) : narrowed;
  return isPast(member.timedOutUntil, now) ? inThread : inThread & whileTimedOut;
}

/** Writing in a thread is a permission of its own. */
function asInThread(bits: bigint): bigint {
  const others = bits & ~Bits.SendMessages;
  return (bits & Bits.SendMessagesInThreads) === 0n ? others : others | Bits.SendMessages;
}

const isPast = (until: string | null | undefined, now: number) =>
  until === undefined || until === null || Date.parse(until) <= now;

/** Who cannot see a channel can do nothing in it. */
export function rightsInChannel(bits: bigint): ReadonlySet<Right> {
  return (bits & (Bits.ViewChannel | Bits.Administrator)) === 0n ? new Set() : rightsOf(bits);
}
