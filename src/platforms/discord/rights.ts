import type { Right } from "../../contracts/right.ts";

/**
 * Discord's permissions by our words, as bits (documentation: "Permissions", Bitwise Permission Flags). Muting is the
 * time-out, so it needs Moderate Members, not the voice channels' Mute Members.
 */
export const permissionBits: Readonly<Record<Right, bigint>> = {
  administrator: 1n << 3n,
  manage_server: 1n << 5n,
  manage_channels: 1n << 4n,
  manage_roles: 1n << 28n,
  manage_messages: 1n << 13n,
  manage_nicknames: 1n << 27n,
  mute_members: 1n << 40n,
  kick_members: 1n << 1n,
  ban_members: 1n << 2n,
  pin_messages: 1n << 51n,
  manage_threads: 1n << 34n,
  mention_everyone: 1n << 17n,
  send_messages: 1n << 11n,
  read_messages: 1n << 10n,
  add_reactions: 1n << 6n,
};

/** The rights in a set of permission bits; Administrator holds them all. */
export function rightsOf(bits: bigint): ReadonlySet<Right> {
  const words = Object.keys(permissionBits) as Right[];
  if ((bits & permissionBits.administrator) !== 0n) return new Set(words);
  return new Set(words.filter((word) => (bits & permissionBits[word]) !== 0n));
}
