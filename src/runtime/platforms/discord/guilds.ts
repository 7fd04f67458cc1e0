import { type APIUser, type Client, type Guild, type GuildBasedChannel, SnowflakeUtil } from "discord.js";
import type { Channel, Person, Role, Server } from "../../../contracts/event.ts";

const platform = "discord";

/** Somebody as Discord describes them; `nick` is their name on the server where they were met. */
export function personOf(
  user: Pick<APIUser, "id" | "username" | "bot"> & { global_name?: string | null },
  nick?: string | null,
  language?: string,
): Person {
  return {
    platform,
    id: user.id,
    name: nick || user.global_name || user.username,
    ...(nick ? { nickname: nick } : {}),
    // Usernames of bots may be shared, so they identify nobody.
    ...(user.bot === true ? {} : { username: user.username }),
    isBot: user.bot === true,
    // The id is a snowflake, whose first bits are the moment it was made (documentation: "Reference", Snowflakes).
    createdAt: SnowflakeUtil.timestampFrom(user.id),
    ...(language === undefined ? {} : { language }),
  };
}

/** What the client keeps of servers, as the engine names things. */
export interface Guilds {
  guild(id: string): Guild | undefined;
  all(): readonly Guild[];
  server(id: string): Server;
  role(guildId: string, roleId: string): Role | undefined;
  /** A channel or thread of a server, as far as it is kept. */
  place(channelId: string): GuildBasedChannel | undefined;
  channel(channelId: string, fallback?: string): Channel;
}

export function createGuilds(client: () => Client | undefined): Guilds {
  const guild = (id: string) => client()?.guilds.cache.get(id);
  const place = (id: string) => {
    const found = client()?.channels.cache.get(id);
    return found === undefined || found.isDMBased() ? undefined : found;
  };
  return {
    guild,
    place,
    all: () => [...(client()?.guilds.cache.values() ?? [])],
    server: (id) => ({ id, name: guild(id)?.name ?? id }),
    role(guildId, roleId) {
      const role = guild(guildId)?.roles.cache.get(roleId);
      return role === undefined ? undefined : { id: role.id, name: role.name };
    },
    channel: (id, fallback) => ({ id, name: place(id)?.name ?? fallback ?? id, direct: false }),
  };
}
