import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, harbour, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
const purging = () => harness.plan({ capabilities: ["messages.purge"] });
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open(purging());
});
afterEach(() => harness.close());

const calls = (method: string) => harness.telegram.calls.all.filter((call) => call.method === method);

/** Resolves when the bot has heard all that was said. */
async function heard(text: string): Promise<void> {
  await harness.events.waitFor((event) => event.kind === "message" && event.message.text === text);
}

const reopened = async () => {
  await connection.close();
  connection = await harness.open(purging());
};

describe("purging", () => {
  it("deletes the latest messages before one, the bot's own too, a hundred at once, and says how many", async () => {
    const { telegram } = harness;
    const { ada, bob, serverId, group } = harbour(telegram);
    for (let number = 1; number <= 130; number++)
      telegram.say({ chat: group, from: number % 2 === 0 ? bob : ada, text: `spam ${number}` });
    await heard("spam 130");
    await connection.port.send(serverId, { text: richText("stop it") });
    const command = telegram.say({ chat: group, from: ada, text: "/purge" });
    await heard("/purge");
    expect(await connection.port.purge(serverId, { most: 125, before: String(command.message_id) })).toBe(125);
    expect(telegram.messages(group).map(({ text }) => text)).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((number) => `spam ${number}`),
      "/purge",
    ]);
    expect(calls("deleteMessages").map(({ params }) => (params.message_ids as number[]).length)).toEqual([100, 25]);
    expect(calls("deleteMessage")).toEqual([]);
    expect(await connection.port.purge(serverId, { most: 500 })).toBe(7);
    expect(telegram.messages(group)).toEqual([]);
    expect(await connection.port.purge(serverId, { most: 500 })).toBe(0);
  });

  it("deletes those of one person only", async () => {
    const { telegram } = harness;
    const { ada, bob, serverId, group } = harbour(telegram);
    for (const [from, text] of [
      [ada, "one"],
      [bob, "two"],
      [ada, "three"],
      [bob, "four"],
    ] as const)
      telegram.say({ chat: group, from, text });
    await heard("four");
    expect(await connection.port.purge(serverId, { most: 10, by: String(ada.id) })).toBe(2);
    expect(telegram.messages(group).map(({ text }) => text)).toEqual(["two", "four"]);
  });

  it("finds out one by one what was written before it started, and counts what was there", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram);
    for (const text of ["old 1", "old 2", "old 3", "old 4"]) telegram.say({ chat: group, from: ada, text });
    await heard("old 4");
    const [, , gone] = telegram.messages(group);
    await reopened();
    telegram.remove(gone!);
    telegram.say({ chat: group, from: ada, text: "new" });
    const command = telegram.say({ chat: group, from: ada, text: "/purge" });
    await heard("/purge");
    const before = String(command.message_id);
    expect(await connection.port.purge(serverId, { most: 3, before })).toBe(3);
    expect(telegram.messages(group).map(({ text }) => text)).toEqual(["old 1", "/purge"]);
    expect(calls("deleteMessage")).toHaveLength(3);
    expect(await connection.port.purge(serverId, { most: 3, before })).toBe(1);
    expect(calls("deleteMessage")).toHaveLength(4);
  });

  it("tries no more than a hundred numbers", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram);
    for (let number = 1; number <= 150; number++) telegram.say({ chat: group, from: ada, text: `old ${number}` });
    await heard("old 150");
    for (const message of telegram.messages(group).slice(20)) telegram.remove(message);
    await reopened();
    telegram.say({ chat: group, from: ada, text: "new" });
    await heard("new");
    expect(await connection.port.purge(serverId, { most: 500 })).toBe(1);
    expect(calls("deleteMessage")).toHaveLength(100);
    expect(await connection.port.purge(serverId, { most: 500 })).toBe(20);
    expect(telegram.messages(group)).toEqual([]);
  });

  it("leaves what is older than two days", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram);
    const now = Math.floor(Date.now() / 1000);
    telegram.say({ chat: group, from: ada, text: "ancient", date: now - 5 * 86_400 });
    telegram.say({ chat: group, from: ada, text: "old", date: now - 2 * 86_400 });
    await heard("old");
    await reopened();
    telegram.say({ chat: group, from: ada, text: "also old", date: now - 2 * 86_400 });
    telegram.say({ chat: group, from: ada, text: "new" });
    await heard("new");
    expect(await connection.port.purge(serverId, { most: 100 })).toBe(1);
    expect(telegram.messages(group).map(({ text }) => text)).toEqual(["ancient", "old", "also old"]);
  });

  it("in a topic stays in it, and goes round the notice that opened it", async () => {
    const { telegram } = harness;
    const { ada, olga, serverId, group } = harbour(telegram, { forum: true });
    const boats = telegram.openTopic(group, "Boats", olga);
    telegram.say({ chat: group, from: ada, text: "general" });
    telegram.say({ chat: group, from: ada, text: "a boat", thread: boats });
    telegram.say({ chat: group, from: ada, text: "another boat", thread: boats });
    await heard("another boat");
    expect(await connection.port.purge(`${serverId}/${boats}`, { most: 50 })).toBe(2);
    expect(telegram.messages(group).map(({ text }) => text)).toEqual([undefined, "general"]);
    expect(await connection.port.purge(serverId, { most: 50 })).toBe(1);
    expect(calls("deleteMessage")).toEqual([]);
  });

  it("in private and basic groups deletes what the bot heard", async () => {
    const { telegram } = harness;
    const { ada, olga } = harbour(telegram);
    const home = telegram.privateChat(ada);
    const small = telegram.group({ title: "Small", type: "group", owner: olga, rights: ["can_delete_messages"] });
    for (const chat of [home, small]) {
      telegram.say({ chat, from: chat === home ? ada : olga, text: `in ${chat.type}` });
      await heard(`in ${chat.type}`);
      await connection.port.send(String(chat.id), { text: richText("yes?") });
      expect(await connection.port.purge(String(chat.id), { most: 50 })).toBe(2);
      expect(telegram.messages(chat)).toEqual([]);
    }
  });

  it("is refused in words", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram, { rights: ["can_restrict_members"] });
    expect(await platformError(connection.port.purge(serverId, { most: 5 }))).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("heard none here since it started"),
    });
    telegram.say({ chat: group, from: ada, text: "spam" });
    await heard("spam");
    expect(await platformError(connection.port.purge(serverId, { most: 5 }))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining("may delete messages"),
    });
    telegram.misbehave({ method: "deleteMessages", status: 429, parameters: { retry_after: 600 } });
    expect(await platformError(connection.port.purge(serverId, { most: 5 }))).toMatchObject({ kind: "rate_limited" });
  });
});

