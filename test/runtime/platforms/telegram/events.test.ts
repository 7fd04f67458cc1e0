import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ButtonEvent, MessageEditedEvent, MessageEvent } from "../../../../src/contracts/event.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, harbour } from "./harness.ts";

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});
afterEach(() => harness.close());

const said = async (text: string) =>
  (await harness.events.waitFor((event) => event.kind === "message" && event.message.text === text)) as MessageEvent;

describe("messages", () => {
  it("say who, where, what and when", async () => {
    const { telegram } = harness;
    const { ada, bob, group } = harbour(telegram);
    await harness.open();
    const first = telegram.say({ chat: group, from: bob, text: "anybody there?" });
    const sent = telegram.say({ chat: group, from: ada, text: "me", reply_to: first });
    expect(await said("me")).toEqual({
      kind: "message",
      key: `message:${group.id}:${sent.message_id}`,
      platform: "telegram",
      at: sent.date * 1000,
      server: { id: String(group.id), name: "Harbour" },
      channel: { id: String(group.id), name: "Harbour", direct: false },
      user: {
        platform: "telegram",
        id: String(ada.id),
        name: "Ada Lovelace",
        username: "ada",
        isBot: false,
        language: "en",
      },
      message: {
        id: String(sent.message_id),
        text: "me",
        entities: [],
        attachments: [],
        link: `https://t.me/c/${-group.id - 1_000_000_000_000}/${sent.message_id}`,
        repliedTo: {
          messageId: String(first.message_id),
          author: { platform: "telegram", id: String(bob.id), name: "Bob", isBot: false },
        },
      },
      origin: { chat: group.id, message: sent.message_id },
    });
  });

  it("tell where they lead to and whom they call by username", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    await harness.open();
    const text = "see https://example.org/x or this, @bob and @harbour_bot";
    const at = text.indexOf("this");
    telegram.say({
      chat: group,
      from: ada,
      text,
      entities: [{ type: "text_link", offset: at, length: 4, url: "https://t.me/+AbC" }],
      carries: { reply_markup: { inline_keyboard: [[{ text: "Go", url: "https://evil.example/" }]] } },
    });
    const { message } = await said(text);
    expect([...(message.links ?? [])].sort()).toEqual([
      "https://evil.example/",
      "https://example.org/x",
      "https://t.me/+AbC",
    ]);
    expect(message.usernames).toEqual(["bob"]);
    expect(message.entities.map(({ name }) => name)).toHaveLength(1);
  });

  it("tell the files that came with them, each once", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    await harness.open();
    const size = { file_id: "f", width: 90, height: 90 };
    const photo = [
      { ...size, file_unique_id: "small", file_size: 1000 },
      { ...size, file_unique_id: "large", file_size: 9000 },
    ];
    telegram.say({ chat: group, from: ada, text: "a photo", carries: { photo } });
    expect((await said("a photo")).message.attachments).toEqual([
      { id: "large", name: "photo", contentType: "image/jpeg", size: 9000 },
    ]);
    const document = { file_id: "g", file_unique_id: "cat", file_name: "cat.mp4", mime_type: "video/mp4" };
    const animation = { ...document, width: 90, height: 90, duration: 1 };
    telegram.say({ chat: group, from: ada, text: "a film", carries: { animation, document } });
    expect((await said("a film")).message.attachments).toEqual([
      { id: "cat", name: "cat.mp4", contentType: "video/mp4" },
    ]);
  });

  it("in private have no server", async () => {
    const { telegram } = harness;
    const { ada } = harbour(telegram);
    await harness.open();
    telegram.say({ chat: telegram.privateChat(ada), from: ada, text: "psst" });
    const event = await said("psst");
    expect(event.server).toBeUndefined();
    expect(event.message.link).toBeUndefined();
    expect(event.channel).toEqual({ id: String(ada.id), name: "Ada", direct: true });
  });

  it("of topics carry the topic as their channel, by name, and answer nothing by themselves", async () => {
    const { telegram } = harness;
    const { ada, olga, group } = harbour(telegram, { forum: true });
    const connection = await harness.open();
    const thread = telegram.openTopic(group, "Boats", olga);
    telegram.say({ chat: group, from: ada, text: "ahoy", thread });
    const event = await said("ahoy");
    expect(event.channel).toEqual({ id: `${group.id}/${thread}`, name: "Boats", direct: false });
    expect(event.message.repliedTo).toBeUndefined();
    await connection.port.reply(event.origin, { text: richText("hello boats") });
    expect(telegram.messages(group).at(-1)).toMatchObject({ text: "hello boats", message_thread_id: thread });
    expect(await connection.port.find("channel", String(group.id), "boats")).toMatchObject({ found: "one" });
  });

  it("written in the name of the group come from the group", async () => {
    const { telegram } = harness;
    const { olga, group } = harbour(telegram);
    const connection = await harness.open();
    telegram.say({ chat: group, from: olga, text: "official", sender_chat: group });
    expect((await said("official")).user).toMatchObject({ id: String(group.id), name: "Harbour", isBot: false });
    expect(await connection.port.standing(String(group.id), String(group.id))).toEqual({
      owner: false,
      rank: 1,
      roles: [],
    });
  });

  it("of other bots are marked as such, and notices are no messages", async () => {
    const { telegram } = harness;
    const { olga, group } = harbour(telegram);
    const robot = telegram.user({ first_name: "Robot", is_bot: true });
    telegram.setMember(group, robot, "member");
    await harness.open();
    telegram.rename(group, "Port", olga);
    telegram.say({ chat: group, from: robot, text: "beep" });
    expect((await said("beep")).user.isBot).toBe(true);
    expect(harness.events.all).toHaveLength(1);
  });
});

