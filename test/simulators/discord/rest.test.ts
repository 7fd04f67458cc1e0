import { REST } from "discord.js";
import { afterEach, beforeEach, expect, it } from "vitest";
import { noSpecs, specsDirectory } from "../shared/specs.ts";
import { rateLimited } from "./rest/misbehave.ts";
import { type DiscordSimulator, startDiscordSimulator } from "./simulator.ts";

let discord: DiscordSimulator;

beforeEach(async () => {
  discord = await startDiscordSimulator({ guilds: [{ name: "Harbour", members: ["ada"] }] });
});
afterEach(() => discord.close());

const client = (options: ConstructorParameters<typeof REST>[0] = {}) =>
  new REST({ api: discord.apiRoot, ...options }).setToken(discord.token);
const messages = () => `/channels/${discord.find.channel("general").id}/messages` as const;
const post = "POST /channels/{channel_id}/messages";
const sent = () => [...discord.find.channel("general").messages.values()];

it("keeps a body that the published format does not allow from doing anything, and says so", async ({ skip }) => {
  skip(specsDirectory() === undefined, noSpecs);
  const answer = client().post(messages(), { body: { content: "x", embeds: "none" } });
  await expect(answer).rejects.toMatchObject({ status: 400, code: 50035 });
  expect(discord.problems).toMatchObject([{ where: post, errors: ["/embeds must be array,null"] }]);
  expect(sent()).toEqual([]);
});

it("says when a route is not there", async () => {
  await expect(client().get("/stage-instances/1")).rejects.toMatchObject({ status: 404 });
  expect(discord.problems).toMatchObject([{ where: "GET /stage-instances/1" }]);
});

it("limits with the headers and body that Discord sends, for each scope", async () => {
  const limit = async (scope: Parameters<typeof rateLimited>[0]) => {
    discord.misbehave(rateLimited(scope, 1.5));
    const headers = { authorization: `Bot ${discord.token}` };
    const {
      status,
      headers: got,
      ...answer
    } = await fetch(`${discord.apiRoot}/v10/users/@me`, { headers }).then(async (response) => ({
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    }));
    const names = ["retry-after", "x-ratelimit-scope", "x-ratelimit-global", "x-ratelimit-remaining"];
    return [status, names.map((name) => got.get(name)), answer.text];
  };
  const body = (message: string, global: boolean) => JSON.stringify({ message, retry_after: 1.5, global });
  const yours = "You are being rate limited.";
  const everybodys = "The resource is being rate limited.";
  expect(await limit("user")).toEqual([429, ["2", "user", null, "0"], body(yours, false)]);
  expect(await limit("shared")).toEqual([429, ["2", "shared", null, "9"], body(everybodys, false)]);
  expect(await limit("global")).toEqual([429, ["2", "global", "true", null], body(yours, true)]);
  expect(await limit("cloudflare")).toEqual([429, [null, null, null, null], expect.stringContaining("1015")]);

  discord.misbehave({ route: post, ...rateLimited("user", 0.1) });
  await client().post(messages(), { body: { content: "x" } });
  expect(discord.calls.all.slice(-2).map(({ status }) => status)).toEqual([429, 200]);
});

it("answers as told, as often as told, to the route told", async () => {
  const rest = client({ retries: 0 });
  discord.misbehave({ route: post, status: 503, times: 2 });
  discord.misbehave({ route: (method) => method === "GET", ...rateLimited("cloudflare", 0), times: 1 });
  await expect(rest.post(messages(), { body: { content: "x" } })).rejects.toMatchObject({ status: 503 });
  await expect(rest.post(messages(), { body: { content: "x" } })).rejects.toMatchObject({ status: 503 });
  await rest.post(messages(), { body: { content: "x" } });
  discord.behave();
  discord.misbehave({ status: 403, body: { message: "Missing Access", code: 50001 }, times: Number.POSITIVE_INFINITY });
  await expect(rest.get("/users/@me")).rejects.toMatchObject({ code: 50001 });
  await expect(rest.get(messages())).rejects.toMatchObject({ code: 50001 });
  discord.behave();
  await rest.get("/users/@me");
  expect(sent()).toHaveLength(1);
});

it("loses the answer after the effect, and knows the nonce when asked again", async () => {
  const rest = client({ retries: 0 });
  const body = { content: "once", nonce: "n1", enforce_nonce: true };
  discord.misbehave({ route: post, close: true, afterEffect: true });
  await expect(rest.post(messages(), { body })).rejects.toThrow("closed");
  expect(sent()).toHaveLength(1);
  expect(await rest.post(messages(), { body })).toMatchObject({ id: sent()[0]?.id });
  expect(sent()).toHaveLength(1);
  await rest.post(messages(), { body: { content: "once" } });
  expect(sent()).toHaveLength(2);
});

it("holds an answer back until told, or for ever", async () => {
  const rest = client({ retries: 0, timeout: 60_000 });
  let release: () => void = () => undefined;
  discord.misbehave({ route: post, delay: new Promise<void>((resolve) => (release = resolve)) });
  const held = rest.post(messages(), { body: { content: "late" } });
  await discord.calls.waitFor(({ template }) => template === "/channels/{channel_id}/messages");
  expect(sent()).toEqual([]);
  release();
  await held;
  expect(sent()).toHaveLength(1);
  discord.misbehave({ route: post, hang: true });
  const hung = rest.post(messages(), { body: { content: "never" } });
  await discord.calls.waitForCount(2, ({ template }) => template === "/channels/{channel_id}/messages");
  const lost = expect(hung).rejects.toThrow();
  await discord.close();
  await lost;
});

it("adds headers to a usual answer", async () => {
  discord.misbehave({ headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "60" } });
  const answer = await fetch(`${discord.apiRoot}/v10/users/@me`, {
    headers: { authorization: `Bot ${discord.token}` },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-ratelimit-remaining")).toBe("0");
  const next = await fetch(`${discord.apiRoot}/v10/users/@me`);
  expect(next.status).toBe(401);
  expect(next.headers.get("x-ratelimit-remaining")).toBe("49");
});