describe("locking", () => {
  const sends = (granted: boolean) => ({
    can_send_messages: granted,
    can_send_photos: granted,
    can_send_polls: granted,
    can_send_other_messages: granted,
  });

  it("keeps members from writing, and gives back exactly what they could do", async () => {
    const { telegram } = harness;
    const { ada, olga, serverId, group } = harbour(telegram);
    telegram.permit(group, { can_send_polls: false, can_change_info: true });
    const before = telegram.permissions(group);
    await connection.port.lock(serverId, true);
    expect(telegram.permissions(group)).toMatchObject({
      ...sends(false),
      can_change_info: true,
      can_invite_users: true,
      can_react_to_messages: true,
    });
    expect(() => telegram.say({ chat: group, from: ada, text: "hi" })).toThrow("may not write");
    telegram.say({ chat: group, from: olga, text: "calm down" });
    await connection.port.lock(serverId, true);
    telegram.permit(group, { can_invite_users: false });
    await reopened();
    await connection.port.lock(serverId, false);
    expect(telegram.permissions(group)).toEqual({ ...before, can_invite_users: false });
    await connection.port.lock(serverId, false);
    expect(calls("setChatPermissions").filter(({ outcome }) => outcome?.ok)).toHaveLength(2);
  });

  it("opens a group that was closed by hand, and leaves one alone that was opened by hand", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram);
    await connection.port.lock(serverId, true);
    telegram.permit(group, { can_send_messages: true });
    await connection.port.lock(serverId, false);
    expect(telegram.permissions(group)).toMatchObject({ can_send_messages: true, can_send_photos: false });
    telegram.permit(group, { can_send_messages: false });
    await connection.port.lock(serverId, false);
    expect(telegram.permissions(group)).toMatchObject(sends(true));
  });

  it("closes and reopens a topic", async () => {
    const { telegram } = harness;
    const { ada, olga, serverId, group } = harbour(telegram, { forum: true });
    const thread = telegram.openTopic(group, "Boats", olga);
    const topic = `${serverId}/${thread}`;
    await connection.port.lock(topic, true);
    await connection.port.lock(topic, true);
    expect(() => telegram.say({ chat: group, from: ada, text: "hi", thread })).toThrow("closed topic");
    await connection.port.lock(topic, false);
    await connection.port.lock(topic, false);
    expect(telegram.topics(group).get(thread)).toMatchObject({ closed: false });
    expect(calls("setChatPermissions")).toEqual([]);
  });

  it("is refused in words", async () => {
    const { telegram } = harness;
    const { ada, olga, serverId, group } = harbour(telegram, { forum: true, rights: [] });
    const thread = telegram.openTopic(group, "Boats", olga);
    expect(await platformError(connection.port.lock(serverId, true))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining("right to restrict members"),
    });
    expect(await platformError(connection.port.lock(`${serverId}/${thread}`, true))).toMatchObject({
      kind: "missing_right",
      message: "The bot may not manage topics here: make it an administrator who may manage topics.",
    });
    const home = telegram.privateChat(ada);
    expect(await platformError(connection.port.lock(String(home.id), true))).toMatchObject({ kind: "refused" });
  });
});

