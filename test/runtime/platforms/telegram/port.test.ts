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

describe("sending", () => {
  it("shows an embed as text, buttons in rows, and a picture under it", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram);
    const sent = await connection.port.send(serverId, {
      text: [{ type: "mention", target: { kind: "user", id: String(ada.id), name: "Ada" } }, ...richText(" got it")],
      embed: {
        title: richText("Sent"),
        url: "https://example.org/",
        text: richText("20 coins"),
        fields: [{ name: richText("To"), value: richText("Bob"), inline: true }],
        footer: richText("harbour"),
        image: "https://example.org/coin.png",
        color: "green",
      },
      buttons: [
        { key: "a", label: "My balance", style: "primary" },
        { key: "b", label: "Undo", style: "danger" },
        { label: "A very long label of a page", style: "secondary", url: "https://example.org/" },
      ],
    });
    const message = telegram.messages(group).at(-1)!;
    expect(sent).toEqual({ id: String(message.message_id), channelId: serverId });
    expect(message.text).toBe("Ada got it\n\nSent\n\n20 coins\n\nTo\nBob\n\nharbour");
    expect(message.entities).toEqual([
      expect.objectContaining({
        type: "text_mention",
        offset: 0,
        length: 3,
        user: expect.objectContaining({ id: ada.id }),
      }),
      { type: "bold", offset: 12, length: 4 },
      { type: "text_link", offset: 12, length: 4, url: "https://example.org/" },
      { type: "bold", offset: 28, length: 2 },
      { type: "italic", offset: 36, length: 7 },
    ]);
    expect(message.reply_markup?.inline_keyboard).toEqual([
      [
        { text: "My balance", callback_data: "a", style: "primary" },
        { text: "Undo", callback_data: "b", style: "danger" },
      ],
      [{ text: "A very long label of a page", url: "https://example.org/" }],
    ]);
    expect(message.link_preview_options).toMatchObject({ url: "https://example.org/coin.png" });
  });

  it("replies in a group with a quotation, in private without, also when the question is gone", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    const home = telegram.privateChat(ada);
    const asked = telegram.say({ chat: group, from: ada, text: "who?" });
    const gone = telegram.say({ chat: group, from: ada, text: "gone" });
    const private_ = telegram.say({ chat: home, from: ada, text: "hm?" });
    await harness.events.waitForCount(3, () => true);
    telegram.remove(gone);
    for (const event of harness.events.all) await connection.port.reply(event.origin, { text: richText("me") });
    expect(telegram.messages(group).filter(({ text }) => text === "me")).toMatchObject([
      { reply_to_message: { message_id: asked.message_id } },
      {},
    ]);
    expect(telegram.messages(home).at(-1)!.reply_to_message).toBeUndefined();
    expect(private_.chat.id).toBe(ada.id);
  });

  it("cuts what is too long at a line, and hangs the buttons under the end", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    const line = `${"word ".repeat(60)}\n`;
    await connection.port.send(serverId, {
      text: [{ type: "bold", children: richText(line.repeat(30)) }],
      buttons: [{ key: "k", label: "More", style: "secondary" }],
    });
    const messages = telegram.messages(group);
    expect(messages).toHaveLength(3);
    expect(messages.map(({ text }) => text!.length).every((length) => length <= 4096)).toBe(true);
    expect(messages.map(({ reply_markup }) => reply_markup !== undefined)).toEqual([false, false, true]);
    expect(messages.every(({ entities }) => entities?.[0]?.type === "bold")).toBe(true);
  });

  it("writes something on a button whose words came out empty", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    const buttons = [{ key: "k", label: " ", style: "secondary" as const }];
    await connection.port.send(serverId, { text: richText("Press"), buttons });
    expect(telegram.messages(group)[0]!.reply_markup).toMatchObject({ inline_keyboard: [[{ text: "…" }]] });
  });

  it("keeps the order of messages to one chat", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    telegram.misbehave({ method: "sendMessage", delay: 60 });
    await Promise.all(["1", "2", "3"].map((text) => connection.port.send(serverId, { text: richText(text) })));
    expect(telegram.messages(group).map(({ text }) => text)).toEqual(["1", "2", "3"]);
  });

  it("says in words why a message cannot be sent", async () => {
    const { telegram } = harness;
    const { ada, bob, serverId, group } = harbour(telegram);
    const text = richText("hi");
    expect(await platformError(connection.port.direct(String(bob.id), { text }))).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("press Start"),
    });
    expect(await platformError(connection.port.send("-77", { text }))).toMatchObject({ kind: "not_found" });
    expect(await platformError(connection.port.send("general", { text }))).toMatchObject({ kind: "not_found" });
    expect(await platformError(connection.port.send(serverId, {}))).toMatchObject({ message: "The message is empty." });
    telegram.privateChat(ada);
    await connection.port.direct(String(ada.id), { text });
    telegram.setMember(group, telegram.bot, "kicked");
    expect(await platformError(connection.port.send(serverId, { text }))).toMatchObject({
      kind: "not_found",
      message: "The bot is no longer in this chat.",
    });
  });
});

