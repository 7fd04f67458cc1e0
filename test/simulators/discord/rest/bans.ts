import { leave } from "../membership.ts";
import { removeMessages } from "../messages.ts";
import { snowflakeTime } from "../snowflake.ts";
import type { Guild } from "../state.ts";
import { unknownThing } from "./errors.ts";
import { guildWhereMay, limitOf, requireRank } from "./lookup.ts";
import type { RestCall, Route } from "./router.ts";

interface BanBody {
  delete_message_seconds?: number | null;
  delete_message_days?: number | null;
}

const bans = "/guilds/{guild_id}/bans";

export const banRoutes: readonly Route[] = [
  {
    method: "GET",
    template: bans,
    handle(call) {
      const all = [...guildWhereMay(call, "BanMembers").bans.values()];
      return { status: 200, body: all.slice(0, limitOf(call, 1000, 1000)) };
    },
  },
  {
    method: "GET",
    template: `${bans}/{user_id}`,
    handle: (call) => ({ status: 200, body: banOf(call, guildWhereMay(call, "BanMembers")) }),
  },
  {
    method: "PUT",
    template: `${bans}/{user_id}`,
    handle(call) {
      const { simulation, params } = call;
      const guild = guildWhereMay(call, "BanMembers");
      const user = simulation.world.users.get(params.user_id!);
      if (user === undefined) throw unknownThing("User");
      const member = guild.members.get(user.id);
      if (member !== undefined) requireRank(call, guild, member);
      if (guild.bans.has(user.id)) return {};
      guild.bans.set(user.id, { user, reason: call.reason });
      const body = (call.body ?? {}) as BanBody;
      const seconds = body.delete_message_seconds ?? (body.delete_message_days ?? 0) * 86_400;
      if (seconds > 0) forget(call, guild, user.id, seconds);
      simulation.dispatch("GUILD_BAN_ADD", { guild_id: guild.id, user }, guild);
      if (member !== undefined) leave(simulation, guild, member);
      return {};
    },
  },
  {
    method: "DELETE",
    template: `${bans}/{user_id}`,
    handle(call) {
      const guild = guildWhereMay(call, "BanMembers");
      const { user } = banOf(call, guild);
      guild.bans.delete(user.id);
      call.simulation.dispatch("GUILD_BAN_REMOVE", { guild_id: guild.id, user }, guild);
      return {};
    },
  },
];

function banOf({ params }: RestCall, guild: Guild) {
  const ban = guild.bans.get(params.user_id!);
  if (ban === undefined) throw unknownThing("Ban");
  return ban;
}

function forget({ simulation }: RestCall, guild: Guild, userId: string, seconds: number): void {
  const since = simulation.world.now() - seconds * 1000;
  for (const channel of guild.channels.values()) {
    const theirs = [...channel.messages.values()].filter(
      ({ id, author }) => author.id === userId && snowflakeTime(id) >= since,
    );
    removeMessages(
      simulation,
      channel,
      theirs.map(({ id }) => id),
    );
  }
}