describe("topics", () => {
  it("are opened, written to, found by name after a restart, and closed", async () => {
    const { telegram } = harness;
    const { ada, serverId, group } = harbour(telegram, { forum: true });
    telegram.say({ chat: group, from: ada, text: "help" });
    await heard("help");
    const topic = await connection.port.createThread(serverId, { name: "Ticket of Ada", isPrivate: false });
    const thread = Number(topic.id.split("/")[1]);
    expect(topic).toEqual({ id: `${serverId}/${thread}`, name: "Ticket of Ada", direct: false });
    await connection.port.send(topic.id, { text: richText("what is it?") });
    expect(telegram.messages(group).at(-1)).toMatchObject({ text: "what is it?", message_thread_id: thread });
    await reopened();
    expect(await connection.port.find("channel", serverId, "ticket of ada")).toMatchObject({ id: topic.id });
    await connection.port.closeThread(topic.id);
    await connection.port.closeThread(topic.id);
    expect(telegram.topics(group).get(thread)).toMatchObject({ name: "Ticket of Ada", closed: true });
  });

  it("are opened in the group when asked for in a topic", async () => {
    const { telegram } = harness;
    const { olga, serverId, group } = harbour(telegram, { forum: true });
    const thread = telegram.openTopic(group, "Boats", olga);
    const topic = await connection.port.createThread(`${serverId}/${thread}`, { name: "Ships", isPrivate: false });
    expect(topic.name).toBe("Ships");
    expect([...telegram.topics(group).values()].map(({ name }) => name)).toEqual(["Boats", "Ships"]);
  });

  it("are not opened twice when the answer is lost", async () => {
    const { telegram } = harness;
    const { serverId, group } = harbour(telegram, { forum: true });
    telegram.misbehave({ method: "createForumTopic", close: true, carriedOut: true });
    const open = connection.port.createThread(serverId, { name: "Ships", isPrivate: false });
    expect(await platformError(open)).toMatchObject({ kind: "unavailable", uncertain: true });
    expect(telegram.topics(group).size).toBe(1);
  });

  it("are refused in words", async () => {
    const { telegram } = harness;
    const { ada, olga, serverId, group } = harbour(telegram, { forum: true, rights: [] });
    const plain = telegram.group({ title: "Plain", owner: olga, rights: ["can_manage_topics"] });
    const thread = telegram.openTopic(group, "Boats", olga);
    const topic = `${serverId}/${thread}`;
    const create = (where: string, more: { isPrivate?: boolean; messageId?: string } = {}) =>
      platformError(connection.port.createThread(where, { name: "Ships", isPrivate: false, ...more }));
    expect(await create(serverId)).toMatchObject({
      kind: "missing_right",
      message: "The bot may not manage topics here: make it an administrator who may manage topics.",
    });
    expect(await create(String(plain.id))).toMatchObject({
      kind: "refused",
      message: "This group has no topics: its owner can switch them on in the group's settings.",
    });
    expect(await create(serverId, { isPrivate: true })).toMatchObject({
      kind: "unsupported",
      message: "Telegram has no private threads: everybody in the group sees its topics.",
    });
    expect(await create(serverId, { messageId: "1" })).toMatchObject({ kind: "unsupported" });
    expect(await platformError(connection.port.addToThread(topic, String(ada.id)))).toMatchObject({
      kind: "unsupported",
      message: expect.stringContaining("everybody in the group sees it"),
    });
    expect(await platformError(connection.port.closeThread(serverId))).toMatchObject({
      message: "This is not a topic.",
    });
    expect(await platformError(connection.port.closeThread(topic))).toMatchObject({ kind: "missing_right" });
    telegram.setMember(group, telegram.bot, "administrator", ["can_manage_topics"]);
    expect(await platformError(connection.port.closeThread(`${serverId}/99`))).toMatchObject({
      kind: "not_found",
      message: "This topic is no longer there.",
    });
  });
});

it("says in words what Telegram has not", async () => {
  const { serverId } = harbour(harness.telegram);
  for (const call of [
    connection.port.slowmode(serverId, 1000),
    connection.port.setNickname(serverId, "1", "x"),
    connection.port.history(serverId, 5),
  ])
    expect(await platformError(call)).toMatchObject({
      kind: "unsupported",
      message: expect.stringContaining("Telegram has no way to"),
    });
});
