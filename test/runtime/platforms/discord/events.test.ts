import { afterEach, beforeEach, expect, it } from "vitest";
import type { CommandEvent, MessageEvent } from "../../../../src/contracts/event.ts";
import type { CommandForm, Connection } from "../../../../src/contracts/platform.ts";
import { createHarness, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
const give: CommandForm = {
  name: "give",
  description: "Give coins",
  options: [
    { name: "member", description: "To whom", type: "member", required: true },
    { name: "amount", description: "How many", type: "integer", required: false },
    { name: "share", description: "Part", type: "number", required: false },
    { name: "quiet", description: "Quietly", type: "boolean", required: false },
    { name: "role", description: "Role", type: "role", required: false },
    { name: "where", description: "Where", type: "channel", required: false },
    { name: "note", description: "Note", type: "text", required: false },
    { name: "proof", description: "Proof", type: "attachment", required: false },
    { name: "at", description: "When", type: "time", required: false },
    { name: "for", description: "For", type: "user", required: false },
    { name: "tags", description: "Tags", type: "list", of: "choice", choices: ["a", "b"], required: false },
  ],
  rights: [],
};
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open(harness.plan({ commands: [give], settings: { prefix: "!" } }));
});
afterEach(() => harness.close());

const nextMessage = (fits: (event: MessageEvent) => boolean = () => true) =>
  harness.events.waitFor((event) => event.kind === "message" && fits(event)) as Promise<MessageEvent>;

it("tells a message with its place, its author and what they may do", async () => {
  const known = ids(harness);
  const message = harness.discord.say({ author: "Ada", content: "hello" });
  const event = await nextMessage();
  expect(event).toMatchObject({
    kind: "message",
    key: `message:${message.id}`,
    platform: "discord",
    server: { id: known.server, name: "Harbour" },
    channel: { id: known.general, name: "general", direct: false },
    user: { id: known.ada, name: "Countess", nickname: "Countess", username: "ada", isBot: false },
    message: { id: message.id, text: "hello", entities: [] },
    standing: { owner: false, rank: 2, roles: [{ id: known.moderator, name: "Moderator" }] },
  });
  expect(event.call).toBeUndefined();
  expect([...(event.standing?.rights ?? [])].sort()).toEqual([
    "add_reactions",
    "ban_members",
    "kick_members",
    "manage_messages",
    "mute_members",
    "read_messages",
    "send_messages",
  ]);
  expect(Math.abs(event.at - Date.now())).toBeLessThan(60_000);
  expect(JSON.parse(JSON.stringify(event.origin))).toEqual(event.origin);
});

it("tells since when the author is there, as a message and as an account", async () => {
  const joinedAt = Date.UTC(2026, 0, 5);
  harness.discord.joinMember({ name: "Cy", joinedAt });
  harness.discord.say({ author: "Cy", content: "hello" });
  const { user, standing } = await nextMessage();
  // The first 42 bits of an id are milliseconds since the beginning of 2015.
  expect(user.createdAt).toBe(Number(BigInt(user.id) >> 22n) + Date.UTC(2015, 0, 1));
  expect(standing?.joinedAt).toBe(joinedAt);
  expect((await connection.port.standing(ids(harness).server, user.id))?.joinedAt).toBe(joinedAt);
});

it("tells what came with a message, and where the message is found again", async () => {
  const known = ids(harness);
  const files = [{ name: "cat.png", content: "meow", type: "image/png" }];
  const said = harness.discord.say({ author: "Ada", content: "look", files });
  const { message } = await nextMessage();
  expect(message.attachments).toEqual([
    { id: said.attachments[0]!.id, name: "cat.png", url: said.attachments[0]!.url, contentType: "image/png", size: 4 },
  ]);
  expect(message.link).toBe(`https://discord.com/channels/${known.server}/${known.general}/${said.id}`);
  harness.discord.say({ author: "Bob", content: "", forward: { ...said, content: "see discord.gg/abc" } });
  const passedOn = await nextMessage(({ user }) => user.id === known.bob);
  expect(passedOn.message).toMatchObject({
    text: "",
    forwarded: "see discord.gg/abc",
    attachments: [{ name: "cat.png" }],
  });
});

