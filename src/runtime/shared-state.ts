import type { Counters } from "../contracts/counters.ts";
import type { Logger } from "../contracts/logger.ts";
import { memoryCounters } from "../stores/counters/memory.ts";
import type { PublishedError } from "./services.ts";

/** What several processes of one bot share. */
export interface SharedState {
  readonly counters: Counters;
  /** Recognises redeliveries; apart from the limits, so that busy channels push no limit out of memory. */
  readonly seen: Pick<Counters, "firstIn">;
  publishError(error: PublishedError): void;
  close(): Promise<void>;
}

/** Counters of this process, or shared through Redis where an address is given, as long as it answers. */
export async function openSharedState({
  url,
  botName,
  now,
  log,
}: {
  /** Empty: there is no Redis. */
  readonly url: string;
  readonly botName: string;
  readonly now: () => number;
  readonly log: Logger;
}): Promise<SharedState> {
  const own = memoryCounters({ now });
  const ownSeen = memoryCounters({ now });
  if (url === "")
    return { counters: own, seen: ownSeen, publishError: () => undefined, close: async () => own.close() };
  const { connectRedis } = await import("../stores/redis.ts");
  const { redisCounters } = await import("../stores/counters/redis.ts");
  const { fallbackCounters } = await import("../stores/counters/fallback.ts");
  const connection = await connectRedis({ url, log });
  const shared = redisCounters({ redis: connection.redis, prefix: `botctl:${botName}:`, now });
  const ping = () => connection.redis.ping();
  const counters = fallbackCounters({ shared, own, ping, log });
  const seen = fallbackCounters({ shared, own: ownSeen, ping, log });
  return {
    counters,
    seen,
    publishError: (error) => void connection.publishError({ ...error, line: error.line ?? null }),
    async close() {
      await counters.close();
      await seen.close();
      await connection.close();
    },
  };
}
