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
  mention_everyone: 1n << 17n,
  send_messages: 1n << 11n,
  read_messages: 1n << 10n,
  add_reactions: 1n << 6n,
};

/** What the permissions are called in Discord's own settings, for messages to people. */
export const permissionNames: Readonly<Record<Right, string>> = {
  administrator: "Administrator",
  manage_server: "Manage Server",
  manage_channels: "Manage Channels",
  manage_roles: "Manage Roles",
  manage_messages: "Manage Messages",
  manage_nicknames: "Manage Nicknames",
  mute_members: "Time out members",
  kick_members: "Kick Members",
  ban_members: "Ban Members",
  pin_messages: "Pin Messages",
  mention_everyone: "Mention @everyone, @here and All Roles",
  send_messages: "Send Messages",
  read_messages: "View Channels",
  add_reactions: "Add Reactions",
};

/** The rights in a set of permission bits; Administrator holds them all. */
export function rightsOf(bits: bigint): ReadonlySet<Right> {
  const words = Object.keys(permissionBits) as Right[];
  if ((bits & permissionBits.administrator) !== 0n) return new Set(words);
  return new Set(words.filter((word) => (bits & permissionBits[word]) !== 0n));
}
