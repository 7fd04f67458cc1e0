import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutMessage } from "../../../../src/contracts/message.ts";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { type RichText, richText } from "../../../../src/language/rich-text.ts";
import { createHarness, everyFeed, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open();
});
afterEach(() => harness.close());

const say = async (message: OutMessage) => {
  const { general } = ids(harness);
  const before = harness.discord.posts.all.length;
  const sent = await connection.port.send(general, message);
  const posts = harness.discord.posts.all.slice(before).map((post) => post.message);
  expect(sent).toEqual({ id: posts.at(-1)!.id, channelId: general });
  return posts;
};
const hi = { text: richText("hi") };
const day = 86_400_000;

describe("messages", () => {
  it("answers a message with a reference that pings nobody", async () => {
    const asked = harness.discord.say({ author: "Ada", content: "hello" });
    const event = await harness.events.waitFor(() => true);
    await connection.port.reply(event.origin, hi);
    const { message } = await harness.discord.posts.waitFor(() => true);
    expect(message).toMatchObject({ content: "hi", message_reference: { message_id: asked.id }, mentions: [] });
  });

  it("answers a message that is gone", async () => {
    const asked = harness.discord.say({ author: "Ada", content: "hello" });
    const event = await harness.events.waitFor(() => true);
    harness.discord.erase(asked);
    await connection.port.reply(event.origin, hi);
    expect(harness.discord.posts.all).toHaveLength(1);
  });

  it("pings only whom a mention names", async () => {
    const { ada, bob, moderator, newcomer } = ids(harness);
    const [message] = await say({
      text: [
        { type: "mention", target: { kind: "user", id: ada, name: "Ada" } },
        { type: "text", text: ` @everyone <@${bob}> <@&${newcomer}>` },
        { type: "mention", target: { kind: "role", id: moderator, name: "Moderator" } },
      ],
    });
    expect(message?.mentions.map(({ id }) => id)).toEqual([ada]);
    expect(message?.mention_roles).toEqual([moderator]);
    expect(message?.mention_everyone).toBe(false);
  });

  it("pings everybody only when told, with the right to", async () => {
    harness.discord.setPermissions("@everyone", ["ViewChannel", "SendMessages", "MentionEveryone"]);
    const everyone = { type: "mention", target: { kind: "everyone", id: "everyone", name: "everyone" } } as const;
    const [quiet] = await say({ text: [everyone] });
    expect(quiet?.mention_everyone).toBe(false);
    const [loud] = await say({ text: [everyone], mentionEveryone: true });
    expect(loud?.mention_everyone).toBe(true);
    const typed = ["@everyone", "@here", "`@everyone", "https://example.org/@everyone"];
    const channel = { type: "mention", target: { kind: "everyone", id: "channel", name: "channel" } } as const;
    for (const text of typed)
      for (const node of [
        { type: "text", text },
        { type: "code", text },
        { type: "code_block", text },
      ] as const) {
        const [message] = await say({ text: [node, channel], mentionEveryone: true });
        expect(message?.mention_everyone).toBe(false);
      }
  });

  it("sends an embed within its limits", async () => {
    const [message] = await say({
      embed: {
        title: richText("t".repeat(300)),
        text: richText("d".repeat(5000)),
        url: "https://example.org/",
        color: "green",
        image: "https://example.org/ship.png",
        footer: richText("*foot*"),
        fields: Array.from({ length: 30 }, (_, index) => ({
          name: richText(index === 0 ? "" : "name"),
          value: richText("value"),
          inline: true,
        })),
      },
    });
    const [embed] = message?.embeds ?? [];
    expect(embed?.title).toHaveLength(256);
    expect(embed?.title?.endsWith("…")).toBe(true);
    expect(embed?.description).toHaveLength(4096);
    expect(embed?.fields).toHaveLength(25);
    expect(embed).toMatchObject({ color: 0x2ecc71, url: "https://example.org/", footer: { text: "*foot*" } });
  });

  it("keeps an embed under six thousand characters in all", async () => {
    const [message] = await say({
      embed: {
        text: richText("d".repeat(4096)),
        fields: Array.from({ length: 5 }, () => ({
          name: richText("n"),
          value: richText("v".repeat(1024)),
          inline: false,
        })),
      },
    });
    const [embed] = message?.embeds ?? [];
    const total =
      (embed?.description?.length ?? 0) + (embed?.fields ?? []).reduce((sum, { value }) => sum + value.length + 1, 0);
    expect(total).toBeLessThanOrEqual(6000);
    expect(embed?.fields).toHaveLength(1);
  });

  it("lays buttons out in rows of five, with links and emoji", async () => {
    const [message] = await say({
      ...hi,
      buttons: [
        ...Array.from({ length: 5 }, (_, index) => ({
          key: `k${index}`,
          label: `${index}`,
          style: "success" as const,
        })),
        { label: "Rules", style: "secondary", url: "https://example.org/rules", emoji: "📜" },
        { key: "last", label: "x".repeat(90), style: "danger", emoji: "<:ship:1234567890>" },
      ],
    });
    const rows = (message?.components ?? []) as unknown as { components: Record<string, unknown>[] }[];
    expect(rows.map((row) => row.components.length)).toEqual([5, 2]);
    expect(rows[0]?.components[0]).toMatchObject({ custom_id: "k0", label: "0", style: 3 });
    expect(rows[1]?.components[0]).toMatchObject({ style: 5, url: "https://example.org/rules", emoji: { name: "📜" } });
    expect(rows[1]?.components[1]).toMatchObject({ custom_id: "last", emoji: { id: "1234567890", name: "ship" } });
  });

  it("splits what is too long at a line, with the buttons under the end", async () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index} ${"x".repeat(60)}`);
    const messages = await say({
      text: richText(lines.join("\n")),
      buttons: [{ key: "k", label: "more", style: "primary" }],
      nonce: "run-1",
    });
    expect(messages.length).toBeGreaterThan(3);
    expect(messages.every(({ content }) => content.length <= 2000)).toBe(true);
    expect(messages.map(({ content }) => content).join("\n")).toBe(lines.join("\n"));
    expect(messages.map(({ components }) => components?.length ?? 0).filter(Boolean)).toHaveLength(1);
    expect(messages.at(-1)?.components).toHaveLength(1);
    expect(new Set(messages.map(({ nonce }) => nonce)).size).toBe(messages.length);
  });

  it("refuses an empty message without asking Discord", async () => {
    const { general } = ids(harness);
    expect(await platformError(connection.port.send(general, { text: richText("  \n") }))).toMatchObject({
      kind: "refused",
      message: "The message is empty.",
    });
    expect(harness.writes()).toEqual([]);
  });

  it("writes to people, opening the conversation once", async () => {
    const { ada } = ids(harness);
    await connection.port.direct(ada, hi);
    const sent = await connection.port.direct(ada, hi);
    expect(harness.discord.posts.all.at(-1)?.channel).toMatchObject({ id: sent.channelId, kind: 1 });
    expect(harness.writes().filter((write) => write === "POST /users/@me/channels")).toHaveLength(1);
    harness.discord.closeDirectMessages("Bob");
    const error = await platformError(connection.port.direct(ids(harness).bob, hi));
    expect(error).toMatchObject({ kind: "refused", message: "This person takes no direct messages from the bot." });
  });

  it("reacts and deletes, with the reason in the audit log", async () => {
    const { general, ada } = ids(harness);
    const message = harness.discord.say({ author: "Ada", content: "look" });
    await connection.port.react(general, message.id, "👍");
    await connection.port.deleteMessage(general, message.id, "Außer der Reihe: ⚓");
    const call = harness.discord.calls.all.find(({ method }) => method === "DELETE");
    expect(call?.reason).toBe("Außer der Reihe: ⚓");
    expect(await platformError(connection.port.deleteMessage(general, message.id))).toMatchObject({
      kind: "not_found",
      message: "The message is no longer there.",
    });
    expect(await platformError(connection.port.deleteMessage("../users", ada))).toMatchObject({ kind: "not_found" });
  });
});

describe("moderation", () => {
  it("times people out, at most for as long as Discord can, and lets them speak again", async () => {
    const { server, bob } = ids(harness);
    const until = () => Date.parse(harness.discord.find.member("Bob").timedOutUntil ?? "");
    const soon = Date.now() + 600_000;
    await connection.port.mute(server, bob, soon, "Flooding");
    expect(Math.abs(until() - soon)).toBeLessThan(1000);
    await connection.port.mute(server, bob, undefined);
    expect(until() - Date.now()).toBeGreaterThan(27.9 * day);
    await connection.port.mute(server, bob, Date.now() + 90 * day);
    expect(until() - Date.now()).toBeLessThan(28 * day);
    expect(connection.port.muteLimitMs).toBeLessThanOrEqual(28 * day);
    await connection.port.unmute(server, bob);
    expect(harness.discord.find.member("Bob").timedOutUntil).toBeNull();
    expect(harness.discord.calls.all.find(({ method }) => method === "PATCH")?.reason).toBe("Flooding");
  });

  it("bans without deleting what was written, unbans, kicks", async () => {
    const { server, bob, general } = ids(harness);
    harness.discord.say({ author: "Bob", content: "stays" });
    await connection.port.ban(server, bob, undefined, "Spam");
    expect(harness.discord.find.guild().bans.get(bob)?.reason).toBe("Spam");
    expect(harness.discord.world.channels.get(general)?.messages.size).toBe(1);
    await connection.port.unban(server, bob);
    expect(await platformError(connection.port.unban(server, bob))).toMatchObject({
      kind: "not_found",
      message: "This person is not banned.",
    });
    harness.discord.joinMember({ name: "Carl" });
    await connection.port.kick(server, harness.discord.find.user("Carl").id, "Bye");
    expect(harness.discord.find.guild().members.size).toBe(3);
  });

  it("gives and takes roles", async () => {
    const { server, bob, newcomer } = ids(harness);
    await connection.port.addRole(server, bob, newcomer, "Welcome");
    expect(harness.discord.find.member("Bob").roles).toEqual([newcomer]);
    await connection.port.removeRole(server, bob, newcomer);
    expect(harness.discord.find.member("Bob").roles).toEqual([]);
  });

  it("says when the bot may not", async () => {
    const { server, olga } = ids(harness);
    const error = await platformError(connection.port.kick(server, olga));
    expect(error.kind).toBe("missing_right");
    expect(error.message).toContain("Server Settings, Roles");
  });
});

describe("standing", () => {
  it("tells rights, roles and rank", async () => {
    const { server, ada, bob, olga } = ids(harness);
    const { port } = connection;
    expect(await port.standing(server, ada)).toMatchObject({ rank: 2, owner: false, roles: [{ name: "Moderator" }] });
    expect((await port.standing(server, ada))?.rights?.has("ban_members")).toBe(true);
    expect(await port.standing(server, bob)).toMatchObject({ rank: 0, roles: [] });
    expect(await port.standing(server, olga)).toMatchObject({ rank: Number.POSITIVE_INFINITY, owner: true });
    expect(await port.standing(server, "999999999999999999")).toBeUndefined();
    expect(await port.roleRank(server, ids(harness).moderator)).toBe(2);
    expect(await port.roleRank(server, "999999999999999999")).toBeUndefined();
  });

  it("asks once while changes are announced, and follows them", async () => {
    const { server, bob, moderator } = ids(harness);
    await connection.port.standing(server, bob);
    await connection.port.standing(server, bob);
    const asked = () => harness.discord.calls.all.filter(({ path }) => path.includes("/members/")).length;
    expect(asked()).toBe(1);
    harness.discord.updateMember("Bob", { roles: ["Moderator"] });
    harness.discord.say({ author: "Ada", content: "after" });
    await harness.events.waitFor(({ kind }) => kind === "message");
    expect(await connection.port.standing(server, bob)).toMatchObject({ rank: 2, roles: [{ id: moderator }] });
    expect(asked()).toBe(1);
  });

  it("asks every time where changes are not announced", async () => {
    await connection.close();
    const other = await harness.open(harness.plan({ feeds: everyFeed.filter((feed) => feed !== "members") }));
    const { server, bob } = ids(harness);
    await other.port.standing(server, bob);
    harness.discord.updateMember("Bob", { roles: ["Moderator"] });
    expect(await other.port.standing(server, bob)).toMatchObject({ rank: 2 });
  });

  it("takes away what somebody timed out cannot do", async () => {
    const { server, ada } = ids(harness);
    harness.discord.updateMember("Ada", { timedOutUntil: new Date(Date.now() + day).toISOString() });
    const standing = await connection.port.standing(server, ada);
    expect([...(standing?.rights ?? [])]).toEqual(["read_messages"]);
  });

  it("knows the bot's own rights, also in one channel", async () => {
    const { server, general } = ids(harness);
    const own = await connection.port.botStanding(server);
    expect(own?.rights?.has("ban_members")).toBe(true);
    expect(own?.rank).toBe(3);
    harness.discord.overwrite("general", "@everyone", { deny: ["SendMessages"] });
    harness.discord.say({ author: "Ada", content: "after" });
    await harness.events.waitFor(({ kind }) => kind === "message");
    expect((await connection.port.botStanding(server, general))?.rights?.has("send_messages")).toBe(false);
    expect((await connection.port.botStanding(server))?.rights?.has("send_messages")).toBe(true);
    harness.discord.overwrite("general", "@everyone", { deny: ["ViewChannel"] });
    harness.discord.say({ author: "Ada", content: "hidden", channel: "mod-log" });
    await harness.events.waitFor((event) => event.kind === "message" && event.message.text === "hidden");
    expect((await connection.port.botStanding(server, general))?.rights?.size).toBe(0);
  });

  it("counts writing in threads by the right for threads", async () => {
    const { server } = ids(harness);
    const thread = harness.discord.startThread({ user: "Ada", name: "talk" });
    harness.discord.setPermissions("@everyone", ["ViewChannel", "SendMessages"]);
    harness.discord.setPermissions("Harbour Bot", ["ViewChannel"]);
    harness.discord.say({ author: "Ada", content: "after" });
    await harness.events.waitFor(({ kind }) => kind === "message");
    expect((await connection.port.botStanding(server, thread.id))?.rights?.has("send_messages")).toBe(false);
    expect(await connection.port.channel(thread.id)).toMatchObject({ name: "talk" });
  });
});

describe("names", () => {
  it("finds channels one can write in, and roles", async () => {
    const { server, general, moderator } = ids(harness);
    const { port } = connection;
    expect(await port.find("channel", server, "general")).toEqual({ found: "one", id: general, name: "general" });
    expect(await port.find("channel", server, "GENERAL")).toMatchObject({ found: "one", id: general });
    expect(await port.find("channel", server, general)).toMatchObject({ found: "one", name: "general" });
    expect(await port.find("channel", server, "genral")).toEqual({ found: "none", near: "general" });
    expect(await port.find("channel", server, "Rooms")).toMatchObject({ found: "none" });
    expect(await port.find("role", server, "moderator")).toMatchObject({ found: "one", id: moderator });
    expect(await port.find("role", server, "@everyone")).toMatchObject({ found: "none" });
    expect(await port.find("role", server, server)).toMatchObject({ found: "none" });
    harness.discord.createChannel("general");
    harness.discord.say({ author: "Ada", content: "after" });
    await harness.events.waitFor(({ kind }) => kind === "message");
    expect(await port.find("channel", server, "general")).toEqual({ found: "many" });
  });

  it("finds people by username, by the name they show, and by id", async () => {
    const { server, ada, bob } = ids(harness);
    const { port } = connection;
    expect(await port.find("user", server, "@ada")).toMatchObject({ found: "one", id: ada });
    expect(await port.find("user", server, "Countess")).toMatchObject({ found: "one", id: ada });
    expect(await port.find("user", server, bob)).toEqual({ found: "one", id: bob, name: "Bob" });
    expect(await port.find("user", server, "nobody")).toMatchObject({ found: "none" });
    harness.discord.joinMember({ name: "Carl", nick: "Sailor" });
    harness.discord.joinMember({ name: "Dora", nick: "Sailor" });
    expect(await port.find("user", server, "sailor")).toEqual({ found: "many" });
  });

  it("takes no bot for the person of a username", async () => {
    const { server, ada } = ids(harness);
    const impostor = harness.discord.joinMember({ name: "ada", bot: true });
    expect(impostor.user.username).toBe("ada");
    expect(await connection.port.find("user", server, "@ada")).toMatchObject({ found: "one", id: ada });
    const person = await connection.port.person(server, impostor.user.id);
    expect(person).toMatchObject({ isBot: true, name: "ada" });
    expect(person?.username).toBeUndefined();
  });

  it("knows people, places and servers", async () => {
    const { server, ada, general, moderator } = ids(harness);
    const { port } = connection;
    expect(await port.person(server, ada)).toMatchObject({ name: "Countess", username: "ada" });
    expect(await port.person(undefined, ada)).toMatchObject({ name: "Ada" });
    expect(await port.person(server, "ada")).toBeUndefined();
    expect(await port.channel(general)).toEqual({ id: general, name: "general", direct: false });
    const direct = await port.direct(ada, hi);
    expect(await port.channel(direct.channelId)).toMatchObject({ name: "Ada", direct: true });
    expect(await port.channel("999999999999999999")).toBeUndefined();
    expect(await port.role(server, moderator)).toEqual({ id: moderator, name: "Moderator" });
    expect(await port.server("harbour")).toEqual({ id: server, name: "Harbour" });
    expect(await port.server(server)).toEqual({ id: server, name: "Harbour" });
    expect(await port.server("Elsewhere")).toBeUndefined();
  });

  it("says that it cannot look while a server is in an outage", async () => {
    const { server } = ids(harness);
    harness.discord.gateway.outage(harness.discord.find.guild());
    harness.discord.say({ author: "Ada", content: "direct", direct: true });
    await harness.events.waitFor(({ kind }) => kind === "message");
    expect(await connection.port.find("channel", server, "general")).toMatchObject({ found: "unknown" });
  });
});

it("turns rich text into Discord's Markdown", async () => {
  const rich: RichText = [
    { type: "bold", children: richText("Sent") },
    { type: "text", text: " 20 *coins*\n" },
    { type: "list_item", children: richText("one") },
    { type: "text", text: "\n" },
    { type: "code", text: "a*b" },
    { type: "link", url: "https://example.org/a(b)", children: richText("here") },
  ];
  const [message] = await say({ text: rich });
  expect(message?.content).toBe("**Sent** 20 \\*coins\\*\n- one\n`a*b`[here](https://example.org/a%28b%29)");
});