describe("messages of others", () => {
  it("get reactions, with or without a variation selector, and only those that Telegram has", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram);
    const message = telegram.say({ chat: group, from: ada, text: "hi" });
    await connection.port.react(serverId, String(message.message_id), "❤️");
    expect(telegram.calls.all.at(-1)!.params.reaction).toEqual([{ type: "emoji", emoji: "❤" }]);
    expect(await platformError(connection.port.react(serverId, "99", "👍"))).toMatchObject({ kind: "not_found" });
  });

  it("are deleted, and it is said why not", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram);
    const message = telegram.say({ chat: group, from: ada, text: "spam" });
    await connection.port.deleteMessage(serverId, String(message.message_id));
    expect(telegram.messages(group)).toEqual([]);
    const again = connection.port.deleteMessage(serverId, String(message.message_id));
    expect(await platformError(again)).toMatchObject({ kind: "not_found", message: "The message is no longer there." });
    telegram.setMember(group, telegram.bot, "member");
    const other = telegram.say({ chat: group, from: ada, text: "spam" });
    expect(await platformError(connection.port.deleteMessage(serverId, String(other.message_id)))).toMatchObject({
      kind: "missing_right",
    });
  });
});

describe("moderation", () => {
  it("mutes for a time and lifts it again", async () => {
    const { telegram } = harness;
    const { bob, serverId, group } = harbour(telegram);
    const until = Date.now() + 600_000;
    await connection.port.mute(serverId, String(bob.id), until, "flooding");
    expect(telegram.member(group, bob)).toMatchObject({
      status: "restricted",
      can_send_messages: false,
      until_date: Math.ceil(until / 1000),
    });
    await connection.port.unmute(serverId, String(bob.id));
    expect(telegram.member(group, bob)).toMatchObject({ status: "member" });
  });

  it("never turns a short mute into one for ever", async () => {
    const { telegram } = harness;
    const { bob, serverId, group } = harbour(telegram);
    await connection.port.mute(serverId, String(bob.id), Date.now() + 1000);
    const { until_date } = telegram.member(group, bob) as { until_date: number };
    expect(until_date * 1000).toBeGreaterThan(Date.now() + 30_000);
    await connection.port.mute(serverId, String(bob.id), Date.now() + 800 * 86_400_000);
    expect(telegram.member(group, bob)).toMatchObject({ until_date: 0 });
  });

  it("kicks so that the person can come back, bans so that they cannot", async () => {
    const { telegram } = harness;
    const { ada, bob, serverId, group } = harbour(telegram);
    await connection.port.kick(serverId, String(bob.id));
    expect(telegram.member(group, bob).status).toBe("left");
    expect(await platformError(connection.port.kick(serverId, String(bob.id)))).toMatchObject({ kind: "not_found" });
    await connection.port.ban(serverId, String(ada.id), undefined);
    expect(telegram.member(group, ada).status).toBe("kicked");
    await connection.port.unban(serverId, String(ada.id));
    expect(telegram.member(group, ada).status).toBe("left");
  });

  it("says why it cannot", async () => {
    const { telegram } = harness;
    const { ada, bob, olga, serverId, group } = harbour(telegram);
    expect(await platformError(connection.port.ban(serverId, String(olga.id), undefined))).toMatchObject({
      kind: "missing_right",
    });
    telegram.setMember(group, telegram.bot, "member");
    expect(await platformError(connection.port.ban(serverId, String(bob.id), undefined))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining("make it an administrator"),
    });
    const small = telegram.group({ title: "Small", type: "group", owner: olga, members: [ada], rights: [] });
    expect(await platformError(connection.port.mute(String(small.id), String(ada.id), undefined))).toMatchObject({
      kind: "unsupported",
      message: expect.stringContaining("supergroup"),
    });
    expect(await platformError(connection.port.ban(serverId, serverId, undefined))).toMatchObject({ kind: "refused" });
    expect(await platformError(connection.port.addRole(serverId, "1", "2"))).toMatchObject({ kind: "unsupported" });
  });
});