it("gives the owner every right and the highest rank", async () => {
  harness.discord.say({ author: "Olga", content: "mine" });
  const { standing } = await nextMessage();
  expect(standing).toMatchObject({ owner: true, rank: Number.POSITIVE_INFINITY });
  expect(standing?.rights?.has("administrator")).toBe(true);
});

it("shows mentions by name and says whom they mean", async () => {
  const known = ids(harness);
  const stranger = "111111111111111111";
  harness.discord.say({
    author: "Ada",
    content: `see <@${known.bob}>, <@&${known.moderator}> in <#${known.general}> <:ship:1234567890> <@${stranger}> <@&1>`,
  });
  const { message } = await nextMessage();
  expect(message.text).toBe(`see @Bob, @Moderator in #general :ship: <@${stranger}> <@&1>`);
  expect(
    message.entities.map(({ offset, length, kind, id, name }) => [
      message.text.slice(offset, offset + length),
      kind,
      id,
      name,
    ]),
  ).toEqual([
    ["@Bob", "user", known.bob, "Bob"],
    ["@Moderator", "role", known.moderator, "Moderator"],
    ["#general", "channel", known.general, "general"],
  ]);
  expect(message.entities[0]?.person).toMatchObject({ id: known.bob, username: "bob" });
});

it("leaves channels of other servers alone, which whoever writes has no say in", async () => {
  const { discord } = harness;
  discord.inviteBot({ name: "Quay", owner: "Bob", channels: [{ name: "secret" }] });
  const secret = [...discord.find.guild("Quay").channels.keys()].at(-1)!;
  discord.say({ author: "Ada", content: `!lock <#${secret}>` });
  const { message, call } = await nextMessage();
  expect(message).toMatchObject({ text: `!lock <#${secret}>`, entities: [] });
  expect(call).toMatchObject({ name: "lock", input: { text: `<#${secret}>`, entities: [] } });
});

it("says which message is answered, and whose it was", async () => {
  const first = harness.discord.say({ author: "Ada", content: "first" });
  harness.discord.say({ author: "Bob", content: "second", reply: first });
  const event = await nextMessage(({ message }) => message.text === "second");
  expect(event.message.repliedTo).toMatchObject({ messageId: first.id, author: { id: ids(harness).ada } });
});

it.each([
  ["!give @x 20", "give", "@x 20", false],
  ["!GIVE", "give", "", false],
  ["!give   two  words ", "give", "two  words ", false],
])("reads %j as a call", async (content, name, text, addressed) => {
  harness.discord.say({ author: "Ada", content });
  const { call } = await nextMessage();
  expect(call).toMatchObject({ name, addressed, input: { kind: "text", text, entities: [] } });
});

it.each(["give", "! give", "!", "!!", "say !give", "!https://example.org"])("reads %j as no call", async (content) => {
  harness.discord.say({ author: "Ada", content });
  expect((await nextMessage()).call).toBeUndefined();
});

it("takes a mention of the bot, or of the bot's own role, for an address", async () => {
  const { bot, bob } = ids(harness);
  const own = [...harness.discord.find.guild().roles.values()].find(({ tags }) => tags?.bot_id === bot)!;
  harness.discord.say({ author: "Ada", content: `<@${bot}> give <@${bob}> 20` });
  const { call } = await nextMessage();
  expect(call).toMatchObject({ name: "give", addressed: true, input: { text: "@Bob 20" } });
  expect(call?.input).toMatchObject({ entities: [{ offset: 0, length: 4, kind: "user", id: bob }] });
  harness.discord.say({ author: "Ada", content: `<@&${own.id}> /give 5` });
  const second = await nextMessage(({ call: other }) => other?.input.kind === "text" && other.input.text === "5");
  expect(second.call).toMatchObject({ name: "give", addressed: true });
});

it("hears direct messages", async () => {
  harness.discord.say({ author: "Ada", content: "!give 1", direct: true });
  const event = await nextMessage();
  expect(event).toMatchObject({ channel: { direct: true, name: "Ada" }, call: { name: "give", addressed: true } });
  expect(event.server).toBeUndefined();
  expect(event.standing).toBeUndefined();
});

