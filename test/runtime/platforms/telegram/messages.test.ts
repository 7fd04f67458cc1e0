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

const methods = () => harness.telegram.calls.all.map(({ method }) => method).filter((each) => each !== "getUpdates");
const file = (name: string, content = "hello") => ({ name, content: Buffer.from(content) });

describe("editing", () => {
  it("replaces text, formatting and buttons, and takes buttons away that are not written again", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    const sent = await connection.port.send(serverId, {
      text: richText("Open"),
      buttons: [{ key: "a", label: "Take it", style: "primary" }],
    });
    await connection.port.editMessage(serverId, sent.id, {
      text: [{ type: "bold", children: richText("Taken") }],
      buttons: [{ key: "b", label: "Give back", style: "secondary" }],
    });
    expect(telegram.messages(group)).toMatchObject([
      {
        text: "Taken",
        entities: [{ type: "bold", offset: 0, length: 5 }],
        reply_markup: { inline_keyboard: [[{ text: "Give back", callback_data: "b" }]] },
      },
    ]);
    await connection.port.editMessage(serverId, sent.id, {
      embed: { title: richText("Closed"), image: "https://example.org/closed.png" },
    });
    const [message] = telegram.messages(group);
    expect(message).toMatchObject({ text: "Closed", link_preview_options: { url: "https://example.org/closed.png" } });
    expect(message!.reply_markup).toBeUndefined();
  });

  it("to what it says already is done", async () => {
    const { serverId } = harbour(harness.telegram);
    const sent = await connection.port.send(serverId, { text: richText("same") });
    await connection.port.editMessage(serverId, sent.id, { text: richText("same") });
    expect(harness.telegram.calls.all.at(-1)).toMatchObject({ method: "editMessageText", outcome: { ok: false } });
  });

  it("changes the text under a file", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    const sent = await connection.port.send(serverId, { text: richText("Draft"), files: [file("plan.txt")] });
    await connection.port.editMessage(serverId, sent.id, { text: richText("Final") });
    await connection.port.editMessage(serverId, sent.id, { text: richText("Final") });
    expect(telegram.messages(group)).toMatchObject([{ caption: "Final", document: { file_name: "plan.txt" } }]);
    expect(
      await platformError(connection.port.editMessage(serverId, sent.id, { text: richText("x".repeat(1025)) })),
    ).toMatchObject({ kind: "refused", message: expect.stringContaining("1,024") });
  });

  it("is refused in words", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram);
    const said = telegram.say({ chat: group, from: ada, text: "mine" });
    const edit = (id: string, message = { text: richText("x") }) =>
      platformError(connection.port.editMessage(serverId, id, message));
    expect(await edit(String(said.message_id))).toMatchObject({
      kind: "refused",
      message: "The bot can change only messages of its own.",
    });
    expect(await edit("99")).toMatchObject({ kind: "not_found", message: "The message is no longer there." });
    expect(await edit("callback:7")).toMatchObject({ kind: "not_found" });
    expect(await edit("99", { text: richText("x".repeat(4097)) })).toMatchObject({
      message: expect.stringContaining("4,096"),
    });
    expect(await edit("99", { text: richText("") })).toMatchObject({ message: "The message is empty." });
    expect(
      await platformError(connection.port.editMessage(serverId, "99", { text: richText("x"), files: [file("a")] })),
    ).toMatchObject({ message: "Telegram cannot put a file into a message that is sent already." });
  });

  it("waits out a flood answer and comes through a lost one", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    const sent = await connection.port.send(serverId, { text: richText("one") });
    telegram.misbehave({ method: "editMessageText", status: 429, parameters: { retry_after: 1 } });
    telegram.misbehave({ method: "editMessageText", close: true, carriedOut: true });
    await connection.port.editMessage(serverId, sent.id, { text: richText("two") });
    expect(telegram.messages(group)).toMatchObject([{ text: "two" }]);
    expect(methods().filter((method) => method === "editMessageText")).toHaveLength(3);
  });
});

describe("pinning", () => {
  it("pins without a sound, unpins, and is done where it was so before", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram);
    const id = telegram.say({ chat: group, from: ada, text: "rules" }).message_id;
    await connection.port.pin(serverId, String(id), true);
    expect(telegram.pinned(group)).toEqual([id]);
    expect(telegram.calls.all.at(-1)!.params.disable_notification).toBe(true);
    await connection.port.pin(serverId, String(id), false);
    await connection.port.pin(serverId, String(id), false);
    expect(telegram.pinned(group)).toEqual([]);
  });

  it("is refused in words", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram, { rights: [] });
    const id = String(telegram.say({ chat: group, from: ada, text: "rules" }).message_id);
    expect(await platformError(connection.port.pin(serverId, id, true))).toMatchObject({
      kind: "missing_right",
      message: "The bot may not pin messages here: make it an administrator who may pin messages.",
    });
    telegram.setMember(group, telegram.bot, "administrator", ["can_pin_messages"]);
    expect(await platformError(connection.port.pin(serverId, "99", true))).toMatchObject({ kind: "not_found" });
    expect(await platformError(connection.port.pin(serverId, "99", false))).toMatchObject({
      kind: "not_found",
      message: "The message is no longer there.",
    });
  });
});

