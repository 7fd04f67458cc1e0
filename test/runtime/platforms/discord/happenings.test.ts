import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BotEvent } from "../../../../src/contracts/event.ts";
import type { Connection } from "../../../../src/contracts/platform.ts";
import type { Feed } from "../../../../src/contracts/right.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import type { GuildSeed } from "../../../simulators/discord/seeds.ts";
import { createHarness, type Harness, harbour, ids } from "./harness.ts";

/** What the rules of one file may listen to besides messages. */
const feeds: readonly Feed[] = [
  "message_edits",
  "message_deletions",
  "message_text",
  "members",
  "member_roles",
  "reactions",
  "threads",
  "voice",
];
const withVoice: GuildSeed = {
  ...harbour,
  channels: ["general", "mod-log", { name: "Deck", kind: "GuildVoice" }, { name: "Cabin", kind: "GuildVoice" }],
};

let harness: Harness;
let connection: Connection;
const open = async (wanted: readonly Feed[] = feeds) => {
  connection = await harness.open(harness.plan({ feeds: wanted }));
};
beforeEach(async () => {
  harness = await createHarness({ guilds: [withVoice], checkOutgoing: true });
});
afterEach(() => harness.close());

const next = <K extends BotEvent["kind"]>(kind: K) =>
  harness.events.waitFor((event) => event.kind === kind) as Promise<BotEvent & { kind: K }>;
const kinds = () => harness.events.all.map(({ kind }) => kind);
/** Everything that the bot was told before is handled. */
const settled = async () => {
  const { id } = harness.discord.say({ author: "Ada", content: "after that" });
  await harness.events.waitFor((event) => event.kind === "message" && event.message.id === id);
};

describe("messages that change", () => {
  it("tells what an edited message says now", async () => {
    await open();
    const message = harness.discord.say({ author: "Ada", content: "helo" });
    harness.discord.edit(message, `hello <@${ids(harness).bob}>`);
    const event = await next("message_edited");
    expect(event).toMatchObject({
      user: { name: "Countess" },
      server: { name: "Harbour" },
      channel: { name: "general", direct: false },
      standing: { rank: 2 },
      message: { id: message.id, text: "hello @Bob", entities: [{ kind: "user", name: "Bob" }] },
    });
    await connection.port.reply(event.origin, { text: richText("seen") });
    expect(harness.discord.posts.all.at(-1)?.message).toMatchObject({ message_reference: { message_id: message.id } });
  });

  it("hears no edit when a preview appears or somebody pins, also of a message that was edited", async () => {
    await open();
    const plain = harness.discord.say({ author: "Ada", content: "https://example.org" });
    harness.discord.preview(plain);
    await connection.port.pin(ids(harness).general, plain.id, true);
    const edited = harness.discord.say({ author: "Bob", content: "https://example.org/2" });
    harness.discord.edit(edited, "https://example.org/3");
    await next("message_edited");
    harness.discord.preview(edited);
    await settled();
    expect(kinds().filter((kind) => kind === "message_edited")).toHaveLength(1);
  });

  it("hears no edit that was before the bot came, when something else happens to the message", async () => {
    const old = harness.discord.say({ author: "Ada", content: "first" });
    const edited = harness.discord.edit(old, "second");
    harness.pass(3_600_000);
    await open();
    harness.discord.preview(edited);
    await settled();
    expect(kinds()).not.toContain("message_edited");
    harness.discord.edit(edited, "third");
    expect((await next("message_edited")).message.text).toBe("third");
  });

  it("never hears the bot's own edits, and nobody's without a rule for them", async () => {
    await open();
    const sent = await connection.port.send(ids(harness).general, { text: richText("one") });
    await connection.port.editMessage(sent.channelId, sent.id, { text: richText("two") });
    await settled();
    expect(kinds()).toEqual(["message"]);
    await connection.close();
    await open(["messages", "message_text"]);
    harness.discord.edit(harness.discord.say({ author: "Ada", content: "helo" }), "hello");
    await settled();
    expect(kinds()).not.toContain("message_edited");
  });

  it("tells of a deleted message what it said and who wrote it, as it was last", async () => {
    await open();
    const message = harness.discord.say({ author: "Ada", content: "helo" });
    harness.discord.edit(message, "hello");
    harness.discord.erase(message);
    const event = await next("message_deleted");
    expect(event).toMatchObject({
      user: { name: "Countess", isBot: false },
      channel: { name: "general" },
      server: { name: "Harbour" },
      message: { id: message.id, text: "hello" },
    });
    await connection.port.reply(event.origin, { text: richText("gone") });
    const { message: answer } = harness.discord.posts.all.at(-1)!;
    expect([answer.content, answer.message_reference]).toEqual(["gone", undefined]);
  });

  it("tells of each message that is deleted together with others, and of none that it does not know", async () => {
    const unknown = harness.discord.say({ author: "Ada", content: "before the bot came" });
    await open();
    const two = ["one", "two"].map((content) => harness.discord.say({ author: "Bob", content }));
    harness.discord.erase(unknown, ...two);
    await settled();
    const deleted = harness.events.all.flatMap((event) =>
      event.kind === "message_deleted" ? [event.message.text] : [],
    );
    expect(deleted).toEqual(["one", "two"]);
  });
});

