import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, harbour, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open();
});
afterEach(() => harness.close());

const hi = { text: richText("hi") };
const always = { times: Number.POSITIVE_INFINITY };
const sends = () => harness.telegram.calls.all.filter(({ method }) => method === "sendMessage");

it("waits out a flood answer in that chat only", async () => {
  const { telegram } = harness;
  const { ada, serverId, group } = harbour(telegram);
  const home = telegram.privateChat(ada);
  telegram.misbehave({
    method: "sendMessage",
    when: ({ chat_id }) => chat_id === group.id,
    status: 429,
    parameters: { retry_after: 1 },
  });
  const slow = Promise.all([connection.port.send(serverId, hi), connection.port.send(serverId, hi)]);
  await telegram.calls.waitFor(({ method }) => method === "sendMessage");
  await connection.port.direct(String(home.id), hi);
  expect(telegram.messages(group)).toEqual([]);
  await slow;
  const toGroup = sends().filter(({ params }) => params.chat_id === group.id);
  expect(toGroup).toHaveLength(3);
  expect(toGroup[1]!.at - toGroup[0]!.at).toBeGreaterThanOrEqual(1000);
});

it("gives up at once on a flood that lasts too long, and says how long", async () => {
  const { serverId } = harbour(harness.telegram);
  harness.telegram.misbehave({ method: "sendMessage", status: 429, parameters: { retry_after: 600 } });
  const error = await platformError(connection.port.send(serverId, hi));
  expect(error).toMatchObject({ kind: "rate_limited", uncertain: false });
  expect(error.retryAfterMs).toBeGreaterThan(500_000);
  expect(sends()).toHaveLength(1);
});

it("slows down by itself where a flood answer does not say for how long", async () => {
  const { serverId } = harbour(harness.telegram);
  harness.telegram.misbehave({ method: "sendMessage", status: 429, description: "Too Many Requests", times: 2 });
  await connection.port.send(serverId, hi);
  const [first, second, third] = sends().map(({ at }) => at);
  expect(second! - first!).toBeGreaterThanOrEqual(1000);
  expect(third! - second!).toBeGreaterThanOrEqual(2000);
});

it("says that a name could not be looked up", async () => {
  harness.telegram.misbehave({ method: "getChat", status: 429, parameters: { retry_after: 60 } });
  expect(await connection.port.find("channel", "-1", "-2")).toMatchObject({ found: "unknown" });
});

it("sends to the supergroup that a group became, and keeps the group's id", async () => {
  const { telegram } = harness;
  const { ada, olga } = harbour(telegram);
  const small = telegram.group({ title: "Small", type: "group", owner: olga, members: [ada] });
  await connection.stopIntake();
  const large = telegram.migrate(small);
  await connection.port.send(String(small.id), hi);
  await connection.port.send(String(small.id), hi);
  expect(telegram.messages(large).filter(({ text }) => text === "hi")).toHaveLength(2);
  expect(sends().map(({ params }) => params.chat_id)).toEqual([small.id, large.id, large.id]);
  await connection.close();
  const next = await harness.open();
  telegram.say({ chat: large, from: ada, text: "where am I?" });
  const event = await harness.events.waitFor((each) => each.kind === "message");
  expect(event.server?.id).toBe(String(small.id));
  expect(event.channel?.id).toBe(String(small.id));
  await next.port.reply(event.origin, hi);
  expect(await next.port.standing(String(small.id), String(ada.id))).toMatchObject({ rank: 0 });
  expect(await next.port.server(String(large.id))).toMatchObject({ id: String(small.id) });
});

it("stays up while another program polls, says so, and goes on when alone", async () => {
  const { telegram } = harness;
  const { ada, group } = harbour(telegram);
  await telegram.calls.waitFor(({ method }) => method === "getUpdates");
  const other = telegram.misbehave({ method: "getUpdates", status: 409, ...always });
  telegram.say({ chat: group, from: ada, text: "one" });
  await harness.states.waitFor(({ state }) => state === "degraded");
  expect(connection.state()).toMatchObject({ why: expect.stringContaining("same token") });
  other.stop();
  telegram.say({ chat: group, from: ada, text: "two" });
  await harness.states.waitFor((state) => state.state === "open" && harness.states.all.at(-1) === state);
  await harness.events.waitForCount(2, () => true);
  expect(harness.events.all).toHaveLength(2);
});

