import { afterEach, beforeEach, expect, it } from "vitest";
import type { CommandForm } from "../../../../src/contracts/platform.ts";
import { Intent } from "../../../simulators/discord/constants.ts";
import { createHarness, everyFeed, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});
afterEach(() => harness.close());

const rules: CommandForm = { name: "rules", description: "The rules", options: [], rights: [] };
const ban: CommandForm = {
  name: "ban",
  description: "Ban somebody",
  options: [
    { name: "reason", description: "", type: "text", required: false, minLength: 1, maxLength: 200 },
    { name: "member", description: "Whom", type: "member", required: true },
    { name: "for", description: "How long", type: "duration", required: false },
    { name: "kind", description: "Which", type: "choice", required: false, choices: ["soft", "hard"] },
    { name: "days", description: "Days", type: "integer", required: false, minimum: 0, maximum: 7 },
    { name: "weight", description: "Weight", type: "number", required: false, minimum: 0.5 },
    { name: "silent", description: "Silently", type: "boolean", required: false },
    { name: "role", description: "A role", type: "role", required: false },
    { name: "where", description: "A channel", type: "channel", required: false },
  ],
  rights: ["ban_members", "kick_members"],
};
const puts = () => harness.writes().filter((write) => write.startsWith("PUT /applications"));
const commandReads = () =>
  harness.discord.calls.all.filter(({ method, path }) => method === "GET" && path.endsWith("/commands"));
const globalNames = () => [...harness.discord.world.globalCommands.values()].map(({ name }) => name).sort();
const guildCommands = () => harness.discord.world.guildCommands.get(ids(harness).server) ?? new Map();
const lastIntents = () => {
  const identifies = harness.discord.gateway.events.all.filter(({ kind, op }) => kind === "received" && op === 2);
  return (identifies.at(-1)!.d as { intents: number }).intents;
};

it("opens with the intents that the feeds need, and says so", async () => {
  const connection = await harness.open(harness.plan({ feeds: ["commands"] }));
  expect(lastIntents()).toBe(Intent.Guilds | Intent.GuildMessages | Intent.DirectMessages);
  expect(connection.state()).toEqual({ state: "open" });
  expect(connection.port.self()).toMatchObject({ id: ids(harness).bot, isBot: true });
  expect(harness.states.all).toEqual([{ state: "open" }]);
});

it("asks for the words of messages where there is a prefix", async () => {
  await harness.open(harness.plan({ feeds: ["commands"], settings: { prefix: "!" } }));
  expect(lastIntents() & Intent.MessageContent).not.toBe(0);
});

it("closes cleanly: the session ends and nothing is connected", async () => {
  const connection = await harness.open();
  await connection.close();
  await connection.close();
  const closed = await harness.discord.gateway.events.waitFor(({ kind }) => kind === "closed");
  expect(closed).toMatchObject({ code: 1000, by: "bot" });
  expect(harness.discord.gateway.connected()).toBe(0);
  expect(connection.state().state).toBe("closed");
});

it("closes while it logs in, and does not come back", async () => {
  const { gateway } = harness.discord;
  // Accepted, but never greeted.
  gateway.answer({ to: "identify", invalidSession: true, times: Number.POSITIVE_INFINITY });
  const connection = harness.connect();
  const opening = platformError(connection.open());
  await gateway.events.waitFor(({ kind, op }) => kind === "received" && op === 2);
  await connection.close();
  expect((await opening).kind).toBe("unavailable");
  expect(gateway.identifies()).toHaveLength(1);
  expect(gateway.connected()).toBe(0);
});

it("closes between IDENTIFY and READY when the line is silent", async () => {
  const { gateway } = harness.discord;
  const connection = harness.connect();
  const opening = platformError(connection.open());
  await gateway.events.waitFor(({ kind }) => kind === "open");
  gateway.freeze();
  await connection.close();
  expect((await opening).kind).toBe("unavailable");
  gateway.thaw();
  await gateway.events.waitFor(({ kind }) => kind === "closed");
  expect(gateway.connected()).toBe(0);
});

it("refuses a token that Discord does not know, before it logs in", async () => {
  harness.environment.DISCORD_TOKEN = "another.token.here";
  const error = await platformError(harness.open());
  expect(error).toMatchObject({ kind: "start", setting: "token" });
  expect(error.message).toContain("copy it again");
  expect(error.message).not.toContain("another.token.here");
  expect(harness.discord.gateway.identifies()).toHaveLength(0);
});

it.each([
  ["", "does not look like"],
  ["a token with spaces", "does not look like"],
])("refuses the token %j without asking anybody", async (token, sentence) => {
  harness.environment.DISCORD_TOKEN = token;
  const error = await platformError(harness.open());
  expect(error.kind).toBe("start");
  if (token !== "") expect(error.message).toContain(sentence);
  expect(harness.discord.calls.all).toHaveLength(0);
});

