import { afterEach, beforeEach, expect, it } from "vitest";
import type { Json } from "../../../../src/contracts/event.ts";
import { createLedger } from "../../../../src/runtime/platforms/discord/gateway/ledger.ts";
import { createHarness, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ heartbeatInterval: 200 });
});
afterEach(() => harness.close());

const heard = (text: string) =>
  harness.events.waitFor((event) => event.kind === "message" && event.message.text === text);
const say = (content: string) => harness.discord.say({ author: "Ada", content });
const isOpen = () => harness.states.waitFor((state) => state.state === "open" && harness.states.all.at(-1) === state);

it("loses nothing and repeats nothing when asked to come again", async () => {
  const { gateway } = harness.discord;
  const connection = await harness.open();
  say("before");
  await heard("before");
  gateway.reconnect();
  await gateway.events.waitFor(({ kind, by }) => kind === "closed" && by === "bot");
  say("meanwhile");
  harness.discord.joinMember({ name: "Carl" });
  await gateway.resumed();
  await heard("meanwhile");
  await harness.events.waitFor(({ kind }) => kind === "member_joined");
  expect(harness.events.all).toHaveLength(3);
  expect(gateway.identifies()).toHaveLength(1);
  expect(connection.state()).toEqual({ state: "open" });
});

it("resumes after a cut line and after a line that went silent", async () => {
  const { gateway } = harness.discord;
  await harness.open();
  gateway.cut();
  await gateway.resumed(1);
  gateway.acknowledgeHeartbeats(false);
  const zombie = await gateway.events.waitFor(({ kind, by }) => kind === "closed" && by === "bot");
  expect([1000, 1001]).not.toContain(zombie.code);
  gateway.acknowledgeHeartbeats(true);
  await gateway.resumed(2);
  gateway.freeze();
  say("frozen");
  await gateway.resumed(3);
  await heard("frozen");
  expect(gateway.identifies()).toHaveLength(1);
});

it.each([4000, 4001, 4002, 4005, 4008])("resumes after close code %i", async (code) => {
  const { gateway } = harness.discord;
  await harness.open();
  gateway.disconnect(code);
  await gateway.resumed();
  expect(gateway.identifies()).toHaveLength(1);
});

it.each([4003, 4007, 4009])("begins anew after close code %i", async (code) => {
  const { gateway } = harness.discord;
  await harness.open();
  harness.pass(10_000);
  gateway.disconnect(code);
  await gateway.ready(2);
  expect(gateway.events.all.filter(({ kind, op }) => kind === "received" && op === 6)).toHaveLength(0);
  say("again");
  await heard("again");
});

it("resumes the same session where op 9 says that it can be", async () => {
  const { gateway } = harness.discord;
  await harness.open();
  gateway.invalidate(true);
  await gateway.resumed();
  say("resumed");
  await heard("resumed");
  expect(gateway.identifies()).toHaveLength(1);
});

it.each([
  [4010, "turned the bot away for good"],
  [4011, "start it again"],
  [4012, "install the newest one"],
  [4013, "Privileged Gateway Intents"],
])("does not try again after close code %i, and says what to do", async (code, what) => {
  const { gateway } = harness.discord;
  const connection = await harness.open();
  gateway.disconnect(code);
  await harness.states.waitFor(({ state }) => state === "closed");
  expect(connection.state()).toMatchObject({ state: "closed", why: expect.stringContaining(what) });
  expect(gateway.events.all.filter(({ kind }) => kind === "open")).toHaveLength(1);
});

it("survives op 9 right behind RESUMED", async () => {
  const { gateway } = harness.discord;
  const connection = await harness.open();
  harness.pass(10_000);
  gateway.cut();
  await gateway.resumed();
  gateway.invalidate(false);
  gateway.reconnect();
  await gateway.ready(2);
  say("alive");
  await heard("alive");
  expect(connection.state()).toEqual({ state: "open" });
  expect(harness.logged).toEqual([]);
});

it("slows down when every session is refused, says so, and recovers", async () => {
  const { gateway } = harness.discord;
  const connection = await harness.open();
  gateway.answer({ to: "identify", invalidSession: false, times: 3 });
  harness.pass(10_000);
  gateway.invalidate(false);
  for (let count = 2; count <= 4; count += 1) {
    await gateway.events.waitForCount(count, ({ kind, op }) => kind === "received" && op === 2);
    harness.pass(10_000);
  }
  await harness.states.waitFor(({ state }) => state === "degraded");
  await gateway.ready(2);
  await isOpen();
  expect(connection.state()).toEqual({ state: "open" });
  expect(gateway.identifies()).toHaveLength(5);
  // Beside the clock that was moved, the pauses grew.
  const [, second, third, fourth, fifth] = gateway.identifies().map(({ at }) => at);
  expect(third! - second! - 10_000).toBeGreaterThan(900);
  expect(fifth! - fourth!).toBeGreaterThan(third! - second!);
});

