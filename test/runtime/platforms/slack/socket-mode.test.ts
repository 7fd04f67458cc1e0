import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MessageEvent } from "../../../../src/contracts/event.ts";
import { createHarness, type Harness, platformError } from "./harness.ts";

let harness: Harness;
const stray: unknown[] = [];
const note = (error: unknown) => void stray.push(error);
beforeEach(async () => {
  stray.length = 0;
  process.on("unhandledRejection", note);
  harness = await createHarness({ echo: false });
});
afterEach(async () => {
  await harness.close();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(stray).toEqual([]);
});

const heard = (text: string) =>
  harness.events.waitFor((event) => event.kind === "message" && event.message.text === text) as Promise<MessageEvent>;
const opened = (count: number) => harness.slack.sockets.changes.waitForCount(count, ({ kind }) => kind === "opened");
const closed = (count: number) => harness.slack.sockets.changes.waitForCount(count, ({ kind }) => kind === "closed");
const gaps = () => harness.slack.sockets.changes.all.filter(({ kind, open }) => kind === "closed" && open === 0).length;

describe("Socket Mode", () => {
  it("opens the next connection before it leaves one that Slack renews", async () => {
    const connection = await harness.open();
    for (const reason of ["warning", "refresh_requested"] as const) {
      const before = harness.slack.sockets.changes.all.filter(({ kind }) => kind === "opened").length;
      harness.slack.sockets.disconnect(reason);
      await opened(before + 1);
      await closed(before);
    }
    expect(gaps()).toBe(0);
    expect(harness.slack.sockets.open).toBe(1);
    harness.slack.say({ channel: "general", user: "bob", text: "still there?" });
    await heard("still there?");
    expect(connection.state()).toEqual({ state: "open" });
  });

  it("is back at once after the connection was cut", async () => {
    await harness.open();
    harness.slack.sockets.drop();
    await opened(2);
    await harness.slack.sockets.connected();
    const said = harness.slack.say({ channel: "general", user: "bob", text: "back" });
    await said.acked();
    await heard("back");
  });

  it("replaces a connection that has gone silent", async () => {
    await harness.open();
    harness.slack.sockets.halfOpen();
    await opened(2);
    harness.slack.say({ channel: "general", user: "bob", text: "heard again" });
    await heard("heard again");
  });

  it("survives a token that is refused when it reconnects, and says so", async () => {
    const connection = await harness.open();
    harness.slack.misbehave({
      method: "apps.connections.open",
      body: { ok: false, error: "invalid_auth" },
      times: Number.POSITIVE_INFINITY,
    });
    harness.slack.sockets.drop();
    const state = await harness.states.waitFor((one) => one.state === "closed");
    expect(state).toMatchObject({ why: expect.stringContaining("no longer accepts the app token") });
    expect(connection.state().state).toBe("closed");
    expect(harness.calls("apps.connections.open")).toBe(2);
  });

  it("tries again, slower each time, while Slack has trouble, and says that no events arrive", async () => {
    const connection = await harness.open();
    harness.slack.misbehave({ method: "apps.connections.open", status: 503, times: 2 });
    harness.slack.sockets.refuseUpgrades(502, 1);
    harness.slack.sockets.drop();
    await harness.states.waitFor((one) => one.state === "degraded" && one.why.startsWith("No events arrive"));
    await opened(2);
    await harness.states.waitForCount(2, ({ state }) => state === "open");
    expect(connection.state()).toEqual({ state: "open" });
    const times = harness.slack.calls.all
      .filter(({ method }) => method === "apps.connections.open")
      .map(({ at }) => at);
    expect(times).toHaveLength(5);
    expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(700);
    expect(times[4]! - times[3]!).toBeGreaterThanOrEqual(2900);
  });

  it("waits before it opens one more where Slack counts too many", async () => {
    await harness.open();
    harness.slack.sockets.disconnect("too_many_websockets", { close: true });
    const [first, second] = await opened(2);
    expect(second!.at - first!.at).toBeGreaterThan(2000);
  });

  it("says where Socket Mode is switched off", async () => {
    const connection = await harness.open();
    harness.slack.sockets.disconnect("link_disabled", { close: true });
    await harness.states.waitFor((one) => one.state === "degraded" && one.why.includes("Socket Mode is switched off"));
    await connection.close();
    await closed(1);
    expect(harness.slack.sockets.open).toBe(0);
  });

  it("survives frames that are no JSON or make no sense", async () => {
    await harness.open();
    for (const frame of [
      "not json",
      '{"type":"events_api"}',
      '{"type":"events_api","envelope_id":"e","payload":{}}',
      '{"type":"disconnect',
      "null",
      '{"type":"interactive","envelope_id":"x","payload":null}',
    ])
      harness.slack.sockets.sendRaw(frame);
    harness.slack.say({ channel: "general", user: "bob", text: "hello" });
    await heard("hello");
    const { problems } = harness.slack;
    // The simulator knows nothing of frames that were sent past it.
    await expect.poll(() => problems).toEqual([expect.stringContaining("acknowledged x, which was never sent")]);
    problems.length = 0;
  });

  it("acknowledges at once, long before an event is handled", async () => {
    let finish: () => void = () => undefined;
    harness.answer = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    await harness.open();
    await harness.slack.say({ channel: "general", user: "bob", text: "slow" }).acked();
    await heard("slow");
    finish();
  });
});

describe("closing", () => {
  it("in the middle of the handshake ends the opening and leaves nothing behind", async () => {
    harness.slack.sockets.withholdHello(true);
    const connection = harness.connect();
    const opening = platformError(connection.open());
    await opened(1);
    await connection.close();
    expect(await opening).toMatchObject({ kind: "unavailable" });
    await closed(1);
    expect(harness.slack.sockets.open).toBe(0);
  });

  it("while the address of the connection is asked for ends the opening too", async () => {
    harness.slack.misbehave({ method: "apps.connections.open", delay: 300 });
    const connection = harness.connect();
    const opening = platformError(connection.open());
    await harness.slack.calls.waitFor(({ method }) => method === "apps.connections.open");
    await connection.close();
    expect(await opening).toMatchObject({ kind: "unavailable" });
    expect(harness.slack.sockets.changes.all).toEqual([]);
  });

  it("while it reconnects stops that", async () => {
    const connection = await harness.open();
    harness.slack.sockets.withholdHello(true);
    harness.slack.sockets.drop();
    await opened(2);
    await connection.close();
    await closed(2);
    expect(harness.slack.sockets.open).toBe(0);
    expect(connection.state()).toEqual({ state: "closed", why: "The bot was stopped." });
  });

  it("does not wait for a connection that has gone silent", async () => {
    const connection = await harness.open();
    harness.slack.sockets.halfOpen();
    await connection.close();
    expect(connection.state().state).toBe("closed");
  });
});
