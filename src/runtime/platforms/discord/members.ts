import type { APIGuildMember, APIUser, GatewayDispatchPayload } from "discord.js";

/** A member as it is remembered. */
export interface KnownMember {
  readonly user: APIUser;
  readonly nick: string | null;
  readonly roles: readonly string[];
  readonly timedOutUntil: string | null;
  readonly joinedAt: string | null;
}

/**
 * Members of servers, remembered only while Discord announces every change of them (the members intent), and forgotten with
 * the session that told of them.
 */
export interface Members {
  get(guildId: string, userId: string): KnownMember | undefined;
  keep(guildId: string, member: APIGuildMember): KnownMember;
  /** Follows what the gateway says; to be told of every dispatch. */
  follow(payload: GatewayDispatchPayload): void;
}

const remembered = 5000;

export function createMembers(announced: () => boolean): Members {
  const known = new Map<string, KnownMember>();
  const keyOf = (guildId: string, userId: string) => `${guildId} ${userId}`;
  const put = (guildId: string, member: KnownMember) => {
    const key = keyOf(guildId, member.user.id);
    known.delete(key);
    if (known.size >= remembered) known.delete(known.keys().next().value!);
    known.set(key, member);
  };
  return {
    get: (guildId, userId) => (announced() ? known.get(keyOf(guildId, userId)) : undefined),
    keep(guildId, member) {
      const made = knownMember(member);
      if (announced()) put(guildId, made);
      return made;
    },
    follow({ t, d }) {
      if (t === "READY") known.clear();
      else if (t === "GUILD_DELETE") {
        for (const key of known.keys()) if (key.startsWith(`${d.id} `)) known.delete(key);
      } else if (t === "GUILD_MEMBER_REMOVE") known.delete(keyOf(d.guild_id, d.user.id));
      else if (t === "GUILD_MEMBER_UPDATE" && known.has(keyOf(d.guild_id, d.user.id)))
        put(d.guild_id, {
          user: d.user,
          nick: d.nick ?? null,
          roles: d.roles,
          timedOutUntil: d.communication_disabled_until ?? null,
          joinedAt: d.joined_at,
        });
    },
  };
}

export function knownMember(member: APIGuildMember): KnownMember {
  return {
    user: member.user,
    nick: member.nick ?? null,
    roles: member.roles,
    timedOutUntil: member.communication_disabled_until ?? null,
    joinedAt: member.joined_at,
  };
}
