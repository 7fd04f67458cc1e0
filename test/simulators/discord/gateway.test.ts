import { type Client, GatewayIntentBits, type Guild, type GuildMember, type Message } from "discord.js";
import { afterEach, expect, it } from "vitest";
import { WebSocket as WebSocketClient } from "ws";
import { createClient, login, nextEvent } from "./client.ts";
import { type DiscordOptions, type DiscordSimulator, startDiscordSimulator } from "./simulator.ts";

let discord: DiscordSimulator;
const clients: Client[] = [];

async function start(options: DiscordOptions = {}): Promise<DiscordSimulator> {
  discord = await startDiscordSimulator({ guilds: [{ name: "Harbour", members: ["ada"] }], ...options });
  return discord;
}

async function connect(options?: Parameters<typeof login>[1]): Promise<Client<true>> {
  const client = await login(discord, options);
  clients.push(client);
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) await client.destroy();
  await discord.close();
});

const received = (op: number) =>
  discord.gateway.events.all.filter((event) => event.kind === "received" && event.op === op);
const closedByBot = () =>
  discord.gateway.events.waitFor(({ kind, by }) => kind === "closed" && by === "bot", { what: "the bot's close" });

it("replays what happened meanwhile after op 7, on the address given for resuming", async () => {
  await start();
  const client = await connect();
  const heard: string[] = [];
  client.on("messageCreate", ({ content }) => heard.push(content));
  const last = nextEvent<Message>(client, "messageCreate", ({ content }) => content === "two");
  discord.gateway.reconnect();
  discord.say({ author: "ada", content: "one" });
  const closed = await closedByBot();
  discord.say({ author: "ada", content: "two" });
  const resumed = nextEvent(client, "shardResume");
  await last;
  await resumed;
  expect(closed.code).not.toBe(1000);
  expect(heard).toEqual(["one", "two"]);
  expect(received(6)).toHaveLength(1);
  expect(received(6)[0]?.path).toBe("/resume");
  expect(discord.gateway.identifies()).toHaveLength(1);
  expect(discord.problems).toEqual([]);
});

it("resumes after a cut line and after op 9 that allows it, identifies after one that does not", async () => {
  await start();
  const client = await connect();
  const resumed = () => nextEvent(client, "shardResume");
  const cut = resumed();
  discord.gateway.cut();
  await cut;
  const allowed = resumed();
  discord.gateway.invalidate(true);
  await allowed;
  expect(discord.gateway.identifies()).toHaveLength(1);
  const fresh = nextEvent(client, "shardReady");
  discord.gateway.invalidate(false);
  await fresh;
  expect(discord.gateway.identifies()).toHaveLength(2);
  expect(discord.portal.sessionStart.remaining).toBe(998);
});

it("ends a session where the close code says so", async () => {
  await start();
  const client = await connect();
  const resumed = nextEvent(client, "shardResume");
  discord.gateway.disconnect(4000);
  await resumed;
  const fresh = nextEvent(client, "shardReady");
  discord.gateway.disconnect(4009);
  await fresh;
  expect(discord.gateway.identifies()).toHaveLength(2);
});

it("leaves heartbeats unanswered, and a frozen line silent", async () => {
  await start({ heartbeatInterval: 100 });
  const client = await connect();
  await discord.gateway.events.waitFor(({ kind, op }) => kind === "sent" && op === 11);
  const resumed = nextEvent(client, "shardResume");
  discord.gateway.acknowledgeHeartbeats(false);
  const zombie = await closedByBot();
  expect([1000, 1001]).not.toContain(zombie.code);
  discord.gateway.acknowledgeHeartbeats(true);
  await resumed;
});

it("freezes a line without closing it", async () => {
  await start();
  const client = await connect();
  discord.gateway.freeze();
  const before = discord.gateway.events.all.length;
  discord.say({ author: "ada", content: "nobody hears this" });
  client.user.setStatus("idle");
  expect(discord.gateway.events.all).toHaveLength(before);
  expect(discord.gateway.connected()).toBe(1);
  discord.gateway.thaw();
  await discord.gateway.events.waitFor(({ kind, op }) => kind === "received" && op === 3);
});

it("refuses a wrong token, on REST and on the gateway", async () => {
  await start();
  const client = createClient(discord);
  clients.push(client);
  await expect(client.login("wrong.token.here")).rejects.toThrow("invalid token");
  const other = await connect();
  const gone = nextEvent<{ code: number }>(other, "shardDisconnect");
  discord.changeToken("another");
  expect((await gone).code).toBe(4004);
  await expect(other.users.fetch(discord.find.user("ada").id, { force: true })).rejects.toMatchObject({ status: 401 });
});