it("names the privileged intent that is switched off, and where the switch is", async () => {
  harness.discord.portal.privileged.members = false;
  const error = await platformError(harness.open());
  expect(error).toMatchObject({ kind: "start", setting: "token" });
  expect(error.message).toContain('"Server Members Intent" is switched off');
  expect(error.message).toContain("https://discord.com/developers/applications");
  expect(harness.discord.gateway.identifies()).toHaveLength(0);
});

it("blames the prefix when only the prefix needs the intent", async () => {
  harness.discord.portal.privileged.messageContent = false;
  const error = await platformError(
    harness.open(harness.plan({ feeds: ["commands", "members"], settings: { prefix: "!" } })),
  );
  expect(error).toMatchObject({ kind: "start", setting: "prefix" });
  expect(error.message).toContain("Message Content Intent");
});

it("registers slash commands everywhere when no server is named", async () => {
  await harness.open(harness.plan({ commands: [rules, ban] }));
  expect(globalNames()).toEqual(["ban", "rules"]);
  const registered = [...harness.discord.world.globalCommands.values()].find(({ name }) => name === "ban");
  expect(registered?.default_member_permissions).toBe(String(0b110));
  expect(registered?.options?.map(({ name, type }) => [name, type])).toEqual([
    ["member", 6],
    ["reason", 3],
    ["for", 3],
    ["kind", 3],
    ["days", 4],
    ["weight", 10],
    ["silent", 5],
    ["role", 8],
    ["where", 7],
  ]);
});

it("registers them on home servers, and takes those away that were offered everywhere", async () => {
  await harness.open(harness.plan({ commands: [rules] }));
  await harness.connect().close();
  await harness.open(harness.plan({ commands: [rules, ban], settings: { servers: ["harbour"] } }));
  expect(globalNames()).toEqual([]);
  expect([...guildCommands().values()].map(({ name }: { name: string }) => name).sort()).toEqual(["ban", "rules"]);
});

it("writes nothing and asks nothing about commands when they are as they were", async () => {
  const plan = harness.plan({ commands: [rules, ban], settings: { servers: ["Harbour"] } });
  const first = await harness.open(plan);
  expect(puts()).toHaveLength(1);
  await first.close();
  harness.discord.calls.clear();
  harness.pass(10_000);
  const second = await harness.open(plan);
  expect(puts()).toHaveLength(0);
  expect(commandReads()).toHaveLength(0);
  await second.converge(harness.plan({ commands: [rules, ban], settings: { servers: ["Harbour"] } }));
  expect(harness.writes()).toEqual([]);
});

it("compares with what Discord has when it remembers nothing", async () => {
  const plan = harness.plan({ commands: [rules, ban] });
  await (await harness.open(plan)).close();
  harness.memory.clear();
  harness.discord.calls.clear();
  harness.pass(10_000);
  await harness.open(plan);
  expect(commandReads()).toHaveLength(1);
  expect(puts()).toHaveLength(0);
});

it("converges to another set of commands with one request", async () => {
  const connection = await harness.open(harness.plan({ commands: [rules] }));
  await connection.converge(harness.plan({ commands: [rules, ban] }));
  expect(globalNames()).toEqual(["ban", "rules"]);
  await connection.converge(harness.plan({ commands: [ban] }));
  expect(globalNames()).toEqual(["ban"]);
  expect(puts()).toHaveLength(3);
  expect(harness.discord.gateway.identifies()).toHaveLength(1);
});

it("leaves the commands alone when told", async () => {
  await harness.open(harness.plan({ commands: [rules], settings: { sync_commands: false } }));
  expect(commandReads()).toHaveLength(0);
  expect(puts()).toHaveLength(0);
});

it("goes on without the list of commands when Discord takes no more today, and says so", async () => {
  harness.discord.portal.commandCreatesLeft = 0;
  const connection = await harness.open(harness.plan({ commands: [rules] }));
  expect(connection.state()).toMatchObject({ state: "degraded", why: expect.stringContaining("200 slash commands") });
  harness.discord.portal.commandCreatesLeft = 200;
  await connection.converge(harness.plan({ commands: [rules] }));
  expect(connection.state()).toEqual({ state: "open" });
  expect(globalNames()).toEqual(["rules"]);
});

it("keeps the commands of a home server that is in an outage", async () => {
  const plan = harness.plan({ commands: [rules], settings: { servers: ["Harbour"] } });
  await (await harness.open(plan)).close();
  harness.discord.find.guild().available = false;
  harness.pass(10_000);
  await harness.open(plan);
  expect(guildCommands().size).toBe(1);
  expect(puts()).toHaveLength(1);
});

it("says which name Discord does not take", async () => {
  const connection = await harness.open();
  const error = await platformError(connection.converge(harness.plan({ commands: [{ ...rules, name: "The Rules" }] })));
  expect(error).toMatchObject({ kind: "refused", message: expect.stringContaining('"The Rules"') });
});