describe("commands", () => {
  it("are read at the start of a message, with the mentions in what follows", async () => {
    const { telegram } = harness;
    const { ada, bob, group } = harbour(telegram);
    await harness.open();
    telegram.say({
      chat: group,
      from: ada,
      text: "/Give  Bob 20",
      entities: [{ type: "text_mention", offset: 7, length: 3, user: bob }],
    });
    const event = await said("/Give  Bob 20");
    expect(event.call).toEqual({
      name: "give",
      addressed: false,
      input: {
        kind: "text",
        text: "Bob 20",
        entities: [
          {
            offset: 0,
            length: 3,
            kind: "user",
            id: String(bob.id),
            name: "Bob",
            person: { platform: "telegram", id: String(bob.id), name: "Bob", isBot: false },
          },
        ],
      },
    });
  });

  it("for this bot alone are addressed, and those for another bot are none", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    await harness.open();
    telegram.say({ chat: group, from: ada, text: "/rules@Harbour_Bot now" });
    telegram.say({ chat: group, from: ada, text: "/rules@other_bot" });
    telegram.say({ chat: group, from: ada, text: "see /rules" });
    telegram.say({ chat: telegram.privateChat(ada), from: ada, text: "/rules" });
    expect((await said("/rules@Harbour_Bot now")).call).toMatchObject({ name: "rules", addressed: true });
    expect((await said("/rules@other_bot")).call).toBeUndefined();
    expect((await said("see /rules")).call).toBeUndefined();
    expect((await said("/rules")).call).toMatchObject({ name: "rules", addressed: true });
  });
});

describe("members", () => {
  it("join once, though Telegram tells it twice", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    const [cleo, dan] = [telegram.user({ first_name: "Cleo" }), telegram.user({ first_name: "Dan" })];
    await harness.open();
    telegram.join(group, cleo);
    telegram.leave(group, cleo);
    telegram.join(group, cleo);
    telegram.join(group, dan, ada);
    telegram.say({ chat: group, from: ada, text: "welcome" });
    await said("welcome");
    const joins = harness.events.all.filter(({ kind }) => kind === "member_joined");
    expect(joins.map(({ user }) => user.name)).toEqual(["Cleo", "Cleo", "Dan"]);
    expect(joins[0]).toMatchObject({ server: { name: "Harbour" }, origin: { chat: group.id } });
  });

  it("leave once, by themselves or by force, though Telegram tells it twice", async () => {
    const { telegram } = harness;
    const { ada, bob, olga, group, serverId } = harbour(telegram);
    const plain = telegram.group({ title: "Plain", owner: olga, members: [ada] });
    const connection = await harness.open();
    telegram.leave(group, bob);
    await connection.port.ban(serverId, String(ada.id), undefined);
    telegram.leave(plain, ada, olga);
    telegram.setMember(plain, telegram.bot, "left");
    telegram.say({ chat: group, from: olga, text: "quiet here" });
    await said("quiet here");
    const left = harness.events.all.filter(({ kind }) => kind === "member_left");
    expect(left.map(({ user, server }) => `${user.name} ${server?.name}`)).toEqual([
      "Bob Harbour",
      "Ada Lovelace Harbour",
      "Ada Lovelace Plain",
    ]);
    expect(left[0]).toMatchObject({ channel: { name: "Harbour" }, origin: { chat: group.id } });
  });

  it("join where the bot is no administrator, too", async () => {
    const { telegram } = harness;
    const { olga } = harbour(telegram);
    const plain = telegram.group({ title: "Plain", owner: olga });
    await harness.open();
    telegram.join(plain, telegram.user({ first_name: "Cleo" }));
    const event = await harness.events.waitFor(({ kind }) => kind === "member_joined");
    expect(event.user.name).toBe("Cleo");
  });
});

