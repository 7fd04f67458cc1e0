import { Intent } from "../constants.ts";
import { memberObject } from "../wire.ts";
import type { Session } from "./connection.ts";
import { dispatchTo, type Gateway } from "./hub.ts";

interface RequestMembers {
  guild_id: string;
  query?: string;
  limit?: number;
  user_ids?: string | string[];
  nonce?: string;
}

const membersPerChunk = 1000;
/** Seconds between two requests for all members of a guild. */
const betweenLists = 30;

/**
 * Answers op 8 with chunks; the whole list needs the members intent, and is given once in half a minute ("Gateway Events",
 * Request Guild Members and Rate Limited).
 */
export function answerMembers(gateway: Gateway, session: Session, data: unknown): void {
  const { world, report } = gateway.simulation;
  const request = data as RequestMembers;
  const guild = world.guilds.get(request.guild_id);
  if (guild === undefined) return;
  const wantsAll = request.user_ids === undefined && request.query === "" && request.limit === 0;
  if (wantsAll && (session.intents & Intent.GuildMembers) === 0) {
    report({ where: "gateway op 8", errors: ["the whole list needs the intent GuildMembers"], value: data });
    return;
  }
  if (wantsAll) {
    const wait = betweenLists - (world.now() - (gateway.listed.get(guild.id) ?? Number.NEGATIVE_INFINITY)) / 1000;
    if (wait > 0) {
      dispatchTo(gateway, session, "RATE_LIMITED", { opcode: 8, retry_after: wait, meta: { guild_id: guild.id } });
      return;
    }
    gateway.listed.set(guild.id, world.now());
  }
  const asked = request.user_ids === undefined ? undefined : [request.user_ids].flat();
  const prefix = (request.query ?? "").toLowerCase();
  const fitting = [...guild.members.values()].filter(({ user, nick }) =>
    asked === undefined
      ? [user.username, user.global_name, nick].some((name) => name?.toLowerCase().startsWith(prefix))
      : asked.includes(user.id),
  );
  const found = request.limit ? fitting.slice(0, request.limit) : fitting;
  const chunks = Math.max(1, Math.ceil(found.length / membersPerChunk));
  const missing = asked?.filter((id) => !guild.members.has(id)) ?? [];
  for (let index = 0; index < chunks; index += 1)
    dispatchTo(gateway, session, "GUILD_MEMBERS_CHUNK", {
      guild_id: guild.id,
      members: found.slice(index * membersPerChunk, (index + 1) * membersPerChunk).map(memberObject),
      chunk_index: index,
      chunk_count: chunks,
      ...(missing.length > 0 ? { not_found: missing } : {}),
      ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    });
}
