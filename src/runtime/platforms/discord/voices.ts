import type { GatewayDispatchPayload } from "discord.js";

/** Who is in which voice channel: Discord says only where somebody is now. */
export interface Voices {
  /** Follows what the gateway says; to be told of every dispatch. */
  follow(payload: GatewayDispatchPayload): void;
  /** Notes where somebody is; null: nowhere. @returns where they were and are, undefined if that is the same. */
  move(
    guildId: string,
    userId: string,
    channelId: string | null,
  ): { readonly left: string | undefined; readonly joined: string | undefined } | undefined;
}

export function createVoices(): Voices {
  const servers = new Map<string, Map<string, string>>();
  return {
    follow({ t, d }) {
      if (t === "GUILD_CREATE")
        servers.set(
          d.id,
          new Map(
            d.voice_states.flatMap(({ user_id, channel_id }) => (channel_id === null ? [] : [[user_id, channel_id]])),
          ),
        );
      else if (t === "GUILD_DELETE") servers.delete(d.id);
    },
    move(guildId, userId, channelId) {
      const people = servers.get(guildId) ?? new Map<string, string>();
      servers.set(guildId, people);
      const left = people.get(userId);
      const joined = channelId ?? undefined;
      if (joined === undefined) people.delete(userId);
      else people.set(userId, joined);
      return left === joined ? undefined : { left, joined };
    },
  };
}
