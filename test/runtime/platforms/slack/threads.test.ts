import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, platformError, stored } from "./harness.ts";

let harness: Harness;
let connection: Connection;
let general: string;
beforeEach(async () => {
  harness = await createHarness({ echo: false });
  connection = await harness.open();
  general = harness.slack.workspace.channel("general").id;
});
afterEach(() => harness.close());

const id = (name: string) => harness.slack.workspace.user(name).id;
const seen = () => harness.slack.seen("general").map(({ text, thread_ts }) => [text, thread_ts]);

describe("threads that all may see", () => {
  it("hang on a message with their name, and take all that a channel takes", async () => {
    const { port } = connection;
    const thread = await port.createThread(general, { name: "Boat trip", isPrivate: false });
    const [root] = harness.slack.seen("general");
    expect(thread).toEqual({ id: `${general}:${root!.ts}`, name: "Boat trip", direct: false });
    const sent = await port.send(thread.id, { text: richText("Who comes?") });
    expect(sent.channelId).toBe(thread.id);
    await port.addToThread(thread.id, id("bob"));
    await port.react(thread.id, sent.id, "✅");
    await port.pin(thread.id, sent.id, true);
    await port.editMessage(thread.id, sent.id, { text: richText("Who comes along?") });
    expect(seen()).toEqual([
      ["Boat trip", undefined],
      ["Who comes along?", root!.ts],
      ["@bob", root!.ts],
    ]);
    expect(harness.slack.seen("general")[2]!.blocks).toMatchObject([
      { elements: [{ elements: [{ type: "user", user_id: id("bob") }] }] },
    ]);
    expect(await port.channel(thread.id)).toEqual({ id: thread.id, name: "general", direct: false });
    await port.deleteMessage(thread.id, sent.id);
    expect(seen()).toHaveLength(2);
  });

  it("can hang on a message that is there", async () => {
    harness.slack.say({ channel: "general", user: "bob", text: "a question" });
    const [question] = harness.slack.seen("general");
    const under = { name: "Answers", isPrivate: false, messageId: question!.ts };
    expect(await connection.port.createThread(general, under)).toMatchObject({ id: `${general}:${question!.ts}` });
    expect(seen()).toEqual([
      ["a question", undefined],
      ["Answers", question!.ts],
    ]);
  });

  it("cannot be closed", async () => {
    const thread = await connection.port.createThread(general, { name: "Open", isPrivate: false });
    expect(await platformError(connection.port.closeThread(thread.id))).toMatchObject({
      kind: "refused",
      message: "Slack has no way to close a thread under a message, only private ones.",
    });
  });

  it("take an answer to a message or press where the file asks for it", async () => {
    harness.slack.say({ channel: "general", user: "bob", text: "help" });
    const event = await harness.events.waitFor(({ kind }) => kind === "message");
    await connection.port.reply(stored(event), { text: richText("In here"), inThread: true });
    harness.slack.slash({ channel: "general", user: "bob", command: "/harbour", text: "help" });
    const command = await harness.events.waitFor(({ kind }) => kind === "command");
    await connection.port.reply(stored(command), { text: richText("No message, no thread"), inThread: true });
    const [asked] = harness.slack.seen("general");
    expect(seen().slice(1)).toEqual([
      ["In here", asked!.ts],
      ["No message, no thread", undefined],
    ]);
  });
});

describe("private threads", () => {
  it("are private channels that the bot makes, fills and archives", async () => {
    const { port } = connection;
    const thread = await port.createThread(general, { name: "Ticket of Bob: ¡Ayuda!", isPrivate: true });
    const channel = harness.slack.workspace.channel(thread.id);
    expect(channel).toMatchObject({ name: "ticket-of-bob-ayuda", kind: "group" });
    expect(thread).toEqual({ id: channel.id, name: "Ticket of Bob: ¡Ayuda!", direct: false });
    await port.addToThread(thread.id, id("bob"));
    await port.addToThread(thread.id, id("bob"));
    expect([...channel.members]).toEqual([harness.slack.workspace.bot.id, id("bob")]);
    await port.send(thread.id, { text: richText("How can we help?") });
    expect((await port.history(thread.id, 10)).map(({ text }) => text)).toEqual(["How can we help?"]);
    await port.closeThread(thread.id);
    await port.closeThread(thread.id);
    expect(channel.is_archived).toBe(true);
  });

  it("find another name where theirs is taken, also by an archived one", async () => {
    const { port } = connection;
    const first = await port.createThread(general, { name: "Ticket", isPrivate: true });
    await port.closeThread(first.id);
    const second = await port.createThread(general, { name: "Ticket", isPrivate: true });
    expect(harness.slack.workspace.channel(second.id).name).toMatch(/^ticket-[a-z0-9]+$/);
    const third = await port.createThread(general, { name: "?!", isPrivate: true });
    expect(harness.slack.workspace.channel(third.id).name).toBe("thread");
  });

  it("are the bot's own only: no other channel is closed or filled", async () => {
    const { port } = connection;
    const secret = harness.slack.workspace.addChannel({ name: "secret", kind: "group" });
    for (const channel of [general, secret.id]) {
      const refusal = { kind: "refused", message: "This is not a thread that the bot has begun." };
      expect(await platformError(port.closeThread(channel))).toMatchObject(refusal);
      expect(await platformError(port.addToThread(channel, id("bob")))).toMatchObject(refusal);
      expect(harness.slack.workspace.channel(channel).is_archived).toBe(false);
    }
    expect([harness.calls("conversations.archive"), harness.calls("conversations.invite")]).toEqual([0, 0]);
  });

  it("say what is missing, and are never made twice", async () => {
    const { port } = connection;
    const make = (name: string) => port.createThread(general, { name, isPrivate: true });
    harness.slack.misbehave({
      method: "conversations.create",
      body: { ok: false, error: "missing_scope", needed: "groups:write" },
    });
    expect(await platformError(make("one"))).toMatchObject({
      kind: "missing_right",
      message:
        "The Slack app lacks the scope groups:write: add it on the page OAuth & Permissions and install the app again.",
    });
    harness.slack.misbehave({ method: "conversations.create", body: { ok: false, error: "invalid_name_specials" } });
    expect((await platformError(make("two"))).message).toBe('Slack does not let a channel be called "two".');
    const under = { name: "three", isPrivate: true, messageId: "1.000001" };
    expect(await platformError(port.createThread(general, under))).toMatchObject({ kind: "refused" });
    harness.slack.misbehave({ method: "conversations.create", status: 500, afterEffect: true });
    expect(await platformError(make("four"))).toMatchObject({ kind: "unavailable", uncertain: true });
    expect(harness.calls("conversations.create")).toBe(3);
    const thread = await make("five");
    expect(await platformError(port.addToThread(thread.id, harness.slack.workspace.bot.id))).toMatchObject({
      kind: "refused",
    });
  });
});
