import type { Simulation } from "./simulation.ts";
import type { Guild, Member } from "./state.ts";
import { memberObject } from "./wire.ts";

/** Tells that somebody came, changed or went. */

export function announceJoin({ dispatch }: Simulation, guild: Guild, member: Member): void {
  dispatch("GUILD_MEMBER_ADD", { ...memberObject(member), guild_id: guild.id }, guild);
}

export function announceChange({ dispatch }: Simulation, guild: Guild, member: Member): void {
  dispatch("GUILD_MEMBER_UPDATE", { ...memberObject(member), guild_id: guild.id }, guild);
}

/** Takes somebody out of the guild. */
export function leave({ dispatch }: Simulation, guild: Guild, member: Member): void {
  guild.members.delete(member.user.id);
  dispatch("GUILD_MEMBER_REMOVE", { guild_id: guild.id, user: member.user }, guild);
}
