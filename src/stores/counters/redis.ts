import type { Redis, Result } from "ioredis";
import type { Counters } from "../../contracts/counters.ts";

declare module "ioredis" {
  interface RedisCommander<Context> {
    botctlRoll(
      uses: string,
      refusal: string,
      now: number,
      ms: number,
      limit: number,
    ): Result<[number, number, number], Context>;
    botctlPeriod(
      count: string,
      refusal: string,
      period: string,
      ms: number,
      limit: number,
    ): Result<[number, number], Context>;
    botctlGiveBack(uses: string, count: string): Result<number, Context>;
    botctlFirst(key: string, now: number, ms: number): Result<number, Context>;
  }
}

/** The uses inside the window, oldest first. Times go in and out as texts: Lua would round how it writes them. */
const roll = `
local now, ms, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
while true do
  local oldest = redis.call('LINDEX', KEYS[1], 0)
  if not oldest or tonumber(oldest) > now - ms then break end
  redis.call('LPOP', KEYS[1])
end
local count = redis.call('LLEN', KEYS[1])
if count < limit then
  redis.call('RPUSH', KEYS[1], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ms)
  redis.call('DEL', KEYS[2])
  return {1, 0, 0}
end
local blocking = limit > 0 and redis.call('LINDEX', KEYS[1], count - limit) or ARGV[1]
local refused = redis.call('GET', KEYS[2])
local first = (not refused or tonumber(refused) <= now - ms) and 1 or 0
if first == 1 then redis.call('SET', KEYS[2], ARGV[1], 'PX', ms) end
return {0, tonumber(blocking) + ms, first}
`;

const period = `
local limit = tonumber(ARGV[3])
if redis.call('HGET', KEYS[1], 'period') ~= ARGV[1] then
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[1], 'period', ARGV[1], 'count', 0)
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
if tonumber(redis.call('HGET', KEYS[1], 'count')) < limit then
  redis.call('HINCRBY', KEYS[1], 'count', 1)
  redis.call('DEL', KEYS[2])
  return {1, 0}
end
return {0, redis.call('SET', KEYS[2], 1, 'NX', 'PX', ARGV[2]) and 1 or 0}
`;

const giveBack = `
if redis.call('RPOP', KEYS[1]) then return 1 end
if tonumber(redis.call('HGET', KEYS[2], 'count') or 0) > 0 then return redis.call('HINCRBY', KEYS[2], 'count', -1) end
return 0
`;

const first = `
local held = redis.call('GET', KEYS[1])
if held and tonumber(held) > tonumber(ARGV[1]) - tonumber(ARGV[2]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`;

/**
 * Counters that all processes of a bot share. Each answer is one script, which Redis runs alone, so two processes never
 * both take the last use. Scripts are ours because windows roll (see `memory.ts`).
 *
 * Rejects when Redis does not answer; {@link fallbackCounters} handles that.
 */
export function redisCounters({
  redis,
  prefix,
  now,
}: {
  readonly redis: Redis;
  /** Keeps bots that share a Redis apart, such as `harbour:`. */
  readonly prefix: string;
  readonly now: () => number;
}): Counters {
  redis.defineCommand("botctlRoll", { numberOfKeys: 2, lua: roll });
  redis.defineCommand("botctlPeriod", { numberOfKeys: 2, lua: period });
  redis.defineCommand("botctlGiveBack", { numberOfKeys: 2, lua: giveBack });
  redis.defineCommand("botctlFirst", { numberOfKeys: 1, lua: first });
  // The braces keep the keys of one counter on one node of a cluster.
  const name = (key: string, part: string) => `${prefix}{${key}}:${part}`;

  return {
    async use(key, limit, window) {
      if (window.kind === "rolling") {
        const [allowed, retryAt, firstRefusal] = await redis.botctlRoll(
          name(key, "uses"),
          name(key, "refused"),
          now(),
          window.ms,
          limit,
        );
        return allowed === 1 ? { allowed: true } : { allowed: false, retryAt, firstRefusal: firstRefusal === 1 };
      }
      const left = Math.max(1, Math.ceil(window.endsAt - now()));
      const [allowed, firstRefusal] = await redis.botctlPeriod(
        name(key, "count"),
        name(key, "refused"),
        window.period,
        left,
        limit,
      );
      return allowed === 1
        ? { allowed: true }
        : { allowed: false, retryAt: window.endsAt, firstRefusal: firstRefusal === 1 };
    },
    async giveBack(key) {
      await redis.botctlGiveBack(name(key, "uses"), name(key, "count"));
    },
    firstIn: async (key, windowMs) => (await redis.botctlFirst(name(key, "first"), now(), windowMs)) === 1,
    // The connection belongs to whoever opened it.
    async close() {},
  };
}
