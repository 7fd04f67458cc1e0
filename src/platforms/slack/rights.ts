import type { Right } from "../../contracts/right.ts";

/**
 * Slack has no permissions that one by one are given to people, but four kinds of member (help center: "Types of roles
 * in Slack"). Each word is given to the lowest kind that may do such a thing in Slack itself, with the settings that a
 * workspace has from the start.
 */
export type MemberKind = "guest" | "member" | "admin" | "owner" | "primary_owner";

const lowest: Readonly<Record<Right, MemberKind>> = {
  administrator: "admin",
  manage_server: "admin",
  manage_channels: "admin",
  manage_roles: "admin",
  manage_messages: "admin",
  manage_nicknames: "admin",
  mute_members: "admin",
  kick_members: "admin",
  ban_members: "admin",
  pin_messages: "member",
  manage_threads: "member",
  mention_everyone: "member",
  send_messages: "guest",
  read_messages: "guest",
  add_reactions: "guest",
};

const order: readonly MemberKind[] = ["guest", "member", "admin", "owner", "primary_owner"];

/** The rights of a kind of member. */
export function rightsOf(kind: MemberKind): ReadonlySet<Right> {
  const height = order.indexOf(kind);
  const words = Object.keys(lowest) as Right[];
  return new Set(words.filter((word) => order.indexOf(lowest[word]) <= height));
}

/** On the scale of `Standing.rank`; a bot stands between members and admins, at `botRank`. */
export const ranks: Readonly<Record<MemberKind, number>> = {
  guest: 0,
  member: 0,
  admin: 1,
  owner: 2,
  primary_owner: 3,
};
export const botRank = 0.5;

/** What a bot may do, by the scopes of which one must be granted (docs.slack.dev: "Scopes"). */
export const scopeRights: Readonly<Partial<Record<Right, readonly string[]>>> = {
  send_messages: ["chat:write"],
  mention_everyone: ["chat:write"],
  read_messages: ["channels:history", "groups:history", "im:history", "mpim:history"],
  add_reactions: ["reactions:write"],
  pin_messages: ["pins:write"],
  // Whoever may write may begin a thread; a private one takes groups:write besides, which Slack asks for by name.
  manage_threads: ["chat:write"],
  manage_channels: ["channels:manage"],
  manage_roles: ["usergroups:write"],
};
