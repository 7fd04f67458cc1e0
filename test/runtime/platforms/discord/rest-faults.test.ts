import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CommandForm, Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHttp } from "../../../../src/runtime/platforms/discord/http.ts";
import { rateLimited } from "../../../simulators/discord/rest/misbehave.ts";
import { createHarness, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
const rules: CommandForm = { name: "rules", description: "The rules", options: [], rights: [] };
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open(harness.plan({ commands: [rules] }));
});
afterEach(() => harness.close());

const messages = "POST /channels/{channel_id}/messages";
const hi = { text: richText("hi") };
const always = { times: Number.POSITIVE_INFINITY };
const posts = () => harness.discord.calls.all.filter(({ method, template }) => `${method} ${template}` === messages);
const general = () => ids(harness).general;
const limited = () => expect.poll(() => harness.discord.calls.all.some(({ status }) => status === 429)).toBe(true);
const modLog = () => harness.discord.find.channel("mod-log").id;

it("waits as long as Discord says, in that channel only", async () => {
  const full = general();
  harness.discord.misbehave({
    route: (method, path) => method === "POST" && path.includes(full),
    ...rateLimited("user", 1),
  });
  const slow = Promise.all([connection.port.send(full, hi), connection.port.send(full, hi)]);
  await limited();
  await connection.port.send(modLog(), hi);
  expect(harness.discord.posts.all).toHaveLength(1);
  await slow;
  const toFull = posts().filter(({ path }) => path.includes(full));
  expect(toFull).toHaveLength(3);
  expect(toFull[1]!.at - toFull[0]!.at).toBeGreaterThanOrEqual(1000);
});

it("answers interactions while everything else has to wait", async () => {
  harness.discord.misbehave({ route: messages, ...rateLimited("global", 2) });
  const slow = connection.port.send(general(), hi);
  await limited();
  harness.answer = async ({ origin }) => void (await connection.port.reply(origin, hi));
  await harness.discord.slash({ user: "Ada", command: "rules" }).response();
  expect(posts()).toHaveLength(1);
  await slow;
  expect(posts()[1]!.at - posts()[0]!.at).toBeGreaterThanOrEqual(2000);
});

it("gives up at once on a limit that lasts too long, and says how long", async () => {
  harness.discord.misbehave({ route: messages, ...rateLimited("user", 600) });
  const error = await platformError(connection.port.send(general(), hi));
  expect(error.kind).toBe("rate_limited");
  expect(error.retryAfterMs).toBeGreaterThan(500_000);
  expect(posts()).toHaveLength(1);
});

it("sends nothing at all for a minute after a 429 that does not say how long", async () => {
  harness.discord.misbehave({ ...rateLimited("cloudflare", 0), ...always });
  expect(await platformError(connection.port.send(general(), hi))).toMatchObject({ kind: "rate_limited" });
  harness.pass(55_000);
  expect(await platformError(connection.port.send(modLog(), hi))).toMatchObject({ kind: "rate_limited" });
  expect(posts()).toHaveLength(1);
  expect(connection.state()).toMatchObject({ state: "degraded", why: expect.stringContaining("turns this bot") });
  harness.pass(10_000);
  // Still banned: the next pause is twice as long.
  await platformError(connection.port.send(general(), hi));
  expect(posts()).toHaveLength(2);
  harness.discord.behave();
  harness.pass(100_000);
  await platformError(connection.port.send(general(), hi));
  expect(posts()).toHaveLength(2);
  harness.pass(30_000);
  await connection.port.send(general(), hi);
  expect(connection.state()).toEqual({ state: "open" });
});

it("waits a moment after a 429 that says zero, and as long as the body says where the header is missing", async () => {
  harness.discord.misbehave({ route: messages, status: 429, headers: { "retry-after": "0" }, body: {} });
  harness.discord.misbehave({ route: messages, status: 429, body: { message: "", retry_after: 1, global: false } });
  await connection.port.send(general(), hi);
  const times = posts().map(({ at }) => at);
  expect(times).toHaveLength(3);
  expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(1000);
  expect(connection.state()).toEqual({ state: "open" });
});

it("pauses before Discord bans the address for too many refused requests", async () => {
  const blocked: (string | undefined)[] = [];
  const http = createHttp(Date.now, (why) => blocked.push(why));
  harness.discord.misbehave({ status: 403, body: { message: "Missing Access", code: 50001 }, ...always });
  const before = harness.discord.calls.all.length;
  const ask = () => http.makeRequest(`${harness.discord.apiRoot}/v10/users/@me`, { method: "GET", headers: {} });
  for (let n = 0; n < 1000; n += 1) await ask();
  await expect(ask()).rejects.toThrow("held back");
  expect(harness.discord.calls.all.length - before).toBe(1000);
  expect(blocked).toHaveLength(1);
  await http.close();
});

it("waits for a limit that others share, and does not count it as a refused request", async () => {
  const blocked: (string | undefined)[] = [];
  const http = createHttp(Date.now, (why) => blocked.push(why));
  harness.discord.misbehave({ ...rateLimited("shared", 0), ...always });
  const ask = () => http.makeRequest(`${harness.discord.apiRoot}/v10/users/@me`, { method: "GET", headers: {} });
  for (let n = 0; n < 1001; n += 1) expect((await ask()).status).toBe(429);
  expect(blocked).toEqual([]);
  await http.close();
  harness.discord.behave();
  harness.discord.misbehave({ route: messages, ...rateLimited("shared", 1) });
  await connection.port.send(general(), hi);
  expect(posts()[1]!.at - posts()[0]!.at).toBeGreaterThanOrEqual(1000);
});