it("shows what the bot is doing, and changes it", async () => {
  const { gateway } = harness.discord;
  const connection = await harness.open(harness.plan({ activity: { type: "watching", text: "for /help" } }));
  const identify = gateway.events.all.find(({ kind, op }) => kind === "received" && op === 2);
  expect(identify?.d).toMatchObject({ presence: { activities: [{ type: 3, name: "for /help" }] } });
  await connection.converge(harness.plan({ activity: { type: "custom", text: "resting" } }));
  const update = await gateway.events.waitFor(({ kind, op }) => kind === "received" && op === 3);
  expect(update.d).toMatchObject({ activities: [{ type: 4, state: "resting" }] });
});

it("says no more in a minute than Discord listens to, and what it does last in the end", async () => {
  const { gateway } = harness.discord;
  const connection = await harness.open();
  const shown = () =>
    gateway.events.all.flatMap(({ kind, op, d }) =>
      kind === "received" && op === 3 ? [(d as { activities: { state: string }[] }).activities[0]!.state] : [],
    );
  const show = (text: string) => connection.converge(harness.plan({ activity: { type: "custom", text } }));
  for (let round = 1; round <= 130; round += 1) await show(`round ${round}`);
  await gateway.events.waitForCount(110, ({ kind, op }) => kind === "received" && op === 3);
  expect(shown().at(-1)).toBe("round 110");
  harness.pass(60_000);
  await show("at last");
  await gateway.events.waitForCount(111, ({ kind, op }) => kind === "received" && op === 3);
  expect(shown().at(-1)).toBe("at last");
  expect(gateway.events.all.filter(({ kind }) => kind === "closed")).toEqual([]);
});

it("logs in again for new intents, with the same connection", async () => {
  const { discord } = harness;
  const connection = await harness.open(harness.plan({ feeds: ["commands"] }));
  harness.pass(10_000);
  await connection.converge(harness.plan({ feeds: everyFeed }));
  expect(discord.gateway.identifies()).toHaveLength(2);
  expect(lastIntents() & Intent.GuildMembers).not.toBe(0);
  discord.joinMember({ name: "Carl" });
  const event = await harness.events.waitFor(({ kind }) => kind === "member_joined");
  expect(event.user.name).toBe("Carl");
  expect(discord.gateway.connected()).toBe(1);
});

it("keeps the old intents when the portal forbids the new ones, without logging out", async () => {
  const { discord } = harness;
  const connection = await harness.open(harness.plan({ feeds: ["messages"] }));
  discord.portal.privileged.members = false;
  const error = await platformError(connection.converge(harness.plan({ feeds: ["messages", "members"] })));
  expect(error.message).toContain("Server Members Intent");
  expect(discord.gateway.identifies()).toHaveLength(1);
  discord.say({ author: "Ada", content: "still there?" });
  await harness.events.waitFor(({ kind }) => kind === "message");
  expect(connection.state()).toEqual({ state: "open" });
});

it("goes back to the old intents when the gateway refuses the new ones", async () => {
  const { discord } = harness;
  const connection = await harness.open(harness.plan({ feeds: ["messages"] }));
  harness.pass(10_000);
  discord.gateway.answer({ to: "identify", close: 4014 });
  const converging = platformError(connection.converge(harness.plan({ feeds: ["messages", "members"] })));
  await discord.gateway.events.waitFor(({ kind, code }) => kind === "closed" && code === 4014);
  harness.pass(10_000);
  expect((await converging).kind).toBe("start");
  expect(lastIntents() & Intent.GuildMembers).toBe(0);
  discord.say({ author: "Ada", content: "still there?" });
  await harness.events.waitFor(({ kind }) => kind === "message");
  expect(discord.gateway.connected()).toBe(1);
  expect(connection.state()).toEqual({ state: "open" });
});

it("needs another connection for another token or address only", async () => {
  const connection = await harness.open();
  expect(connection.needsReplacing(harness.plan({ feeds: ["messages"], commands: [rules] }))).toBe(false);
  expect(connection.needsReplacing(harness.plan({ settings: { api_root: "http://127.0.0.1:1/api" } }))).toBe(true);
  harness.environment.DISCORD_TOKEN = "another.token.here";
  expect(connection.needsReplacing(harness.plan())).toBe(true);
});

it("hears nothing any more after its intake is stopped, and still answers", async () => {
  const { discord } = harness;
  const connection = await harness.open();
  discord.say({ author: "Ada", content: "one" });
  const event = await harness.events.waitFor(({ kind }) => kind === "message");
  await connection.stopIntake();
  discord.say({ author: "Ada", content: "two" });
  await connection.port.reply(event.origin, { text: [{ type: "text", text: "heard" }] });
  expect(discord.posts.all.map(({ message }) => message.content)).toEqual(["heard"]);
  expect(harness.events.all).toHaveLength(1);
});
