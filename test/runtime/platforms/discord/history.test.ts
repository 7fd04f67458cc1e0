import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { defaultBotRights } from "../../../simulators/discord/seeds.ts";
import { createHarness, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open(harness.plan({ feeds: ["direct_messages"] }));
});
afterEach(() => harness.close());

const day = 86_400_000;
const general = () => harness.discord.find.channel("general");
const left = () => [...general().messages.values()].map(({ content }) => content);
/** The bot knows of everything that was before. */
const noticed = async () => {
  const { id } = harness.discord.say({ author: "Ada", content: "noticed?", direct: true });
  await harness.events.waitFor((event) => event.kind === "message" && event.message.id === id);
};
const sayMany = (count: number, author = "Ada") =>
  Array.from({ length: count }, (_, index) => harness.discord.say({ author, content: `${author} ${index + 1}` }));
const deletions = () => harness.writes().map((write) => write.split(" ").slice(0, 2).join(" "));
const bulk = "POST /channels/{channel_id}/messages/bulk-delete";
const single = "DELETE /channels/{channel_id}/messages/{message_id}";

describe("earlier messages", () => {
  it("come oldest first, page by page, no more than asked for", async () => {
    sayMany(250);
    const all = await connection.port.history(general().id, 5000);
    expect(all.map(({ text }) => text)).toEqual(left());
    const some = await connection.port.history(general().id, 120);
    expect(some.map(({ text }) => text)).toEqual(left().slice(-120));
    const limits = harness.discord.calls.all.flatMap(({ query }) => query.get("limit") ?? []);
    expect(limits).toEqual(["100", "100", "100", "100", "20"]);
  });

  it("say who wrote what and when, with the names of files", async () => {
    const { bob } = ids(harness);
    harness.discord.say({ author: "Ada", content: `<@${bob}> look`, files: [{ name: "ship.txt", content: "x" }] });
    await connection.port.send(general().id, { embed: { title: richText("Storm"), text: richText("tonight") } });
    const [first, second] = await connection.port.history(general().id, 10);
    expect(first).toMatchObject({ author: { name: "Ada", isBot: false }, text: "@Bob look", files: ["ship.txt"] });
    expect(Math.abs(first!.at - Date.now())).toBeLessThan(60_000);
    expect(second).toMatchObject({ author: { isBot: true }, text: "Storm\ntonight", files: [] });
  });

  it("leave out what Discord itself announces", async () => {
    const [message] = sayMany(2);
    general().messages.set(message!.id, { ...message!, type: 7, content: "" });
    expect((await connection.port.history(general().id, 10)).map(({ text }) => text)).toEqual(["Ada 2"]);
  });

  it("are empty where nobody has written, and refused where the bot may not read them", async () => {
    expect(await connection.port.history(general().id, 10)).toEqual([]);
    harness.discord.setPermissions("@everyone", ["ViewChannel", "SendMessages"]);
    harness.discord.setPermissions("Harbour Bot", ["ViewChannel"]);
    sayMany(1);
    await noticed();
    expect(await platformError(connection.port.history(general().id, 10))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining('"Read Message History"'),
    });
    harness.discord.overwrite("general", "@everyone", { deny: ["ViewChannel"] });
    expect((await platformError(connection.port.history(general().id, 10))).kind).toBe("missing_right");
    expect((await platformError(connection.port.history("999999999999999999", 10))).kind).toBe("not_found");
  });
});

describe("purging", () => {
  it("deletes in hundreds, and the last one by itself", async () => {
    sayMany(205);
    expect(await connection.port.purge(general().id, { most: 201 }, "Spam")).toBe(201);
    expect(left()).toEqual(["Ada 1", "Ada 2", "Ada 3", "Ada 4"]);
    expect(deletions()).toEqual([bulk, bulk, single]);
    const { calls } = harness.discord;
    expect(calls.all.filter(({ method }) => method !== "GET").map(({ reason }) => reason)).toEqual(
      Array(3).fill("Spam"),
    );
  });

  it("leaves messages older than two weeks and does not count them", async () => {
    sayMany(2, "Bob");
    harness.pass(14 * day - 30_000);
    sayMany(3);
    expect(await connection.port.purge(general().id, { most: 100 })).toBe(3);
    expect(left()).toEqual(["Bob 1", "Bob 2"]);
    expect(await connection.port.purge(general().id, { most: 100 })).toBe(0);
  });

  it("deletes only what somebody wrote, looking further back for it", async () => {
    sayMany(3, "Bob");
    sayMany(150);
    sayMany(1, "Bob");
    expect(await connection.port.purge(general().id, { most: 3, by: ids(harness).bob })).toBe(3);
    expect(left().filter((text) => text.startsWith("Bob"))).toEqual(["Bob 1"]);
    expect(left()).toHaveLength(151);
  });

  it("begins before a message, which stays with all after it", async () => {
    sayMany(3);
    const asked = harness.discord.say({ author: "Bob", content: "!purge 2" });
    harness.discord.say({ author: "Bob", content: "later" });
    expect(await connection.port.purge(general().id, { most: 2, before: asked.id })).toBe(2);
    expect(left()).toEqual(["Ada 1", "!purge 2", "later"]);
  });

  it("leaves what cannot be deleted, and counts no message that is gone already", async () => {
    const [first, second] = sayMany(2);
    general().messages.set(first!.id, { ...first!, type: 21 });
    harness.discord.misbehave({
      route: single,
      status: 404,
      body: { message: "Unknown Message", code: 10008 },
    });
    expect(await connection.port.purge(general().id, { most: 10 })).toBe(0);
    expect(await connection.port.purge(general().id, { most: 10 })).toBe(1);
    expect(general().messages.has(second!.id)).toBe(false);
    expect(left()).toEqual(["Ada 1"]);
  });

  it("says what is in the way", async () => {
    sayMany(2);
    harness.discord.setPermissions(
      "Harbour Bot",
      defaultBotRights.filter((right) => right !== "ManageMessages"),
    );
    expect(await platformError(connection.port.purge(general().id, { most: 2 }))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining('"Manage Messages"'),
    });
    const { channelId } = await connection.port.direct(ids(harness).ada, { text: richText("hi") });
    await connection.port.direct(ids(harness).ada, { text: richText("again") });
    expect(await platformError(connection.port.purge(channelId, { most: 2 }))).toMatchObject({
      kind: "refused",
      message: "This does not work in a private conversation.",
    });
  });

  it("is done once when the answer to it was lost", async () => {
    sayMany(3);
    harness.discord.misbehave({ route: bulk, status: 502, afterEffect: true });
    expect(await connection.port.purge(general().id, { most: 2 })).toBe(2);
    expect(left()).toEqual(["Ada 1"]);
  });
});