describe("edits", () => {
  it("are events of their own, with what the message says now", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    await harness.open();
    const sent = telegram.say({ chat: group, from: ada, text: "draft" });
    const edited = telegram.edit(sent, "see https://example.org/x");
    const event = (await harness.events.waitFor(({ kind }) => kind === "message_edited")) as MessageEditedEvent;
    expect(event).toMatchObject({
      key: `edited:${group.id}:${sent.message_id}:${edited.edit_date}`,
      at: edited.edit_date! * 1000,
      server: { name: "Harbour" },
      channel: { name: "Harbour" },
      user: { name: "Ada Lovelace" },
      message: { id: String(sent.message_id), text: "see https://example.org/x", links: ["https://example.org/x"] },
      origin: { chat: group.id, message: sent.message_id },
    });
    expect("call" in event).toBe(false);
  });

  it("by Telegram itself are none, or the same as the last one", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    await harness.open();
    const sent = telegram.say({ chat: group, from: ada, text: "see https://example.org/x" });
    telegram.touch(sent);
    telegram.edit(sent, "see https://example.org/y");
    telegram.touch(sent);
    telegram.say({ chat: group, from: ada, text: "done" });
    await said("done");
    const keys = harness.events.all.filter(({ kind }) => kind === "message_edited").map(({ key }) => key);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});

describe("reactions", () => {
  const reactions = () =>
    harness.events.all.flatMap((event) =>
      event.kind === "reaction_added" || event.kind === "reaction_removed"
        ? [`${event.user.name} ${event.kind} ${event.emoji}`]
        : [],
    );

  it("are told one by one as they come and go", async () => {
    const { telegram } = harness;
    const { ada, olga, group } = harbour(telegram);
    await harness.open();
    const message = telegram.say({ chat: group, from: ada, text: "look" });
    telegram.react({ from: ada, message, emoji: ["👍"] });
    telegram.react({ from: ada, message, emoji: ["👍", "🔥"] });
    telegram.react({ from: ada, message, emoji: ["❤"] });
    telegram.react({ from: ada, message, emoji: [] });
    telegram.react({ from: olga, message, emoji: ["🎉"], as: group });
    const last = await harness.events.waitFor((event) => event.kind === "reaction_added" && event.emoji === "🎉");
    expect(reactions()).toEqual([
      "Ada Lovelace reaction_added 👍",
      "Ada Lovelace reaction_added 🔥",
      "Ada Lovelace reaction_removed 👍",
      "Ada Lovelace reaction_removed 🔥",
      "Ada Lovelace reaction_added ❤",
      "Ada Lovelace reaction_removed ❤",
      "Harbour reaction_added 🎉",
    ]);
    expect(new Set(harness.events.all.map(({ key }) => key)).size).toBe(harness.events.all.length);
    expect(last).toMatchObject({
      server: { name: "Harbour" },
      channel: { id: String(group.id) },
      user: { id: String(group.id), isBot: false },
      messageId: String(message.message_id),
      origin: { chat: group.id, message: message.message_id },
    });
  });

  it("can be answered at their message", async () => {
    const { telegram } = harness;
    const { ada, bob, group } = harbour(telegram);
    const connection = await harness.open();
    const message = telegram.say({ chat: group, from: ada, text: "look" });
    telegram.react({ from: bob, message, emoji: ["👍"] });
    const event = await harness.events.waitFor(({ kind }) => kind === "reaction_added");
    await connection.port.reply(event.origin, { text: richText("nice") });
    expect(telegram.messages(group).at(-1)).toMatchObject({ text: "nice", reply_to_message: { text: "look" } });
  });

  it("are not told where the bot is no administrator of a home group, and the log says so", async () => {
    const { telegram } = harness;
    const { group, serverId } = harbour(telegram);
    await (await harness.open(harness.plan({ settings: { servers: [serverId] } }))).close();
    expect(harness.logged.join()).not.toContain("reactions");
    telegram.setMember(group, telegram.bot, "member");
    await (await harness.open(harness.plan({ settings: { servers: [serverId] }, feeds: ["messages"] }))).close();
    expect(harness.logged.join()).not.toContain("reactions");
    const connection = await harness.open(harness.plan({ settings: { servers: serverId }, feeds: ["messages"] }));
    await connection.converge(harness.plan({ settings: { servers: serverId }, feeds: ["messages", "reactions"] }));
    expect(harness.logged.join()).toContain("reactions");
    expect(harness.logged.join()).toContain("Harbour");
  });
});