it("never removes a webhook that appears while it polls", async () => {
  const { telegram } = harness;
  const pollers = telegram.misbehave({
    method: "getUpdates",
    status: 409,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ...always,
  });
  const { ada, group } = harbour(telegram);
  telegram.say({ chat: group, from: ada, text: "wake" });
  await harness.states.waitFor((state) => state.state === "degraded" && state.why.includes("webhook"));
  pollers.stop();
  expect(telegram.calls.all.some(({ method }) => method === "deleteWebhook")).toBe(false);
});

it("sends nothing more to who has blocked it, until they write again", async () => {
  const { telegram } = harness;
  const { ada } = harbour(telegram);
  const home = telegram.privateChat(ada);
  await connection.stopIntake();
  telegram.block(ada);
  for (let round = 0; round < 3; round++)
    expect(await platformError(connection.port.direct(String(ada.id), hi))).toMatchObject({ kind: "refused" });
  expect(sends()).toHaveLength(1);
  await connection.close();
  const next = await harness.open();
  expect(await platformError(next.port.direct(String(ada.id), hi))).toMatchObject({ kind: "refused" });
  telegram.unblock(ada);
  telegram.say({ chat: home, from: ada, text: "sorry" });
  await harness.events.waitFor(() => true);
  await next.port.direct(String(ada.id), hi);
});

it("stops at a revoked token, without asking again", async () => {
  const { telegram } = harness;
  const { serverId } = harbour(telegram);
  await telegram.calls.waitFor(({ method }) => method === "getUpdates");
  telegram.setToken(undefined);
  expect(await platformError(connection.port.send(serverId, hi))).toMatchObject({ setting: "token" });
  await harness.states.waitFor(({ state }) => state === "closed");
  expect(await platformError(connection.port.send(serverId, hi))).toMatchObject({ setting: "token" });
  const refused = telegram.calls.all.filter(({ outcome }) => outcome?.ok === false);
  expect(refused).toHaveLength(1);
  await connection.close();
  expect(telegram.calls.all.filter(({ outcome }) => outcome?.ok === false)).toHaveLength(1);
});

it("handles updates whose numbers jump in either direction", async () => {
  const { telegram } = harness;
  const { ada, group } = harbour(telegram);
  for (const [text, id] of [
    ["a", 900_000_000],
    ["b", 7],
    ["c", 8],
    ["d", 800_000_000],
  ] as const) {
    telegram.jumpTo(id);
    telegram.say({ chat: group, from: ada, text });
    await harness.events.waitFor((event) => event.kind === "message" && event.message.text === text);
  }
  expect(harness.events.all).toHaveLength(4);
});