describe("standing", () => {
  it("ranks the owner over administrators over members", async () => {
    const { telegram } = harness;
    const { ada, bob, olga, serverId, group } = harbour(telegram);
    telegram.setMember(group, ada, "administrator", ["can_delete_messages", "can_pin_messages"]);
    const standing = async (id: number) => (await connection.port.standing(serverId, String(id)))!;
    expect(await standing(olga.id)).toMatchObject({ owner: true, rank: 2 });
    expect((await standing(olga.id)).rights!.has("administrator")).toBe(true);
    expect([...(await standing(ada.id)).rights!].sort()).toEqual([
      "add_reactions",
      "manage_messages",
      "pin_messages",
      "read_messages",
      "send_messages",
    ]);
    expect(await standing(bob.id)).toMatchObject({ owner: false, rank: 0, roles: [] });
    const own = (await connection.port.botStanding(serverId))!;
    expect(own.rank).toBe(1);
    expect(own.rights!.has("ban_members") && own.rights!.has("manage_messages")).toBe(true);
    expect(await connection.port.standing(serverId, "99999")).toBeUndefined();
  });

  it("is remembered where changes are announced, and follows them", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram);
    const asked = () => telegram.calls.all.filter(({ method }) => method === "getChatMember").length;
    await connection.port.standing(serverId, String(ada.id));
    const before = asked();
    await connection.port.standing(serverId, String(ada.id));
    expect(asked()).toBe(before);
    telegram.setMember(group, ada, "administrator", ["can_restrict_members"]);
    telegram.say({ chat: group, from: ada, text: "promoted" });
    await harness.events.waitFor((event) => event.kind === "message");
    expect((await connection.port.standing(serverId, String(ada.id)))!.rights!.has("ban_members")).toBe(true);
    expect(asked()).toBe(before);
    telegram.setMember(group, telegram.bot, "member");
    telegram.say({ chat: group, from: ada, text: "demoted" });
    await harness.events.waitForCount(2, (event) => event.kind === "message");
    await connection.port.standing(serverId, String(ada.id));
    expect(asked()).toBe(before + 1);
  });
});

describe("names", () => {
  it("of chats are found by id, by @username, and by title once seen", async () => {
    const { telegram } = harness;
    const { ada, olga, serverId, group } = harbour(telegram);
    const open = telegram.group({ title: "Open Sea", owner: olga, username: "opensea" });
    expect(await connection.port.find("channel", serverId, String(open.id))).toEqual({
      found: "one",
      id: String(open.id),
      name: "Open Sea",
    });
    expect(await connection.port.find("channel", serverId, "@OpenSea")).toMatchObject({ id: String(open.id) });
    telegram.say({ chat: group, from: ada, text: "hi" });
    await harness.events.waitFor(() => true);
    expect(await connection.port.find("channel", serverId, "harbour")).toMatchObject({ found: "one", id: serverId });
    expect(await connection.port.find("channel", serverId, "harbor")).toEqual({ found: "none", near: "Harbour" });
    expect(await connection.port.find("user", serverId, "ada")).toEqual({ found: "none" });
    expect(await connection.port.find("user", serverId, String(ada.id))).toMatchObject({ name: "Ada Lovelace" });
    expect(await connection.port.find("role", serverId, "Mods")).toEqual({ found: "none" });
  });

  it("that a person types stand for their own chat and its topics, and for no other", async () => {
    const { telegram } = harness;
    const { ada, olga, serverId, group } = harbour(telegram);
    const open = telegram.group({ title: "Open Sea", owner: olga, members: [ada], username: "opensea" });
    telegram.say({ chat: open, from: ada, text: "hi" });
    telegram.say({ chat: group, from: ada, text: "hi" });
    await harness.events.waitForCount(2, () => true);
    const { find } = connection.port;
    for (const name of [String(open.id), `${open.id}/7`, "@opensea", "Open Sea", "Open Se"])
      expect(await find("channel", serverId, name, "person"), name).toEqual({ found: "none" });
    expect(await find("channel", serverId, "Harbour", "person")).toMatchObject({ found: "one", id: serverId });
    expect(await find("channel", serverId, serverId, "person")).toMatchObject({ found: "one", id: serverId });
    expect(await find("channel", String(open.id), "@opensea", "person")).toMatchObject({ id: String(open.id) });
  });

  it("that fit two chats are said to be many", async () => {
    const { telegram } = harness;
    const { ada, olga } = harbour(telegram);
    for (const title of ["Games", "games"]) {
      const chat = telegram.group({ title, owner: olga, members: [ada] });
      telegram.say({ chat, from: ada, text: "hi" });
    }
    await harness.events.waitForCount(2, () => true);
    expect(await connection.port.find("channel", "-1", "GAMES")).toEqual({ found: "many" });
  });

  it("of home groups and people are resolved", async () => {
    const { telegram } = harness;
    const { ada, olga, serverId } = harbour(telegram);
    const strange = telegram.group({ title: "Strange", owner: olga });
    telegram.setMember(strange, telegram.bot, "left");
    expect(await connection.port.server(serverId)).toEqual({ id: serverId, name: "Harbour" });
    expect(await connection.port.server("Harbour")).toEqual({ id: serverId, name: "Harbour" });
    expect(await connection.port.server(String(strange.id))).toBeUndefined();
    expect(await connection.port.server("-1")).toBeUndefined();
    expect(await connection.port.person(serverId, String(ada.id))).toMatchObject({ username: "ada" });
    expect(await connection.port.person(undefined, "99")).toBeUndefined();
    expect(await connection.port.channel(serverId)).toEqual({ id: serverId, name: "Harbour", direct: false });
    expect(connection.port.self()).toMatchObject({ username: "harbour_bot", isBot: true });
  });
});
