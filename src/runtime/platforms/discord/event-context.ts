import type { BotEvent, Channel, Person, Server, Standing } from "../../../contracts/event.ts";
import type { Feed } from "../../../contracts/right.ts";
import type { Guilds } from "./guilds.ts";
import type { MemberRoles } from "./member-roles.ts";
import type { Members } from "./members.ts";
import type { RecentMessages } from "./recent-messages.ts";
import { standingOf } from "./standing.ts";
import type { Voices } from "./voices.ts";

/** What the bot knows when something happens. */
export interface EventContext {
  readonly self: Person;
  readonly feeds: readonly Feed[];
  readonly prefix: string | undefined;
  readonly guilds: Guilds;
  readonly members: Members;
  readonly recent: RecentMessages;
  readonly roles: MemberRoles;
  readonly voices: Voices;
  readonly now: () => number;
}

/** Events of somebody whom Discord names by id only. */
export interface OfSomebody {
  readonly userId: string;
  readonly serverId: string | undefined;
  readonly events: (user: Person) => readonly BotEvent[];
}

export const platform = "discord";

export function placeOf(
  guildId: string | undefined,
  channelId: string,
  name: string | undefined,
  guilds: Guilds,
): { platform: string; channel: Channel; server?: Server } {
  if (guildId === undefined) return { platform, channel: { id: channelId, name: name ?? channelId, direct: true } };
  return { platform, channel: guilds.channel(channelId, name), server: guilds.server(guildId) };
}

export function standingIn(
  guildId: string,
  member: Parameters<typeof standingOf>[1],
  { guilds, now }: EventContext,
  bits?: bigint,
): Standing | undefined {
  const guild = guilds.guild(guildId);
  return guild?.available === true ? standingOf(guild, member, now(), bits) : undefined;
}