it("closes with 4014 when a privileged intent is switched off in the portal, at start and later", async () => {
  await start({ portal: { privileged: { members: true, presences: true, messageContent: false } } });
  const client = createClient(discord);
  clients.push(client);
  const gone = nextEvent<{ code: number }>(client, "shardDisconnect");
  // The login never settles once the gateway has refused.
  void client.login(discord.token).catch(() => undefined);
  expect((await gone).code).toBe(4014);
  discord.portal.privileged.messageContent = true;
  const other = await connect();
  discord.portal.privileged.members = false;
  const later = nextEvent<{ code: number }>(other, "shardDisconnect");
  discord.gateway.invalidate(false);
  expect((await later).code).toBe(4014);
});

it("says when no session start is left", async () => {
  await start({ portal: { sessionStart: { total: 1000, remaining: 0, resetAfter: 5000, maxConcurrency: 1 } } });
  const client = createClient(discord);
  clients.push(client);
  await expect(client.login(discord.token)).rejects.toThrow("Not enough sessions");
  expect(discord.gateway.identifies()).toHaveLength(0);
});

it("closes with 4008 after 120 frames in a minute", async () => {
  await start({ now: () => Date.UTC(2030, 0, 1) });
  const socket = new WebSocketClient(`ws://127.0.0.1:${discord.port}/gateway?v=10&encoding=json`);
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve) => socket.once("open", resolve));
  for (let n = 0; n < 121; n += 1) socket.send(JSON.stringify({ op: 1, d: null }));
  expect(await closed).toBe(4008);
});

it("closes on frames that are no frames", async () => {
  await start();
  const codeAfter = async (text: string) => {
    const socket = new WebSocketClient(`ws://127.0.0.1:${discord.port}/gateway?v=10&encoding=json`);
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    await new Promise((resolve) => socket.once("open", resolve));
    socket.send(text);
    return closed;
  };
  const identify = (d: object) =>
    JSON.stringify({ op: 2, d: { token: discord.token, properties: { os: "x", browser: "x", device: "x" }, ...d } });
  expect(await codeAfter("{")).toBe(4002);
  expect(await codeAfter('{"op":99}')).toBe(4001);
  expect(await codeAfter('{"op":3,"d":{"since":null,"activities":[],"status":"online","afk":false}}')).toBe(4003);
  expect(await codeAfter(identify({ intents: 1 << 30 }))).toBe(4013);
  expect(await codeAfter(identify({ intents: 1, shard: [2, 2] }))).toBe(4010);
});

it("spreads guilds over shards", async () => {
  const guilds = [0n, 1n].map((shard) => ({ name: `Guild ${shard}`, id: ((1000n + shard) << 22n).toString() }));
  await start({ guilds, portal: { sessionStart: { total: 1000, remaining: 1000, resetAfter: 0, maxConcurrency: 2 } } });
  const client = await connect({ shards: [0, 1], shardCount: 2, intents: [GatewayIntentBits.Guilds] });
  expect(client.guilds.cache.map((guild) => `${guild.name} on ${guild.shardId}`).sort()).toEqual([
    "Guild 0 on 0",
    "Guild 1 on 1",
  ]);
  expect(
    discord.gateway
      .identifies()
      .map(({ shard }) => shard)
      .sort(),
  ).toEqual([0, 1]);
});

it("takes a guild away in an outage and brings it back without anybody joining", async () => {
  await start();
  const client = await connect();
  const joined: GuildMember[] = [];
  client.on("guildMemberAdd", (member) => joined.push(member));
  const gone = nextEvent<Guild>(client, "guildUnavailable");
  discord.gateway.outage(discord.find.guild());
  await gone;
  const back = nextEvent<Guild>(client, "guildAvailable");
  discord.gateway.restore(discord.find.guild());
  expect((await back).available).toBe(true);
  expect(joined).toEqual([]);
});

it("refuses connections when told", async () => {
  await start();
  discord.gateway.answer({ to: "connect", close: 503 });
  const refused = new WebSocketClient(`ws://127.0.0.1:${discord.port}/gateway?v=10&encoding=json`);
  const error = await new Promise<Error>((resolve) => refused.once("error", resolve));
  expect(error.message).toContain("503");
  discord.gateway.answer({ to: "identify", invalidSession: false });
  const client = await connect();
  expect(client.isReady()).toBe(true);
  expect(discord.gateway.identifies()).toHaveLength(2);
});
