import type { APIRole } from "discord.js";
import { ErrorCode } from "../constants.ts";
import { announceChange, leave } from "../membership.ts";
import { may, permissionsOf, rankOf } from "../permissions.ts";
import type { Guild, Member } from "../state.ts";
import { memberObject } from "../wire.ts";
import { DiscordError, missingPermissions, unknownThing } from "./errors.ts";
import { botIn, guildOf, guildWhereMay, limitOf, memberOf, requireRank, roleOf } from "./lookup.ts";
import type { RestCall, Route } from "./router.ts";

interface MemberBody {
  nick?: string | null;
  roles?: string[] | null;
  communication_disabled_until?: string | null;
}

const members = "/guilds/{guild_id}/members";
const longestTimeout = 28 * 24 * 3_600_000;

export const memberRoutes: readonly Route[] = [
  {
    method: "GET",
    template: members,
    handle(call) {
      if (!call.simulation.portal.privileged.members) throw missingPermissions();
      const after = BigInt(call.query.get("after") ?? "0");
      const found = sorted(guildOf(call)).filter(({ user }) => BigInt(user.id) > after);
      return { status: 200, body: found.slice(0, limitOf(call, 1, 1000)).map(memberObject) };
    },
  },
  {
    method: "GET",
    template: `${members}/search`,
    handle(call) {
      const start = (call.query.get("query") ?? "").toLowerCase();
      const found = sorted(guildOf(call)).filter(({ user, nick }) =>
        [user.username, user.global_name, nick].some((name) => name?.toLowerCase().startsWith(start)),
      );
      return { status: 200, body: found.slice(0, limitOf(call, 1, 1000)).map(memberObject) };
    },
  },
  {
    method: "GET",
    template: `${members}/{user_id}`,
    handle: (call) => ({ status: 200, body: memberObject(memberOf(call, guildOf(call))) }),
  },
  {
    method: "PATCH",
    template: `${members}/@me`,
    handle(call) {
      const guild = guildWhereMay(call, "ChangeNickname");
      const bot = botIn(call, guild);
      const { nick } = call.body as MemberBody;
      if (nick !== undefined) bot.nick = nick || null;
      announceChange(call.simulation, guild, bot);
      return { status: 200, body: memberObject(bot) };
    },
  },
  { method: "PATCH", template: `${members}/{user_id}`, handle: changeMember },
  {
    method: "DELETE",
    template: `${members}/{user_id}`,
    handle(call) {
      const guild = guildWhereMay(call, "KickMembers");
      const member = memberOf(call, guild);
      requireRank(call, guild, member);
      leave(call.simulation, guild, member);
      return {};
    },
  },
  { method: "PUT", template: `${members}/{user_id}/roles/{role_id}`, handle: (call) => changeRole(call, true) },
  { method: "DELETE", template: `${members}/{user_id}/roles/{role_id}`, handle: (call) => changeRole(call, false) },
];

function sorted(guild: Guild): Member[] {
  return [...guild.members.values()].sort((one, other) => (BigInt(one.user.id) < BigInt(other.user.id) ? -1 : 1));
}

function changeRole(call: RestCall, given: boolean) {
  const guild = guildWhereMay(call, "ManageRoles");
  const member = memberOf(call, guild);
  const role = roleOf(call, guild);
  requireGivable(call, guild, role);
  const others = member.roles.filter((id) => id !== role.id);
  member.roles = given ? [...others, role.id] : others;
  announceChange(call.simulation, guild, member);
  return {};
}

/** Only roles under the bot's highest can be given or taken; @everyone and managed roles cannot ("Permissions", Permission Hierarchy). */
function requireGivable(call: RestCall, guild: Guild, role: APIRole): void {
  if (role.id === guild.id || role.managed) throw new DiscordError(400, ErrorCode.InvalidRole, "Invalid Role");
  const bot = botIn(call, guild);
  if (role.position >= rankOf(guild, bot)) throw missingPermissions();
}

function changeMember(call: RestCall) {
  const guild = guildOf(call);
  const member = memberOf(call, guild);
  const body = call.body as MemberBody;
  if (body.nick !== undefined) {
    guildWhereMay(call, "ManageNicknames");
    if (member.user.id !== call.simulation.world.bot.id) requireRank(call, guild, member);
  }
  const until = body.communication_disabled_until;
  if (until !== undefined) requireTimeout(call, guild, member, until);
  if (body.roles !== undefined) {
    guildWhereMay(call, "ManageRoles");
    const wanted = body.roles ?? [];
    const changed = [...wanted, ...member.roles].filter((id) => wanted.includes(id) !== member.roles.includes(id));
    for (const id of changed) {
      const role = guild.roles.get(id);
      if (role === undefined) throw unknownThing("Role");
      requireGivable(call, guild, role);
    }
    member.roles = [...new Set(wanted)];
  }
  if (body.nick !== undefined) member.nick = body.nick || null;
  if (until !== undefined) member.timedOutUntil = until === null ? null : new Date(until).toISOString();
  announceChange(call.simulation, guild, member);
  return { status: 200, body: memberObject(member) };
}

/** Nobody may time out an administrator, nor for more than 28 days ("Guild Resource", Modify Guild Member). */
function requireTimeout(call: RestCall, guild: Guild, member: Member, until: string | null): void {
  guildWhereMay(call, "ModerateMembers");
  requireRank(call, guild, member);
  if (until === null) return;
  if (may(permissionsOf(guild, member), "Administrator")) throw missingPermissions();
  if (Date.parse(until) - call.simulation.world.now() > longestTimeout)
    throw new DiscordError(400, ErrorCode.InvalidFormBodyOrContentType, "Invalid Form Body", {
      communication_disabled_until: {
        _errors: [{ code: "DATE_TOO_FAR", message: "Timeout cannot be longer than 28 days." }],
      },
    });
}