it("hears other bots as bots, and itself never", async () => {
  const { general } = ids(harness);
  await connection.port.send(general, { text: [{ type: "text", text: "I said it" }] });
  harness.discord.say({ author: "robot", content: "beep", bot: true });
  const event = await nextMessage();
  expect(event).toMatchObject({ user: { isBot: true }, message: { text: "beep" } });
  expect(harness.events.all).toHaveLength(1);
});

it("hears calls alone when no rule listens to messages", async () => {
  await connection.close();
  await harness.open(harness.plan({ feeds: ["commands"] }));
  const { bot } = ids(harness);
  harness.discord.say({ author: "Ada", content: "chatter" });
  harness.discord.say({ author: "Ada", content: `<@${bot}> give` });
  const event = await nextMessage();
  expect(event.call?.name).toBe("give");
  expect(harness.events.all).toHaveLength(1);
});

it("hands a slash command over with its options as Discord resolved them", async () => {
  const known = ids(harness);
  harness.answer = async (event) => void (await connection.port.reply(event.origin, { text: [] }).catch(() => {}));
  harness.discord.slash({
    user: "Ada",
    command: "give",
    options: {
      member: "Bob",
      amount: 20,
      share: 0.5,
      quiet: true,
      role: "Newcomer",
      where: "mod-log",
      note: "thanks",
      proof: { file: "proof.png", content: "png" },
      at: "2026-12-24",
      for: "Bob",
      tags: "a, b",
    },
  });
  const event = (await harness.events.waitFor(({ kind }) => kind === "command")) as CommandEvent;
  expect(event).toMatchObject({
    user: { id: known.ada, name: "Countess", language: "en-US" },
    server: { id: known.server },
    channel: { id: known.general, name: "general", direct: false },
    standing: { rank: 2, owner: false },
    call: {
      name: "give",
      addressed: true,
      input: {
        kind: "options",
        options: {
          member: { kind: "person", person: { id: known.bob, name: "Bob", isBot: false } },
          amount: { kind: "number", number: 20 },
          share: { kind: "number", number: 0.5 },
          quiet: { kind: "boolean", boolean: true },
          role: { kind: "role", role: { id: known.newcomer, name: "Newcomer" } },
          where: { kind: "channel", channel: { name: "mod-log", direct: false } },
          note: { kind: "text", text: "thanks" },
          proof: {
            kind: "attachment",
            attachment: { name: "proof.png", size: 3, url: expect.stringMatching(/^http.*proof\.png$/) },
          },
          at: { kind: "text", text: "2026-12-24" },
          for: { kind: "person", person: { id: known.bob } },
          tags: { kind: "text", text: "a, b" },
        },
      },
    },
  });
  expect(event.standing?.rights?.has("ban_members")).toBe(true);
  expect(Math.abs(event.at - Date.now())).toBeLessThan(60_000);
});

it("hands a press over with the key of the button", async () => {
  const { general } = ids(harness);
  await connection.port.send(general, {
    text: [{ type: "text", text: "Well?" }],
    buttons: [{ key: "k-1", label: "Yes", style: "primary" }],
  });
  const { message } = await harness.discord.posts.waitFor(() => true);
  harness.discord.press({ user: "Bob", message, custom_id: "k-1" });
  const event = await harness.events.waitFor(({ kind }) => kind === "button");
  expect(event).toMatchObject({
    button: "k-1",
    messageId: message.id,
    user: { name: "Bob" },
    channel: { id: general },
  });
});

it("tells who joins, once, and nobody when a server comes back from an outage", async () => {
  const { discord } = harness;
  discord.gateway.outage(discord.find.guild());
  discord.gateway.restore(discord.find.guild());
  const carl = discord.joinMember({ name: "Carl" });
  const event = await harness.events.waitFor(({ kind }) => kind === "member_joined");
  expect(event).toMatchObject({ user: { id: carl.user.id, name: "Carl" }, server: { name: "Harbour" } });
  expect(event.channel).toBeUndefined();
  expect(harness.events.all).toHaveLength(1);
  const error = await platformError(connection.port.reply(event.origin, { text: [{ type: "text", text: "hi" }] }));
  expect(error.message).toContain("use send");
});