describe("reactions", () => {
  it("tells who reacts with what, and who wrote the message", async () => {
    await open();
    const message = harness.discord.say({ author: "Ada", content: "look" });
    harness.discord.react({ user: "Bob", message, emoji: "⭐" });
    expect(await next("reaction_added")).toMatchObject({
      user: { name: "Bob", username: "bob" },
      standing: { rank: 0 },
      author: { name: "Countess" },
      emoji: "⭐",
      messageId: message.id,
      channel: { name: "general" },
      server: { name: "Harbour" },
    });
    harness.discord.react({ user: "Bob", message, emoji: "⭐", remove: true });
    expect(await next("reaction_removed")).toMatchObject({
      user: { name: "Bob" },
      author: { name: "Countess" },
      emoji: "⭐",
      messageId: message.id,
    });
  });

  it("calls an emoji of the server by its name, and knows its own messages", async () => {
    await open();
    await connection.port.send(ids(harness).general, { text: richText("vote") });
    const { message } = harness.discord.posts.all.at(-1)!;
    harness.discord.react({ user: "Ada", message, emoji: "ship:123456789012345678" });
    expect(await next("reaction_added")).toMatchObject({
      emoji: "ship",
      author: { id: ids(harness).bot, isBot: true },
    });
  });

  it("asks who somebody is whom Discord names by id only", async () => {
    await open(["reactions", "messages", "message_text"]);
    const message = harness.discord.say({ author: "Ada", content: "private", direct: true });
    harness.discord.react({ user: "Ada", message, emoji: "👍" });
    const event = await next("reaction_added");
    expect(event).toMatchObject({ user: { name: "Ada" }, channel: { direct: true, name: "Ada" } });
    expect(event.server).toBeUndefined();
  });

  it("never hears its own reactions", async () => {
    await open();
    const message = harness.discord.say({ author: "Ada", content: "look" });
    await connection.port.react(ids(harness).general, message.id, "👍");
    await settled();
    expect(kinds()).not.toContain("reaction_added");
  });
});

