import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import type { CounterWindow } from "../../src/contracts/counters.ts";
import type { Logger } from "../../src/contracts/logger.ts";
import { fallbackCounters } from "../../src/stores/counters/fallback.ts";
import { memoryCounters } from "../../src/stores/counters/memory.ts";
import { redisCounters } from "../../src/stores/counters/redis.ts";
import { connectRedis, errorChannel } from "../../src/stores/redis.ts";
import { redisIsThere, redisUrl } from "../support/databases.ts";
import { startProxy } from "./proxy.ts";

const hour: CounterWindow = { kind: "rolling", ms: 3_600_000 };

describe("memory stays bounded", () => {
  test("under a flood of new keys", () => {
    const clock = { now: 1_000 };
    const counters = memoryCounters({ now: () => clock.now, mostKeys: 10_000 });
    for (let n = 0; n < 200_000; n++) {
      clock.now++;
      counters.use(`user ${n}`, 5, hour);
      if (counters.size > 10_000) throw new Error(`${counters.size} keys after ${n}`);
    }
    expect(counters.size).toBe(10_000);
  });

  test("by forgetting the least recently used, not the one that is in use", () => {
    const counters = memoryCounters({ now: () => 1_000, mostKeys: 3 });
    counters.use("ada", 1, hour);
    for (const key of ["b", "c", "d", "e", "f"]) {
      expect(counters.use("ada", 1, hour).allowed).toBe(false);
      counters.use(key, 1, hour);
    }
    expect(counters.use("b", 1, hour).allowed).toBe(true);
    expect(counters.size).toBe(3);
  });

  test("by the number of remembered uses too", () => {
    const counters = memoryCounters({ now: () => 1_000, mostUses: 1_000 });
    for (let user = 0; user < 100; user++) for (let n = 0; n < 100; n++) counters.use(`user ${user}`, 1_000, hour);
    expect(counters.size).toBeLessThanOrEqual(11);
  });

  test("and shrinks again when windows end", () => {
    const clock = { now: 1_000 };
    const counters = memoryCounters({ now: () => clock.now });
    for (let n = 0; n < 1_000; n++) counters.use(`old ${n}`, 1, { kind: "rolling", ms: 1_000 });
    clock.now += 10_000;
    for (let n = 0; n < 1_000; n++) counters.use(`new ${n}`, 1, { kind: "rolling", ms: 1_000 });
    expect(counters.size).toBe(1_000);
  });
});

/** A logger that keeps what it was told and lets a test wait for a sentence. */
function listeningLogger() {
  const lines: string[] = [];
  const waiting: { readonly part: string; resolve(): void }[] = [];
  const note = (level: string) => (_: object, message: string) => {
    lines.push(`${level}: ${message}`);
    for (const one of waiting) if (message.includes(one.part)) one.resolve();
  };
  const log: Logger = {
    ...{ debug: note("debug"), info: note("info"), warn: note("warn"), error: note("error") },
    child: () => log,
  };
  const said = (part: string) =>
    lines.some((line) => line.includes(part))
      ? Promise.resolve()
      : new Promise<void>((resolve) => waiting.push({ part, resolve }));
  return { log, lines, said };
}

const there = await redisIsThere();

describe.runIf(there)("while Redis is away", () => {
  const port = Number(new URL(redisUrl).port || 6379);

  async function fallbackThrough(proxyPort: number, log: Logger) {
    const connection = await connectRedis({ url: `redis://127.0.0.1:${proxyPort}`, log });
    const prefix = `botctl_test_${randomBytes(6).toString("hex")}:`;
    const counters = fallbackCounters({
      shared: redisCounters({ redis: connection.redis, prefix, now: Date.now }),
      own: memoryCounters({ now: Date.now }),
      ping: () => connection.redis.ping(),
      log,
      timeoutMs: 1_500,
      pauseMs: 20,
    });
    return { connection, counters };
  }

  test.each(["cut", "freeze"] as const)(
    "limits go on in memory, said once, and are shared again after: %s",
    async (how) => {
      const proxy = await startProxy(port);
      const { log, lines, said } = listeningLogger();
      const { connection, counters } = await fallbackThrough(proxy.port, log);
      const window: CounterWindow = { kind: "rolling", ms: 30_000 };
      expect(await counters.use("ada", 2, window)).toEqual({ allowed: true });
      await proxy[how]();
      for (let n = 0; n < 2; n++) expect(await counters.use("ada", 2, window)).toEqual({ allowed: true });
      expect(await counters.use("ada", 2, window)).toMatchObject({ allowed: false });
      expect(await counters.firstIn("told", 30_000)).toBe(true);
      await counters.giveBack("ada");
      expect(lines.filter((line) => line.includes("by itself"))).toHaveLength(1);
      await proxy.cut();
      await proxy.mend();
      await said("Redis answers again");
      // One use was counted before the outage: it still is.
      expect(await counters.use("ada", 2, window)).toEqual({ allowed: true });
      expect(await counters.use("ada", 2, window)).toMatchObject({ allowed: false, firstRefusal: true });
      expect(lines.filter((line) => line.includes("by itself"))).toHaveLength(1);
      await counters.close();
      await connection.close();
      await proxy.close();
    },
  );

  test("a bot starts, says so once without the password, and connects later", async () => {
    const proxy = await startProxy(port);
    await proxy.cut();
    const { log, lines, said } = listeningLogger();
    const guarded = listeningLogger();
    await (await connectRedis({ url: `redis://:s3cret@127.0.0.1:${proxy.port}`, log: guarded.log })).close();
    expect(guarded.lines).toEqual([
      `warn: Redis at 127.0.0.1:${proxy.port} cannot be reached: nothing answers there; trying again`,
    ]);
    const { connection, counters } = await fallbackThrough(proxy.port, log);
    expect(await counters.use("ada", 1, { kind: "rolling", ms: 1_000 })).toEqual({ allowed: true });
    expect(lines.filter((line) => line.includes("nothing answers there"))).toHaveLength(1);
    await proxy.mend();
    await said("is connected again");
    await said("Redis answers again");
    await counters.close();
    await connection.close();
    await proxy.close();
  });

  test("errors are published where somebody listens, and dropped where Redis is away", async () => {
    const proxy = await startProxy(port);
    const { log, lines } = listeningLogger();
    const connection = await connectRedis({ url: `redis://127.0.0.1:${proxy.port}`, log });
    const listener = new Redis(redisUrl);
    await listener.subscribe(errorChannel);
    const heard = once(listener, "message");
    await connection.publishError({ message: "the moon is down", at: 1 });
    expect(await heard).toEqual([errorChannel, '{"message":"the moon is down","at":1}']);
    await proxy.cut();
    await connection.publishError({ message: "nobody hears this" });
    expect(lines.filter((line) => line.startsWith("debug"))).toHaveLength(1);
    await listener.quit();
    await connection.close();
    await proxy.close();
  });
});

test("an address that cannot be read is told without its password", async () => {
  const { log } = listeningLogger();
  for (const url of ["http://:hunter22@there", "redis//hunter22"]) {
    const problem = await connectRedis({ url, log }).catch((error: Error) => error.message);
    expect(problem).toContain('the address under "redis" cannot be read');
    expect(problem).not.toContain("hunter22");
  }
});