it("keeps logins at least five seconds apart", async () => {
  const { gateway } = harness.discord;
  await harness.open();
  gateway.disconnect(4009);
  await gateway.ready(2);
  const [first, second] = gateway.identifies();
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(4900);
});

it("waits for its turn when no login is left, without one, and says so", async () => {
  const { portal, gateway } = harness.discord;
  portal.sessionStart = { total: 1000, remaining: 0, resetAfter: 60_000, maxConcurrency: 1 };
  const connection = harness.connect();
  const opening = connection.open();
  await harness.states.waitFor((state) => state.state === "degraded" && state.why.includes("may again in a minute"));
  expect(gateway.identifies()).toHaveLength(0);
  const failed = platformError(opening);
  await connection.close();
  expect((await failed).kind).toBe("unavailable");
  portal.sessionStart = { total: 1000, remaining: 0, resetAfter: 100, maxConcurrency: 1 };
  const next = harness.connect();
  const again = next.open();
  await harness.discord.calls.waitForCount(2, ({ path }) => path === "/gateway/bot");
  portal.sessionStart.remaining = 1000;
  await again;
  expect(next.state()).toEqual({ state: "open" });
});

it("does not try again after a revoked token", async () => {
  const { gateway, calls } = harness.discord;
  const connection = await harness.open();
  harness.discord.changeToken("another.token.now");
  await harness.states.waitFor(({ state }) => state === "closed");
  expect(connection.state()).toMatchObject({
    state: "closed",
    why: expect.stringContaining("no longer accepts the bot's token"),
  });
  calls.clear();
  await platformError(connection.port.send(ids(harness).general, { text: [{ type: "text", text: "hi" }] }));
  expect(calls.all).toHaveLength(0);
  expect(gateway.identifies()).toHaveLength(1);
  await expect.poll(() => gateway.connected()).toBe(0);
  expect(connection.needsReplacing(harness.plan())).toBe(true);
});

it("names the intent that was switched off while it ran", async () => {
  const { portal, gateway } = harness.discord;
  const connection = await harness.open();
  portal.privileged.messageContent = false;
  harness.pass(10_000);
  gateway.invalidate(false);
  await harness.states.waitFor(({ state }) => state === "closed");
  expect(connection.state()).toMatchObject({
    state: "closed",
    why: expect.stringMatching(/"Message Content Intent" is switched off.*developers\/applications/),
  });
  expect(gateway.identifies()).toHaveLength(2);
});

it("starts although the gateway is away at first", async () => {
  const { gateway } = harness.discord;
  gateway.answer({ to: "connect", close: 503, times: 2 });
  await harness.open();
  expect(gateway.identifies()).toHaveLength(1);
});

it("forgets a server that it was removed from, also while it was away", async () => {
  const { discord } = harness;
  const other = discord.inviteBot({ name: "Elsewhere" });
  const connection = await harness.open();
  expect(await connection.port.server("Elsewhere")).toMatchObject({ id: other.id });
  discord.expelBot("Elsewhere");
  say("after");
  await heard("after");
  expect(await connection.port.server("Elsewhere")).toBeUndefined();
  const third = discord.inviteBot({ name: "Third" });
  await expect.poll(() => connection.port.server("Third")).toMatchObject({ id: third.id });
  discord.gateway.forgetSessions();
  discord.world.guilds.delete(third.id);
  harness.pass(10_000);
  discord.gateway.cut();
  await discord.gateway.ready(2);
  say("back");
  await heard("back");
  expect(await connection.port.server("Third")).toBeUndefined();
});

it("keeps a bot that crashes every five seconds under five hundred logins a day, across restarts", async () => {
  const kept = new Map<string, Json>();
  const memory = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: Json) => void kept.set(key, value),
  };
  const day = 86_400_000;
  let now = Date.UTC(2030, 0, 1);
  const end = now + 3 * day;
  const logins: number[] = [];
  while (now < end) {
    const ledger = createLedger(memory, "1", () => now);
    const pause = await ledger.pause();
    // A crash while it waits costs nothing.
    if (pause <= 5000) {
      now += pause;
      await ledger.note();
      logins.push(now);
    }
    now += 5000;
  }
  const inOneDay = (from: number) => logins.filter((at) => at >= from && at < from + day).length;
  expect(Math.max(...logins.map(inOneDay))).toBeLessThanOrEqual(500);
  expect(logins.length).toBeGreaterThan(1000);
  now = Date.UTC(2020, 0, 1);
  expect(await createLedger(memory, "1", () => now).pause()).toBeLessThanOrEqual(216_000);
});
