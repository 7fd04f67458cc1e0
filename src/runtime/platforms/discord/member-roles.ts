import type { GatewayDispatchPayload } from "discord.js";
import { isOnShard } from "./gateway/sharding.ts";

/**
 * Which roles everybody has: Discord says only what somebody has now. Asks for the members of one server after another,
 * so that the first change of somebody is one.
 */
export interface MemberRoles {
  /** Follows what the gateway says; to be told of every dispatch. */
  follow(payload: GatewayDispatchPayload): void;
  /** Notes somebody's roles. @returns what is new and what is gone; undefined if nothing was known of them. */
  change(
    guildId: string,
    userId: string,
    roles: readonly string[],
  ): { readonly added: readonly string[]; readonly removed: readonly string[] } | undefined;
  /** Rules listen for roles from now on, on these servers, or no longer. */
  listen(guildIds: readonly string[] | undefined): void;
}

/** Most people whose roles are kept. */
const remembered = 200_000;
const mostLists = 20_000;

export function createMemberRoles(ask: (guildId: string) => void): MemberRoles {
  const known = new Map<string, readonly string[]>();
  /** Equal lists are kept once: in most servers there are few. */
  const lists = new Map<string, readonly string[]>();
  let listening = false;
  let waiting: readonly string[] = [];
  let asked: string | undefined;

  const keyOf = (guildId: string, userId: string) => `${guildId} ${userId}`;
  const put = (guildId: string, userId: string, roles: readonly string[]) => {
    const written = [...roles].sort().join(" ");
    const list = lists.get(written) ?? roles;
    if (lists.size >= mostLists) lists.clear();
    lists.set(written, list);
    const key = keyOf(guildId, userId);
    if (!known.has(key) && known.size >= remembered) known.delete(known.keys().next().value!);
    known.set(key, list);
  };
  const askNext = () => {
    if (asked !== undefined) return;
    [asked, ...waiting] = waiting;
    if (asked !== undefined) ask(asked);
  };
  const answered = (guildId: string) => {
    if (asked !== guildId) return;
    asked = undefined;
    askNext();
  };
  const learn = (guildId: string) => {
    waiting = [...waiting.filter((id) => id !== guildId), guildId];
    askNext();
  };

  return {
    listen(guildIds) {
      const begins = guildIds !== undefined && !listening;
      listening = guildIds !== undefined;
      if (begins) guildIds.forEach(learn);
      if (listening) return;
      known.clear();
      lists.clear();
      waiting = [];
    },
    change(guildId, userId, roles) {
      const before = known.get(keyOf(guildId, userId));
      put(guildId, userId, roles);
      if (before === undefined) return undefined;
      return {
        added: roles.filter((id) => !before.includes(id)),
        removed: before.filter((id) => !roles.includes(id)),
      };
    },
    follow({ t, d }) {
      if (!listening) return;
      if (t === "READY") {
        waiting = waiting.filter((id) => !isOnShard(id, d));
        if (asked !== undefined && isOnShard(asked, d)) answered(asked);
      } else if (t === "GUILD_CREATE") learn(d.id);
      else if (t === "GUILD_MEMBERS_CHUNK") {
        for (const { user, roles } of d.members) put(d.guild_id, user.id, roles);
        if (d.chunk_index + 1 >= d.chunk_count) answered(d.guild_id);
      } else if (t === "RATE_LIMITED") answered(d.meta.guild_id);
      else if (t === "GUILD_MEMBER_ADD") put(d.guild_id, d.user.id, d.roles);
      else if (t === "GUILD_MEMBER_REMOVE") known.delete(keyOf(d.guild_id, d.user.id));
      else if (t === "GUILD_DELETE") {
        answered(d.id);
        if (d.unavailable === true) return;
        for (const key of known.keys()) if (key.startsWith(`${d.id} `)) known.delete(key);
      }
    },
  };
}
