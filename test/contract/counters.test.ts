import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, describe, expect, test } from "vitest";
import type { Counters, CounterWindow } from "../../src/contracts/counters.ts";
import { memoryCounters } from "../../src/stores/counters/memory.ts";
import { redisCounters } from "../../src/stores/counters/redis.ts";
import { redisIsThere, redisUrl } from "../support/databases.ts";

const start = 1_700_000_000_000;
const clock = { now: start };
const now = () => clock.now;

const kinds: { readonly name: string; make(): Counters }[] = [{ name: "memory", make: () => memoryCounters({ now }) }];
if (await redisIsThere()) {
  const prefix = `botctl_test_${randomBytes(6).toString("hex")}:`;
  const redis = new Redis(redisUrl);
  kinds.push({ name: "redis", make: () => redisCounters({ redis, prefix, now }) });
  afterAll(async () => {
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length > 0) await redis.del(...keys);
    await redis.quit();
  });
}

const rolling = (ms: number): CounterWindow => ({ kind: "rolling", ms });
let serial = 0;
const unique = () => `key-${++serial}`;

describe.each(kinds)("counters in $name", ({ make }) => {
  const counters = make();
  const minute = rolling(60_000);

  test("allow the limit in any stretch of the window, not twice around a border", async () => {
    const key = unique();
    clock.now = start;
    for (const at of [0, 50_000, 59_000]) {
      clock.now = start + at;
      expect(await counters.use(key, 3, minute)).toEqual({ allowed: true });
    }
    clock.now = start + 59_999;
    expect(await counters.use(key, 3, minute)).toEqual({ allowed: false, retryAt: start + 60_000, firstRefusal: true });
    clock.now = start + 60_000;
    expect(await counters.use(key, 3, minute)).toEqual({ allowed: true });
    expect(await counters.use(key, 3, minute)).toEqual({
      allowed: false,
      retryAt: start + 110_000,
      firstRefusal: true,
    });
    clock.now = start + 109_999;
    expect(await counters.use(key, 3, minute)).toMatchObject({ allowed: false, firstRefusal: false });
    clock.now = start + 110_000;
    expect(await counters.use(key, 3, minute)).toEqual({ allowed: true });
  });

  test("do not count what they refuse, and keep keys apart", async () => {
    const [key, other] = [unique(), unique()];
    clock.now = start;
    expect(await counters.use(key, 1, minute)).toEqual({ allowed: true });
    for (let step = 1; step <= 20; step++) {
      clock.now = start + step * 1_000;
      expect(await counters.use(key, 1, minute)).toEqual({
        allowed: false,
        retryAt: start + 60_000,
        firstRefusal: step === 1,
      });
    }
    expect(await counters.use(other, 1, minute)).toEqual({ allowed: true });
    clock.now = start + 60_000;
    expect(await counters.use(key, 1, minute)).toEqual({ allowed: true });
  });

  test("hold a lowered limit against what was used before", async () => {
    const key = unique();
    for (const at of [0, 1, 2]) {
      clock.now = start + at;
      await counters.use(key, 3, minute);
    }
    expect(await counters.use(key, 1, minute)).toMatchObject({ allowed: false, retryAt: start + 2 + 60_000 });
  });

  test("never allow a limit of 0, and tell so once per window", async () => {
    const key = unique();
    clock.now = start;
    expect(await counters.use(key, 0, minute)).toEqual({ allowed: false, retryAt: start + 60_000, firstRefusal: true });
    expect(await counters.use(key, 0, minute)).toMatchObject({ firstRefusal: false });
    clock.now = start + 60_000;
    expect(await counters.use(key, 0, minute)).toMatchObject({ allowed: false, firstRefusal: true });
  });

  test("count calendar periods", async () => {
    const key = unique();
    clock.now = start;
    const today: CounterWindow = { kind: "until", period: "2023-11-14", endsAt: start + 5_000 };
    const tomorrow: CounterWindow = { kind: "until", period: "2023-11-15", endsAt: start + 90_000 };
    expect(await counters.use(key, 2, today)).toEqual({ allowed: true });
    expect(await counters.use(key, 2, today)).toEqual({ allowed: true });
    expect(await counters.use(key, 2, today)).toEqual({ allowed: false, retryAt: start + 5_000, firstRefusal: true });
    expect(await counters.use(key, 2, today)).toEqual({ allowed: false, retryAt: start + 5_000, firstRefusal: false });
    clock.now = start + 5_000;
    expect(await counters.use(key, 1, tomorrow)).toEqual({ allowed: true });
    expect(await counters.use(key, 1, tomorrow)).toEqual({
      allowed: false,
      retryAt: start + 90_000,
      firstRefusal: true,
    });
  });

  test.each<[string, CounterWindow]>([
    ["rolling", minute],
    ["calendar", { kind: "until", period: "2023-11-14", endsAt: start + 60_000 }],
  ])("give a use back: %s", async (_, window) => {
    const key = unique();
    clock.now = start;
    await counters.giveBack(key);
    await counters.use(key, 1, window);
    await counters.giveBack(key);
    await counters.giveBack(key);
    expect(await counters.use(key, 1, window)).toEqual({ allowed: true });
    expect(await counters.use(key, 1, window)).toMatchObject({ allowed: false });
  });

  test("say first exactly once per window", async () => {
    const key = unique();
    clock.now = start;
    expect(await counters.firstIn(key, 1_000)).toBe(true);
    clock.now = start + 999;
    expect(await counters.firstIn(key, 1_000)).toBe(false);
    clock.now = start + 1_000;
    expect(await counters.firstIn(key, 1_000)).toBe(true);
    expect(await counters.use(key, 1, minute)).toEqual({ allowed: true });
  });

  test("allow exactly the limit when many ask at once", async () => {
    const key = unique();
    clock.now = start;
    const answers = await Promise.all(Array.from({ length: 200 }, () => counters.use(key, 37, minute)));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(37);
    expect(answers.filter((answer) => !answer.allowed && answer.firstRefusal)).toHaveLength(1);
    const firsts = await Promise.all(Array.from({ length: 50 }, () => counters.firstIn(key, 1_000)));
    expect(firsts.filter(Boolean)).toHaveLength(1);
  });

  test("agree with counting by hand, over many random uses", async () => {
    const key = unique();
    const [limit, ms] = [4, 1_000];
    let seed = 42;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    const allowedAt: number[] = [];
    clock.now = start;
    for (let step = 0; step < 400; step++) {
      clock.now += random(300);
      const inside = allowedAt.filter((at) => at > clock.now - ms);
      const answer = await counters.use(key, limit, rolling(ms));
      expect(answer.allowed).toBe(inside.length < limit);
      if (answer.allowed) allowedAt.push(clock.now);
      else expect(answer.retryAt).toBe(inside[0]! + ms);
    }
    expect(allowedAt.length).toBeGreaterThan(100);
  });
});