describe("where the bot may not write", () => {
  const denied = { code: 50013, message: "Missing Permissions" };
  const refused = () => platformError(connection.port.send(general(), hi));
  beforeEach(async () => {
    harness.discord.misbehave({ route: messages, status: 403, body: denied });
    expect(await refused()).toMatchObject({ kind: "missing_right" });
  });

  it("it asks once in five minutes, and says the same each time", async () => {
    const { message } = await refused();
    expect(message).toContain("lacks a permission");
    expect(posts()).toHaveLength(1);
    await connection.port.send(modLog(), hi);
    await connection.port.send(general(), {
      ...hi,
      files: [{ name: "a.txt", content: new TextEncoder().encode("a") }],
    });
    expect(posts()).toHaveLength(3);
    harness.pass(299_000);
    await refused();
    harness.pass(1000);
    await connection.port.send(general(), hi);
    expect(posts()).toHaveLength(4);
  });

  it("it asks again once Discord tells of other permissions", async () => {
    const role = harness.discord.find.role("Newcomer").name;
    harness.discord.overwrite("general", role, { allow: ["SendMessages"] });
    harness.discord.say({ author: "Ada", content: "now?" });
    await harness.events.waitFor((event) => event.kind === "message" && event.message.text === "now?");
    await connection.port.send(general(), hi);
    expect(posts()).toHaveLength(2);
  });

  it("it tries reactions in one request as well", async () => {
    const route = "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me";
    const tries = () => harness.discord.calls.all.filter(({ method, template }) => `${method} ${template}` === route);
    harness.discord.misbehave({ route, status: 403, body: denied });
    for (const content of ["one", "two", "three"]) {
      const { id } = harness.discord.say({ author: "Ada", content });
      expect(await platformError(connection.port.react(general(), id, "👍"))).toMatchObject({ kind: "missing_right" });
    }
    expect(tries()).toHaveLength(1);
  });
});

it("tries again with growing pauses after an error of Discord's own, and gives up in the end", async () => {
  harness.discord.misbehave({ route: messages, status: 503, ...always });
  expect(await platformError(connection.port.send(general(), hi))).toMatchObject({ kind: "unavailable" });
  const times = posts().map(({ at }) => at);
  expect(times).toHaveLength(4);
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(300);
  expect(times[3]! - times[2]!).toBeGreaterThan(times[1]! - times[0]!);
});

it("is one message when the answer to it was lost", async () => {
  harness.discord.misbehave({ route: messages, close: true, afterEffect: true, times: 2 });
  const sent = await connection.port.send(general(), { ...hi, nonce: "run-7" });
  expect(posts().map(({ body }) => body)).toMatchObject([
    { nonce: "run-7", enforce_nonce: true },
    { nonce: "run-7", enforce_nonce: true },
    { nonce: "run-7", enforce_nonce: true },
  ]);
  expect(harness.discord.posts.all.map(({ message }) => message.id)).toEqual([sent.id]);
});

it("is one message when no answer came in time", async () => {
  harness.discord.misbehave({ route: messages, hang: true, afterEffect: true });
  const sent = await connection.port.send(general(), hi);
  expect(posts()).toHaveLength(2);
  expect(harness.discord.posts.all.map(({ message }) => message.id)).toEqual([sent.id]);
});

it("takes what a lost answer did for done", async () => {
  const { server, bob } = ids(harness);
  harness.discord.misbehave({ route: "DELETE /guilds/{guild_id}/members/{user_id}", close: true, afterEffect: true });
  await connection.port.kick(server, bob);
  expect(harness.discord.find.guild().members.has(bob)).toBe(false);
});

it("makes sense of answers that make none", async () => {
  harness.discord.misbehave({
    route: "GET /guilds/{guild_id}/members/search",
    status: 200,
    body: "<html>",
    ...always,
  });
  const answer = await connection.port.find("user", ids(harness).server, "ada");
  expect(answer).toMatchObject({ found: "unknown" });
});

it("passes Discord's reason on when a form is refused", async () => {
  harness.discord.misbehave({
    route: messages,
    status: 400,
    body: {
      code: 50035,
      message: "Invalid Form Body",
      errors: { content: { _errors: [{ code: "X", message: "Must be shorter" }] } },
    },
  });
  expect(await platformError(connection.port.send(general(), hi))).toMatchObject({
    kind: "refused",
    message: "Discord refused: Must be shorter.",
  });
});

it("stops asking when the token was withdrawn, and says so", async () => {
  harness.discord.portal.token = "another.token.now";
  const error = await platformError(connection.port.send(general(), hi));
  expect(error).toMatchObject({ kind: "unavailable", setting: "token" });
  await platformError(connection.port.send(general(), hi));
  expect(posts()).toHaveLength(1);
  expect(connection.state()).toMatchObject({ state: "closed", why: expect.stringContaining("Developer Portal") });
  expect(connection.needsReplacing(harness.plan({ commands: [rules] }))).toBe(true);
});

it("says that Discord cannot be reached, at a start too", async () => {
  const { discord } = harness;
  await connection.close();
  const lonely = harness.plan({ settings: { api_root: "http://127.0.0.1:9/api" } });
  const error = await platformError(harness.open(lonely));
  expect(error).toMatchObject({ kind: "unavailable", uncertain: false });
  expect(error.message).not.toContain(discord.token);
});