describe("people", () => {
  it("tells who leaves, kicked people too", async () => {
    await open();
    harness.discord.removeMember("Bob");
    const event = await next("member_left");
    expect(event).toMatchObject({ user: { name: "Bob" }, server: { name: "Harbour" } });
    expect(event.channel).toBeUndefined();
  });

  it("tells the first change of somebody's roles, one event for each role", async () => {
    await open();
    await harness.discord.gateway.events.waitFor(({ t }) => t === "GUILD_MEMBERS_CHUNK");
    harness.discord.updateMember("Ada", { roles: ["Newcomer"] });
    expect(await next("role_removed")).toMatchObject({ user: { name: "Countess" }, role: { name: "Moderator" } });
    expect(await next("role_added")).toMatchObject({ role: { name: "Newcomer" }, server: { name: "Harbour" } });
  });

  it("tells nothing of roles when something else of somebody changes", async () => {
    await open();
    await harness.discord.gateway.events.waitFor(({ t }) => t === "GUILD_MEMBERS_CHUNK");
    harness.discord.updateMember("Ada", { nick: "Lady" });
    harness.discord.joinMember({ name: "Carl" });
    harness.discord.updateMember("Carl", { roles: ["Newcomer"] });
    expect(await next("role_added")).toMatchObject({ user: { name: "Carl" } });
    expect(kinds().filter((kind) => kind.startsWith("role_"))).toHaveLength(1);
  });

  it("asks for the members of a server only for rules about roles, one server after the other", async () => {
    const requests = () => harness.discord.gateway.events.all.filter(({ kind, op }) => kind === "received" && op === 8);
    await open(["members"]);
    expect(requests()).toEqual([]);
    harness.discord.inviteBot({ name: "Island", members: ["Zoe"], roles: [{ name: "Castaway" }] });
    await connection.converge(harness.plan({ feeds }));
    await harness.discord.gateway.events.waitForCount(2, ({ t }) => t === "GUILD_MEMBERS_CHUNK");
    expect(requests()).toHaveLength(2);
    harness.discord.updateMember("Zoe", { roles: ["Castaway"] }, "Island");
    expect(await next("role_added")).toMatchObject({ server: { name: "Island" }, role: { name: "Castaway" } });
  });

  it("goes on when Discord does not list members so soon again", async () => {
    await open();
    const { discord } = harness;
    await discord.gateway.events.waitFor(({ t }) => t === "GUILD_MEMBERS_CHUNK");
    discord.gateway.outage(discord.find.guild());
    discord.gateway.restore(discord.find.guild());
    discord.inviteBot({ name: "Island", members: ["Zoe"], roles: [{ name: "Castaway" }] });
    await discord.gateway.events.waitForCount(2, ({ t }) => t === "GUILD_MEMBERS_CHUNK");
    expect(discord.gateway.events.all.some(({ t }) => t === "RATE_LIMITED")).toBe(true);
    discord.updateMember("Bob", { roles: ["Newcomer"] });
    expect(await next("role_added")).toMatchObject({ user: { name: "Bob" } });
  });
});

describe("places", () => {
  it("tells who begins a thread, and lets the answer go there", async () => {
    await open();
    const thread = harness.discord.startThread({ user: "Bob", name: "Help" });
    const event = await next("thread_created");
    expect(event).toMatchObject({ user: { name: "Bob" }, channel: { id: thread.id, name: "Help", direct: false } });
    await connection.port.reply(event.origin, { text: richText("welcome") });
    expect(harness.discord.posts.all.at(-1)?.channel.id).toBe(thread.id);
  });

  it("hears nothing of its own threads, nor of those that it is only added to", async () => {
    await open();
    await connection.port.createThread(ids(harness).general, { name: "mine", isPrivate: false });
    const thread = harness.discord.startThread({ user: "Bob", name: "Help" });
    await next("thread_created");
    const again = { id: thread.id, type: 11, guild_id: ids(harness).server, name: "Help", owner_id: ids(harness).bob };
    harness.discord.dispatch("THREAD_CREATE", again, "Harbour");
    await settled();
    expect(kinds().filter((kind) => kind === "thread_created")).toHaveLength(1);
  });

  it("tells who comes into a voice channel, goes into another, and leaves", async () => {
    await open();
    harness.discord.moveVoice("Ada", "Deck");
    harness.discord.moveVoice("Ada", "Deck");
    harness.discord.moveVoice("Ada", "Cabin");
    harness.discord.moveVoice("Ada", null);
    await settled();
    const voice = harness.events.all.filter(({ kind }) => kind.startsWith("voice_"));
    expect(voice.map(({ kind, channel, user }) => [kind, channel?.name, user.name])).toEqual([
      ["voice_joined", "Deck", "Countess"],
      ["voice_left", "Deck", "Countess"],
      ["voice_joined", "Cabin", "Countess"],
      ["voice_left", "Cabin", "Countess"],
    ]);
  });

  it("knows who was in a voice channel before it came", async () => {
    harness.discord.moveVoice("Ada", "Deck");
    await open();
    harness.discord.moveVoice("Ada", null);
    expect(await next("voice_left")).toMatchObject({ channel: { name: "Deck" } });
    expect(kinds()).toEqual(["voice_left"]);
  });
});

it.each<[Feed, number]>([
  ["message_edits", (1 << 9) | (1 << 12)],
  ["message_deletions", (1 << 9) | (1 << 12)],
  ["members", 1 << 1],
  ["member_roles", 1 << 1],
  ["reactions", (1 << 10) | (1 << 13)],
  ["threads", 0],
  ["voice", 1 << 7],
])("logs in for %s with no more than it needs", async (feed, wanted) => {
  await open([feed]);
  const login = harness.discord.gateway.events.all.find(({ kind, op }) => kind === "received" && op === 2);
  expect(login?.d).toMatchObject({ intents: 1 | wanted });
});
