import type {
  GatewayGuildMemberAddDispatchData,
  GatewayGuildMemberRemoveDispatchData,
  GatewayGuildMemberUpdateDispatchData,
} from "discord.js";
import type { MemberEvent, RoleEvent } from "../../../contracts/event.ts";
import { type EventContext, platform } from "./event-context.ts";
import { personOf } from "./guilds.ts";

export function joinedEvent(
  member: GatewayGuildMemberAddDispatchData,
  { guilds, self, feeds }: EventContext,
): MemberEvent | undefined {
  if (member.user.id === self.id || !feeds.includes("members")) return undefined;
  const joined = member.joined_at ?? "";
  return {
    kind: "member_joined",
    key: `joined:${member.guild_id}:${member.user.id}:${joined}`,
    at: Date.parse(joined),
    platform,
    server: guilds.server(member.guild_id),
    user: personOf(member.user, member.nick),
    origin: { to: "server", server: member.guild_id },
  };
}

export function leftEvent(
  { user, guild_id: guildId }: GatewayGuildMemberRemoveDispatchData,
  { guilds, self, feeds, now }: EventContext,
): MemberEvent | undefined {
  if (user.id === self.id || !feeds.includes("members")) return undefined;
  const at = now();
  return {
    kind: "member_left",
    key: `left:${guildId}:${user.id}:${at}`,
    at,
    platform,
    server: guilds.server(guildId),
    user: personOf(user),
    origin: { to: "server", server: guildId },
  };
}

/** Roles that somebody has got or lost, as far as it is known what they had. */
export function roleEvents(
  { user, guild_id: guildId, nick, roles: now }: GatewayGuildMemberUpdateDispatchData,
  context: EventContext,
): RoleEvent[] {
  const { feeds, guilds, self, roles } = context;
  if (user.id === self.id || !feeds.includes("member_roles")) return [];
  const changed = roles.change(guildId, user.id, now);
  if (changed === undefined) return [];
  const at = context.now();
  const event = (kind: RoleEvent["kind"]) => (id: string) => {
    const role = guilds.role(guildId, id);
    // A role that was deleted is nobody's loss of a role.
    if (role === undefined) return [];
    return [
      {
        kind,
        key: `${kind}:${guildId}:${user.id}:${id}:${at}`,
        at,
        platform,
        server: guilds.server(guildId),
        user: personOf(user, nick),
        role,
        origin: { to: "server", server: guildId },
      },
    ];
  };
  return [...changed.removed.flatMap(event("role_removed")), ...changed.added.flatMap(event("role_added"))];
}
