import { Redis } from "ioredis";
import type { Json } from "../contracts/event.ts";
import type { Logger } from "../contracts/logger.ts";

/** Where errors are published for whoever watches the bot. */
export const errorChannel = "bot_errors";

/** Longest pause between two attempts to connect, in milliseconds. */
const longestPauseMs = 5_000;

export interface RedisConnection {
  readonly redis: Redis;
  /** Publishes a JSON object on {@link errorChannel}; errors are dropped when Redis is away. Secrets must be masked. */
  publishError(error: { readonly [key: string]: Json }): Promise<void>;
  close(): Promise<void>;
}

/**
 * The one connection that everything shares. It resolves after the first attempt, whether Redis answered or not, and
 * goes on trying; while Redis is away commands are refused at once instead of piling up. Each outage is logged once.
 *
 * @throws a plain sentence when the address cannot be read.
 */
export async function connectRedis({
  url,
  log,
  connectTimeoutMs = 5_000,
}: {
  /** `redis://`, or `rediss://` for TLS. */
  readonly url: string;
  readonly log: Logger;
  readonly connectTimeoutMs?: number;
}): Promise<RedisConnection> {
  const place = placeOf(url);
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: connectTimeoutMs,
    connectionName: "botctl",
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 10), longestPauseMs),
  });
  let away = false;
  const lost = (reason: string) => {
    if (away) return;
    away = true;
    log.warn({}, `Redis at ${place} ${reason}; trying again`);
  };
  redis.on("error", (error) => lost(reasonOf(error)));
  redis.on("close", () => lost("closed the connection"));
  redis.on("ready", () => {
    if (away) log.info({}, `Redis at ${place} is connected again`);
    away = false;
  });
  // Why it failed was logged by the handler above.
  await redis.connect().catch(() => {});

  return {
    redis,
    async publishError(error) {
      try {
        await redis.publish(errorChannel, JSON.stringify(error));
      } catch (problem) {
        log.debug({ problem: String(problem) }, "an error could not be published: Redis is away");
      }
    },
    async close() {
      away = true;
      if (redis.status === "ready") await redis.quit().catch(() => redis.disconnect());
      else redis.disconnect();
    },
  };
}

function placeOf(url: string): string {
  try {
    const { protocol, hostname, port } = new URL(url);
    if (protocol === "redis:" || protocol === "rediss:") return `${hostname || "localhost"}:${port || "6379"}`;
  } catch {
    // Said below, without the address, which may hold a password.
  }
  throw new Error(
    'the address under "redis" cannot be read: write it as redis://:password@host:6379, or rediss:// for an encrypted connection',
  );
}

function reasonOf(error: Error): string {
  const code = "code" in error ? String(error.code) : "";
  const start = error.message.split(" ", 1)[0] ?? "";
  const sentence = reasons[code] ?? reasons[start];
  return sentence ?? `reports an error (${code || start})`;
}

const reasons: Record<string, string> = {
  ECONNREFUSED: "cannot be reached: nothing answers there",
  ENOTFOUND: "cannot be reached: there is no such host",
  EAI_AGAIN: "cannot be reached: the host name cannot be looked up now",
  ETIMEDOUT: "cannot be reached: no answer came",
  ECONNRESET: "broke the connection",
  EPIPE: "broke the connection",
  NOAUTH: 'wants a password: write it into the address under "redis"',
  WRONGPASS: "does not accept this user name and password",
  ERR: "refused a request",
};
