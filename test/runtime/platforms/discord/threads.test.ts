import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { defaultBotRights, type GuildSeed } from "../../../simulators/discord/seeds.ts";
import { createHarness, type Harness, harbour, ids, platformError } from "./harness.ts";

const withNews: GuildSeed = { ...harbour, channels: ["general", { name: "news", kind: "GuildAnnouncement" }] };
let harness: Harness;
let connection: Connection;
beforeEach(async () => {
  harness = await createHarness({ guilds: [withNews] });
  connection = await harness.open();
});
afterEach(() => harness.close());

const place = (id: string) => harness.discord.world.channels.get(id)!;
const reasonOfLast = () => harness.discord.calls.all.at(-1)?.reason;

describe("beginning one", () => {
  it("begins one open to all, and one seen only by those who are added", async () => {
    const { general } = ids(harness);
    const open = await connection.port.createThread(general, { name: "Talk", isPrivate: false }, "Rule: Talk");
    expect(open).toEqual({ id: expect.any(String), name: "Talk", direct: false });
    expect(place(open.id)).toMatchObject({ kind: 11, parentId: general });
    expect(reasonOfLast()).toBe("Rule: Talk");
    const closed = await connection.port.createThread(general, { name: "x".repeat(120), isPrivate: true });
    expect(place(closed.id)).toMatchObject({ kind: 12 });
    expect(closed.name).toHaveLength(100);
  });

  it("begins one in a channel of announcements", async () => {
    const news = harness.discord.find.channel("news");
    const thread = await connection.port.createThread(news.id, { name: "Talk", isPrivate: false });
    expect(place(thread.id).kind).toBe(10);
  });

  it("hangs one on a message, once and never in private", async () => {
    const { general } = ids(harness);
    const { id: messageId } = harness.discord.say({ author: "Ada", content: "who sails?" });
    const under = (isPrivate: boolean) =>
      connection.port.createThread(general, { name: "Sailing", isPrivate, messageId });
    expect(await platformError(under(true))).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("private"),
    });
    expect(await under(false)).toMatchObject({ id: messageId, name: "Sailing" });
    expect(await platformError(under(false))).toMatchObject({
      kind: "refused",
      message: "There is a thread under this message already.",
    });
  });

  it("says which permission is missing", async () => {
    const { general } = ids(harness);
    harness.discord.setPermissions("@everyone", ["ViewChannel", "SendMessages"]);
    harness.discord.setPermissions("Harbour Bot", ["ViewChannel"]);
    expect(await platformError(connection.port.createThread(general, { name: "a", isPrivate: false }))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining('"Create Public Threads"'),
    });
    expect(await platformError(connection.port.createThread(general, { name: "a", isPrivate: true }))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining('"Create Private Threads"'),
    });
  });
});

describe("one that is there", () => {
  it("takes people in", async () => {
    const { general, bob } = ids(harness);
    const { id } = await connection.port.createThread(general, { name: "Ticket", isPrivate: true });
    await connection.port.addToThread(id, bob);
    expect(place(id).thread?.members.has(bob)).toBe(true);
    expect((await platformError(connection.port.addToThread(id, "999999999999999999"))).kind).toBe("not_found");
    expect((await platformError(connection.port.addToThread(general, bob))).kind).toBe("not_found");
  });

  it("is closed for good, however often", async () => {
    const { general, bob } = ids(harness);
    const { id } = await connection.port.createThread(general, { name: "Ticket", isPrivate: true });
    await connection.port.closeThread(id, "Solved");
    expect(place(id).thread).toMatchObject({ archived: true, locked: true });
    expect(reasonOfLast()).toBe("Solved");
    await connection.port.closeThread(id);
    expect(await platformError(connection.port.addToThread(id, bob))).toMatchObject({
      kind: "refused",
      message: "This thread is archived.",
    });
  });

  it("must be one, and the bot must be allowed to", async () => {
    const { general } = ids(harness);
    expect(await platformError(connection.port.closeThread(general))).toMatchObject({
      kind: "refused",
      message: "This is not a thread.",
    });
    const thread = harness.discord.startThread({ user: "Ada", name: "talk" });
    harness.discord.setPermissions(
      "Harbour Bot",
      defaultBotRights.filter((right) => right !== "ManageThreads"),
    );
    expect(await platformError(connection.port.closeThread(thread.id))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining('"Manage Threads"'),
    });
    expect((await platformError(connection.port.closeThread("999999999999999999"))).kind).toBe("not_found");
  });
});

describe("answering in one", () => {
  const answer = async (content: string, words: string) => {
    const message = harness.discord.say({ author: "Ada", content });
    const event = await harness.events.waitFor((each) => each.kind === "message" && each.message.id === message.id);
    const sent = await connection.port.reply(event.origin, { text: richText(words), inThread: true });
    return { message, event, sent };
  };

  it("begins it under the message, and goes on in it", async () => {
    const { message, event, sent } = await answer("help!", "What is the matter?\nTell me more.");
    expect(sent.channelId).toBe(message.id);
    expect(place(message.id)).toMatchObject({ name: "What is the matter?", parentId: ids(harness).general });
    const again = await connection.port.reply(event.origin, { text: richText("Still there?"), inThread: true });
    expect(again.channelId).toBe(message.id);
    expect([...place(message.id).messages.values()].map(({ content }) => content)).toEqual([
      "What is the matter?\nTell me more.",
      "Still there?",
    ]);
  });

  it("is an ordinary answer in a thread and in a private conversation", async () => {
    const thread = harness.discord.startThread({ user: "Ada", name: "talk" });
    harness.discord.say({ author: "Ada", content: "in here", channel: thread.id });
    const inside = await harness.events.waitFor((each) => each.kind === "message" && each.message.text === "in here");
    expect((await connection.port.reply(inside.origin, { text: richText("yes"), inThread: true })).channelId).toBe(
      thread.id,
    );
    harness.discord.say({ author: "Ada", content: "alone", direct: true });
    const direct = await harness.events.waitFor((each) => each.kind === "message" && each.message.text === "alone");
    const sent = await connection.port.reply(direct.origin, { text: richText("yes"), inThread: true });
    expect(sent.channelId).toBe(direct.channel?.id);
    expect(harness.writes().filter((write) => write.endsWith("/threads"))).toEqual([]);
  });
});
