import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutMessage } from "../../../../src/contracts/message.ts";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
let general: string;
beforeEach(async () => {
  harness = await createHarness({ echo: false, pageLimit: 3 });
  connection = await harness.open();
  general = harness.slack.workspace.channel("general").id;
});
afterEach(() => harness.close());

const send = (message: OutMessage) => connection.port.send(general, message);
const id = (name: string) => harness.slack.workspace.user(name).id;
const said = (text: string, more: { thread_ts?: string; files?: { name: string }[] } = {}) => {
  harness.slack.say({ channel: "general", user: "bob", text, ...more });
  return harness.slack.seen("general").at(-1)!;
};
const missing = (method: string, needed: string) =>
  harness.slack.misbehave({ method, body: { ok: false, error: "missing_scope", needed } });

describe("changing a message", () => {
  it("puts the new text, card and buttons in place of the old ones", async () => {
    const sent = await send({
      embed: { title: richText("Votes"), color: "#2ecc71" },
      buttons: [{ key: "k", label: "Vote", style: "primary" }],
    });
    await connection.port.editMessage(general, sent.id, { text: richText("Closed & <done>") });
    expect(harness.slack.seen("general")).toMatchObject([
      { ts: sent.id, text: "Closed &amp; &lt;done&gt;", attachments: [], blocks: [{ type: "rich_text" }] },
    ]);
    await connection.port.editMessage(general, sent.id, { embed: { text: richText("again"), color: "#e74c3c" } });
    expect(harness.slack.seen("general")).toMatchObject([{ blocks: [], attachments: [{ fallback: "again" }] }]);
  });

  it("is done to the bot's own messages only, and says why not", async () => {
    const { port } = connection;
    const theirs = said("mine");
    expect(await platformError(port.editMessage(general, theirs.ts, { text: richText("x") }))).toMatchObject({
      kind: "missing_right",
      message: "Slack lets a bot change only its own messages.",
    });
    expect(await platformError(port.editMessage(general, "1.000001", { text: richText("x") }))).toMatchObject({
      kind: "not_found",
    });
    const sent = await send({ text: richText("short") });
    const refusals = [
      [{ text: richText(" ") }, "The message is empty."],
      [{ text: richText("A line of the rules.\n".repeat(1500)) }, "The message is too long for Slack."],
      [
        { text: richText("x"), files: [{ name: "a.txt", content: new Uint8Array(1) }] },
        "Slack adds no files to a message that is there already.",
      ],
    ] as const;
    for (const [message, sentence] of refusals)
      expect(await platformError(port.editMessage(general, sent.id, message))).toMatchObject({
        kind: "refused",
        message: sentence,
      });
    missing("chat.update", "chat:write");
    const { message } = await platformError(port.editMessage(general, sent.id, { text: richText("x") }));
    expect(message).toContain("lacks the scope chat:write");
  });

  it("is tried again after trouble, because it changes nothing a second time", async () => {
    const sent = await send({ text: richText("one") });
    harness.slack.misbehave({ method: "chat.update", status: 500, afterEffect: true });
    await connection.port.editMessage(general, sent.id, { text: richText("two") });
    harness.slack.misbehave({ method: "chat.update", status: 429, headers: { "retry-after": "1" } });
    await connection.port.editMessage(general, sent.id, { text: richText("three") });
    expect(harness.slack.seen("general").map(({ text }) => text)).toEqual(["three"]);
    expect(harness.calls("chat.update")).toBe(4);
  });
});

describe("pins", () => {
  it("are set and taken away, also where that is so already", async () => {
    const { port } = connection;
    const theirs = said("pin this");
    await port.pin(general, theirs.ts, true);
    await port.pin(general, theirs.ts, true);
    expect(harness.slack.seen("general")[0]!.pinned).toBe(true);
    await port.pin(general, theirs.ts, false);
    await port.pin(general, theirs.ts, false);
    expect(harness.slack.seen("general")[0]!.pinned).toBe(false);
    expect(await platformError(port.pin(general, "1.000001", true))).toMatchObject({ kind: "not_found" });
    missing("pins.add", "pins:write");
    expect((await platformError(port.pin(general, theirs.ts, true))).message).toContain("lacks the scope pins:write");
  });
});

