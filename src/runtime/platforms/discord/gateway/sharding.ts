import type { GatewayReadyDispatchData } from "discord.js";

/** Which of `count` shards hears of a server (documentation: "Gateway", Sharding). */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(Math.max(1, count)));
}

/** Whether the session that has begun is the one that hears of a server. */
export function isOnShard(guildId: string, { shard = [0, 1] }: Pick<GatewayReadyDispatchData, "shard">): boolean {
  const [id, count] = shard;
  return shardOf(guildId, count) === id;
}