describe("topics", () => {
  it("that people open are threads, those of the bot are not told", async () => {
    const { telegram } = harness;
    const { ada, olga, group, serverId } = harbour(telegram, { forum: true });
    const connection = await harness.open();
    await connection.port.createThread(serverId, { name: "Own", isPrivate: false });
    const thread = telegram.openTopic(group, "Boats", olga);
    telegram.say({ chat: group, from: ada, text: "ahoy", thread });
    await said("ahoy");
    expect(harness.events.all.filter(({ kind }) => kind === "thread_created")).toEqual([
      expect.objectContaining({
        key: `thread:${group.id}:${thread}`,
        channel: { id: `${group.id}/${thread}`, name: "Boats", direct: false },
        user: expect.objectContaining({ name: "Olga" }),
        origin: { chat: group.id, message: thread, thread },
      }),
    ]);
  });
});

describe("presses", () => {
  it("carry the button's key and are acknowledged by themselves", async () => {
    const { telegram } = harness;
    const { ada, bob, group } = harbour(telegram);
    const connection = await harness.open();
    const sent = await connection.port.send(String(group.id), {
      text: richText("Press"),
      buttons: [{ key: "k-1", label: "Balance", style: "primary", emoji: "💰" }],
    });
    const message = telegram.messages(group).at(-1)!;
    const query = telegram.press({ from: bob, message, button: "💰 Balance" });
    const event = (await harness.events.waitFor(({ kind }) => kind === "button")) as ButtonEvent;
    expect(event).toMatchObject({
      button: "k-1",
      messageId: sent.id,
      user: { name: "Bob" },
      key: `callback:${query.id}`,
    });
    await telegram.calls.waitFor(({ method }) => method === "answerCallbackQuery");
    await connection.port.reply(event.origin, { text: richText("50 coins"), ephemeral: true });
    expect(telegram.messages(group).at(-1)).toMatchObject({ text: "50 coins", reply_to_message: { text: "Press" } });
    expect(ada.id).not.toBe(bob.id);
  });

  it("are answered for the person alone where the text is short, once", async () => {
    const { telegram } = harness;
    const { bob, group } = harbour(telegram);
    const connection = await harness.open();
    harness.answer = async (event) => {
      await connection.port.reply(event.origin, { text: richText("50 coins"), ephemeral: true });
    };
    await connection.port.send(String(group.id), {
      text: richText("Press"),
      buttons: [{ key: "k-1", label: "Balance", style: "secondary" }],
    });
    telegram.press({ from: bob, message: telegram.messages(group).at(-1)!, button: "Balance" });
    const call = await telegram.calls.waitFor(({ method }) => method === "answerCallbackQuery");
    expect(call.params).toMatchObject({ text: "50 coins", show_alert: true });
    await connection.stopIntake();
    expect(telegram.messages(group)).toHaveLength(1);
    expect(telegram.calls.all.filter(({ method }) => method === "answerCallbackQuery")).toHaveLength(1);
  });
});