describe("what was said", () => {
  it("is told oldest first, page by page, with names and files and without notices", async () => {
    await send({ embed: { text: richText("a card"), color: "#2ecc71" } });
    for (const text of ["one", `hi <@${id("ada")}> &amp; all`, "three", "four"]) said(text);
    harness.slack.workspace.post({ channel: general, user: id("bob"), text: "joined", subtype: "channel_join" });
    said("five", { files: [{ name: "cat.png" }] });
    const past = await connection.port.history(general, 100);
    expect(past.map(({ author, text, files }) => [author.name, text, files])).toEqual([
      ["harbourbot", "a card", []],
      ["bob", "one", []],
      ["bob", "hi @ada & all", []],
      ["bob", "three", []],
      ["bob", "four", []],
      ["bob", "five", ["cat.png"]],
    ]);
    const [first] = harness.slack.seen("general");
    expect(past[0]).toMatchObject({ id: first!.ts, at: Math.floor(Number(first!.ts) * 1000), author: { isBot: true } });
    expect((await connection.port.history(general, 2)).map(({ text }) => text)).toEqual(["four", "five"]);
  });

  it("in a thread is told apart", async () => {
    const root = said("root");
    for (const text of ["a", "b", "c", "d"]) said(text, { thread_ts: root.ts });
    said("beside");
    const thread = `${general}:${root.ts}`;
    const texts = async (channelId: string, most: number) =>
      (await connection.port.history(channelId, most)).map(({ text }) => text);
    expect(await texts(thread, 100)).toEqual(["root", "a", "b", "c", "d"]);
    expect(await texts(thread, 2)).toEqual(["c", "d"]);
    expect(await texts(general, 100)).toEqual(["root", "beside"]);
    expect(await platformError(connection.port.history(`${general}:1.000001`, 5))).toMatchObject({ kind: "not_found" });
  });

  it("is not told where the bot may not read, and after trouble on the way", async () => {
    const { workspace } = harness.slack;
    const outside = workspace.addChannel({ name: "outside", bot: false }).id;
    expect(await platformError(connection.port.history(outside, 5))).toMatchObject({
      kind: "missing_right",
      message: "The bot is not in this channel: invite it there with /invite and its name.",
    });
    missing("conversations.history", "channels:history");
    expect((await platformError(connection.port.history(general, 5))).message).toContain("the scope channels:history");
    said("still here");
    harness.slack.misbehave({ method: "conversations.history", status: 503, times: 2 });
    expect((await connection.port.history(general, 5)).map(({ text }) => text)).toEqual(["still here"]);
  });
});

describe("files", () => {
  const file = (name: string, text = "hello") => ({ name, content: new TextEncoder().encode(text) });

  it("follow the text as one message, in the same thread", async () => {
    const root = said("root");
    const sent = await connection.port.send(`${general}:${root.ts}`, {
      text: richText("The record:"),
      files: [file("record.txt", "ada: hi"), file("more.txt")],
    });
    const [, message, files] = harness.slack.seen("general");
    expect(message).toMatchObject({ ts: sent.id, text: "The record:", thread_ts: root.ts });
    expect(files).toMatchObject({ thread_ts: root.ts, files: [{ name: "record.txt", size: 7 }, { name: "more.txt" }] });
    expect(harness.slack.uploads.all.map(({ body }) => body.toString())).toEqual(["ada: hi", "hello"]);
    expect(sent.channelId).toBe(`${general}:${root.ts}`);
    await send({ files: [file("alone.txt")] });
    expect(harness.slack.seen("general").at(-1)).toMatchObject({ text: "", files: [{ name: "alone.txt" }] });
  });

  it("meant for one person alone go to them directly", async () => {
    harness.slack.slash({ channel: "general", user: "bob", command: "/harbour", text: "record" });
    const event = await harness.events.waitFor(({ kind }) => kind === "command");
    const message = { text: richText("Yours:"), files: [file("yours.txt")], ephemeral: true };
    await connection.port.reply(event.origin, message);
    expect(harness.slack.seen("general", "ada")).toEqual([]);
    expect(harness.slack.seen("general", "bob").map(({ text }) => text)).toEqual(["Yours:"]);
    expect(harness.slack.seen("@bob")).toMatchObject([{ files: [{ name: "yours.txt" }] }]);
  });

  it("say why they cannot be sent, and never arrive twice", async () => {
    expect(await platformError(send({ files: [file("empty.txt", "")] }))).toMatchObject({
      kind: "refused",
      message: "Slack takes no empty file, and empty.txt is empty.",
    });
    missing("files.getUploadURLExternal", "files:write");
    expect((await platformError(send({ files: [file("a.txt")] }))).message).toContain("lacks the scope files:write");
    harness.slack.misbehave({ method: "upload", status: 413 });
    expect(await platformError(send({ files: [file("a.txt")] }))).toMatchObject({ kind: "refused" });
    harness.slack.misbehave({ method: "upload", status: 502 });
    await send({ files: [file("again.txt")] });
    harness.slack.misbehave({ method: "files.completeUploadExternal", status: 500, afterEffect: true });
    expect(await platformError(send({ files: [file("once.txt")] }))).toMatchObject({
      kind: "unavailable",
      uncertain: true,
    });
    const names = harness.slack.seen("general").flatMap(({ files }) => files!.map(({ name }) => name));
    expect(names).toEqual(["again.txt", "once.txt"]);
  });
});