describe("typing", () => {
  it("is shown in chats and topics", async () => {
    const { telegram } = harness;
    const { olga, serverId, group } = harbour(telegram, { forum: true });
    const thread = telegram.openTopic(group, "Boats", olga);
    await connection.port.typing(serverId);
    await connection.port.typing(`${serverId}/${thread}`);
    const shown = telegram.calls.all.filter(({ method }) => method === "sendChatAction").map(({ params }) => params);
    expect(shown).toEqual([
      { chat_id: group.id, action: "typing" },
      { chat_id: group.id, action: "typing", message_thread_id: thread },
    ]);
    telegram.setMember(group, telegram.bot, "left");
    expect(await platformError(connection.port.typing(serverId))).toMatchObject({ kind: "not_found" });
  });
});

describe("files", () => {
  it("carry a short text and the buttons beneath them, whatever is in them", async () => {
    const { telegram } = harness;
    const { ada, olga, group } = harbour(telegram, { forum: true });
    const thread = telegram.openTopic(group, "Boats", olga);
    const asked = telegram.say({ chat: group, from: ada, text: "the log?", thread });
    const event = await harness.events.waitFor(({ kind }) => kind === "message");
    const odd = Buffer.from([0, 255, 13, 10, 45, 45, ...Buffer.from("----botctl-0\r\n"), 128]);
    const sent = await connection.port.reply(event.origin, {
      text: [{ type: "bold", children: richText("Here, café ☕") }],
      files: [{ name: 'lög "1".txt', content: odd }],
      buttons: [{ key: "k", label: "Again", style: "secondary" }],
    });
    const message = telegram.messages(group).at(-1)!;
    expect(message).toMatchObject({
      message_id: Number(sent.id),
      message_thread_id: thread,
      caption: "Here, café ☕",
      caption_entities: [{ type: "bold", offset: 0, length: 12 }],
      document: { file_size: odd.length },
      reply_to_message: { message_id: asked.message_id },
      reply_markup: { inline_keyboard: [[{ text: "Again" }]] },
    });
    const call = telegram.calls.all.find(({ method }) => method === "sendDocument")!;
    expect(call.files.get("file")!.content.equals(odd)).toBe(true);
    expect(call.files.get("file")!.file_name).toContain("lög");
  });

  it("follow a long text, whose end has the buttons", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    const sent = await connection.port.send(serverId, {
      text: richText("word ".repeat(300)),
      files: [file("a.txt"), file("b.txt")],
      buttons: [{ key: "k", label: "More", style: "secondary" }],
    });
    const [text, a, b] = telegram.messages(group);
    expect(text).toMatchObject({ message_id: Number(sent.id), reply_markup: {} });
    expect([a!.document!.file_name, b!.document!.file_name]).toEqual(["a.txt", "b.txt"]);
    expect([a!.caption, b!.caption]).toEqual([undefined, undefined]);
  });

  it("are sent without a text, and several with the text under the last", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    await connection.port.send(serverId, { files: [file("only.txt")] });
    await connection.port.send(serverId, { text: richText("both"), files: [file("a.txt"), file("b.txt")] });
    expect(telegram.messages(group).map(({ caption, document }) => [document!.file_name, caption])).toEqual([
      ["only.txt", undefined],
      ["a.txt", undefined],
      ["b.txt", "both"],
    ]);
  });

  it("keep their place among other messages, and are never sent twice", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    telegram.misbehave({ method: "sendDocument", delay: 60 });
    await Promise.all([
      connection.port.send(serverId, { text: richText("1"), files: [file("a.txt")] }),
      connection.port.send(serverId, { text: richText("2") }),
    ]);
    expect(telegram.messages(group).map(({ text, caption }) => text ?? caption)).toEqual(["1", "2"]);
    telegram.misbehave({ method: "sendDocument", close: true, carriedOut: true });
    expect(await platformError(connection.port.send(serverId, { files: [file("b.txt")] }))).toMatchObject({
      kind: "unavailable",
      uncertain: true,
    });
    expect(telegram.messages(group)).toHaveLength(3);
  });

  it("are refused in words when they are empty or too large, and to who has blocked the bot", async () => {
    const { telegram } = harness;
    const { ada, serverId } = harbour(telegram);
    expect(await platformError(connection.port.send(serverId, { files: [file("a.txt", "")] }))).toMatchObject({
      kind: "refused",
      message: "The file is empty, and Telegram takes no empty files.",
    });
    telegram.misbehave({ method: "sendDocument", status: 413, description: "Request Entity Too Large" });
    expect(await platformError(connection.port.send(serverId, { files: [file("a.txt")] }))).toMatchObject({
      kind: "refused",
      message: "The file is too large: Telegram takes at most 50 MB from a bot.",
    });
    telegram.privateChat(ada);
    await connection.stopIntake();
    telegram.block(ada);
    for (let round = 0; round < 2; round++)
      expect(await platformError(connection.port.direct(String(ada.id), { files: [file("a.txt")] }))).toMatchObject({
        message: "This person has blocked the bot.",
      });
    expect(methods().filter((method) => method === "sendDocument")).toHaveLength(3);
  });
});