describe("an update that takes long", () => {
  type Kept = { done: number[]; underWay: { message: { text: string } }[] };
  const kept = () => [...harness.memory].find(([key]) => key.startsWith("inbox:"))?.[1] as unknown as Kept;
  const heard = () => harness.events.all.map((event) => event.kind === "message" && event.message.text);
  let begun: number;
  beforeEach(async () => {
    await connection.close();
    begun = 0;
    harness.answer = async (event) => {
      if (event.kind !== "message" || event.message.text !== "slow") return;
      begun += 1;
      // The first time it never gets to its end.
      if (begun === 1) await new Promise(() => {});
    };
  });

  it("is done again after a sudden end, and nothing else of its batch", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    for (const text of ["one", "two", "slow"]) telegram.say({ chat: group, from: ada, text });
    await harness.open();
    await expect.poll(() => kept()?.done).toHaveLength(2);
    await harness.open();
    await harness.events.waitForCount(4, () => true);
    await expect.poll(() => kept().done).toHaveLength(3);
    telegram.say({ chat: group, from: ada, text: "next" });
    await harness.events.waitForCount(5, () => true);
    expect(heard()).toEqual(["one", "two", "slow", "slow", "next"]);
    await expect.poll(kept).toMatchObject({ done: [expect.any(Number)], underWay: [] });
  });

  it("holds up no other chat, and is not lost though it was confirmed", async () => {
    const { telegram } = harness;
    const { ada, bob, group } = harbour(telegram);
    telegram.say({ chat: group, from: ada, text: "slow" });
    await harness.open();
    await expect.poll(() => kept()?.underWay).toHaveLength(1);
    telegram.say({ chat: telegram.privateChat(bob), from: bob, text: "quick" });
    await harness.events.waitForCount(2, () => true);
    // Asked for once more, Telegram takes all of it for confirmed.
    const polls = telegram.calls.all.filter(({ method }) => method === "getUpdates").length;
    await telegram.calls.waitForCount(polls + 1, ({ method }) => method === "getUpdates");
    await harness.open();
    await harness.events.waitForCount(3, () => true);
    expect(heard()).toEqual(["slow", "quick", "slow"]);
    await expect.poll(() => kept().underWay).toEqual([]);
  });

  it("is over when the bot was stopped in the ordinary way", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    telegram.say({ chat: group, from: ada, text: "slow" });
    const first = await harness.open();
    await expect.poll(() => kept()?.underWay).toHaveLength(1);
    await first.close();
    expect(kept().underWay).toEqual([]);
    await harness.open();
    telegram.say({ chat: group, from: ada, text: "next" });
    await harness.events.waitForCount(2, () => true);
    expect(heard()).toEqual(["slow", "next"]);
  });
});

it("survives pages that are not JSON, cut connections and errors of the server while polling", async () => {
  const { telegram } = harness;
  const { ada, group } = harbour(telegram);
  telegram.misbehave({ method: "getUpdates", status: 502, text: "<html>Bad Gateway</html>" });
  telegram.misbehave({ method: "getUpdates", close: true });
  telegram.misbehave({ method: "getUpdates", status: 500 });
  telegram.say({ chat: group, from: ada, text: "first" });
  await harness.states.waitFor(({ state }) => state === "degraded");
  telegram.say({ chat: group, from: ada, text: "second" });
  await harness.events.waitForCount(2, () => true);
  expect(harness.events.all).toHaveLength(2);
});

it("repeats what is safe to repeat, and a message only when it surely did not arrive", async () => {
  const { telegram } = harness;
  const { ada, serverId, group } = harbour(telegram);
  const message = telegram.say({ chat: group, from: ada, text: "spam" });
  telegram.misbehave({ method: "deleteMessage", status: 502, text: "<html>" });
  telegram.misbehave({ method: "deleteMessage", close: true });
  await connection.port.deleteMessage(serverId, String(message.message_id));
  expect(telegram.messages(group)).toEqual([]);

  telegram.misbehave({ method: "sendMessage", close: true, carriedOut: true });
  const lost = await platformError(connection.port.send(serverId, hi));
  expect(lost).toMatchObject({ kind: "unavailable", uncertain: true });
  expect(telegram.messages(group)).toHaveLength(1);
  telegram.misbehave({ method: "sendMessage", status: 500 });
  expect(await platformError(connection.port.send(serverId, hi))).toMatchObject({ uncertain: true });
  expect(sends()).toHaveLength(2);
});

it("ends a call that hangs when it is closed", async () => {
  const { telegram } = harness;
  const { serverId } = harbour(telegram);
  telegram.misbehave({ method: "sendMessage", hang: true });
  const call = platformError(connection.port.send(serverId, hi));
  await telegram.calls.waitFor(({ method }) => method === "sendMessage");
  await connection.close();
  expect(await call).toMatchObject({ kind: "unavailable", uncertain: true });
});

it("does not die of an error while handling", async () => {
  const { telegram } = harness;
  const { ada, group } = harbour(telegram);
  harness.answer = async () => {
    throw new Error("broken");
  };
  telegram.say({ chat: group, from: ada, text: "one" });
  telegram.say({ chat: group, from: ada, text: "two" });
  await harness.events.waitForCount(2, () => true);
  expect(connection.state()).toEqual({ state: "open" });
});
