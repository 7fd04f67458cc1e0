import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ButtonEvent, CommandEvent, MessageEvent } from "../../../../src/contracts/event.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, stored } from "./harness.ts";

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({
    users: [{ name: "ada", display_name: "Ada", is_primary_owner: true }, { name: "bob" }],
    channels: [{ name: "general" }, { name: "secret", kind: "group" }],
    usergroups: [{ handle: "crew", name: "Harbour Crew", users: ["bob"] }],
  });
});
afterEach(() => harness.close());

const message = (text: string) =>
  harness.events.waitFor(
    (event) => event.kind === "message" && event.message.text.includes(text),
  ) as Promise<MessageEvent>;
const command = () => harness.events.waitFor((event) => event.kind === "command") as Promise<CommandEvent>;
const id = (name: string) => harness.slack.workspace.user(name).id;

describe("messages", () => {
  it("say who wrote what, where and when", async () => {
    await harness.open();
    const said = harness.slack.say({ channel: "general", user: "ada", text: "Tom &amp; Jerry &lt;3" });
    expect((await said.acked()).payload).toBeUndefined();
    const event = await message("Tom");
    const { workspace } = harness.slack;
    const ts = workspace.messages[0]!.ts;
    expect(event).toMatchObject({
      key: `message:${workspace.channel("general").id}:${ts}`,
      platform: "slack",
      at: Math.floor(Number(ts) * 1000),
      server: { id: workspace.team.id, name: "Harbour" },
      channel: { id: workspace.channel("general").id, name: "general", direct: false },
      user: { platform: "slack", id: id("ada"), name: "Ada", username: "ada", isBot: false, language: "en-US" },
      message: { id: ts, text: "Tom & Jerry <3", entities: [] },
    });
    expect(event.call).toBeUndefined();
  });

  it("show mentions as names, with their places in the text", async () => {
    await harness.open();
    const [group] = harness.slack.workspace.usergroups.values();
    const general = harness.slack.workspace.channel("general").id;
    const text = `hi <@${id("bob")}> and <!subteam^${group!.id}|@crew> in <#${general}|> see <http://example.org|example.org>, <https://a.example/x|here> <!here>`;
    harness.slack.say({ channel: "general", user: "ada", text });
    const { message: content } = await message("hi @bob");
    expect(content.text).toBe("hi @bob and @crew in #general see example.org, here (https://a.example/x) @here");
    expect(
      content.entities.map(({ kind, offset, length }) => [kind, content.text.slice(offset, offset + length)]),
    ).toEqual([
      ["user", "@bob"],
      ["role", "@crew"],
      ["channel", "#general"],
    ]);
    expect(content.entities[0]).toMatchObject({ id: id("bob"), person: { id: id("bob"), name: "bob" } });
    expect(content.links).toEqual(["http://example.org", "https://a.example/x"]);
  });

  it("tell what came with them, and where they are found again", async () => {
    await harness.open();
    const files = [{ name: "cat.png", mimetype: "image/png" }];
    harness.slack.say({ channel: "general", user: "ada", text: "see <mailto:ada@example.org|ada@example.org>", files });
    const { message: content } = await message("see");
    const [sent] = harness.slack.workspace.messages;
    expect(content.attachments).toMatchObject([{ name: "cat.png", contentType: "image/png", size: 1024 }]);
    expect(content.links).toBeUndefined();
    const { id: channel } = harness.slack.workspace.channel("general");
    expect(content.link).toMatch(
      new RegExp(`^https://[a-z]+\\.slack\\.com/archives/${channel}/p${sent!.ts.replace(".", "")}$`),
    );
    harness.slack.say({ channel: "general", user: "bob", text: "nice", thread_ts: sent!.ts });
    expect((await message("nice")).message.link).toContain(`?thread_ts=${sent!.ts}&cid=${channel}`);
  });

  it("that begin with a mention of the bot call a command, once for both events", async () => {
    await harness.open();
    harness.slack.mention({ channel: "general", user: "ada", text: `give <@${id("bob")}> 20` });
    const [first, second] = (await harness.events.waitForCount(2, ({ kind }) => kind === "message")) as MessageEvent[];
    expect(second!.key).toBe(first!.key);
    expect(second!.call).toEqual(first!.call);
    expect(first!.call).toMatchObject({
      name: "give",
      addressed: true,
      input: { kind: "text", text: "@bob 20", entities: [{ offset: 0, length: 4, id: id("bob") }] },
    });
    harness.slack.mention({ channel: "general", user: "ada", text: "" });
    const [, , third] = (await harness.events.waitForCount(3, ({ kind }) => kind === "message")) as MessageEvent[];
    expect(third!.call).toMatchObject({ name: "help", addressed: true });
  });

  it("to the bot alone may call a command without a mention", async () => {
    await harness.open();
    harness.slack.say({ channel: "@ada", user: "ada", text: "help give" });
    const event = await message("help give");
    expect(event.channel).toMatchObject({ direct: true, name: "Ada" });
    expect(event.call).toMatchObject({ name: "help", addressed: false, input: { text: "give" } });
  });

  it("in a thread say what they answer", async () => {
    const connection = await harness.open();
    harness.slack.say({ channel: "general", user: "ada", text: "root" });
    const root = await message("root");
    harness.slack.say({ channel: "general", user: "bob", text: "answer", thread_ts: root.message.id });
    const event = await message("answer");
    expect(event.message.repliedTo).toMatchObject({ messageId: root.message.id, author: { id: id("ada") } });
    await connection.port.reply(stored(event), { text: richText("in the thread") });
    await connection.port.reply(stored(root), { text: richText("in the channel") });
    expect(harness.slack.seen("general").map(({ text, thread_ts }) => [text, thread_ts])).toEqual([
      ["root", undefined],
      ["answer", root.message.id],
      ["in the thread", root.message.id],
      ["in the channel", undefined],
    ]);
  });

  it("of the bot itself and notices are no events, and other bots are known as bots", async () => {
    const connection = await harness.open();
    const general = harness.slack.workspace.channel("general").id;
    await connection.port.send(general, { text: richText("my own words") });
    const said = harness.slack.say({ channel: "general", user: "ada", text: "first" });
    harness.slack.event({
      type: "message",
      subtype: "channel_topic",
      channel: general,
      user: id("ada"),
      text: "topic",
      ts: "1.1",
    });
    harness.slack.event({
      type: "message",
      channel: general,
      user: id("bob"),
      bot_id: "B0000OTHER1",
      text: "beep",
      ts: "1.2",
    });
    harness.slack.event({
      type: "message",
      subtype: "bot_message",
      channel: general,
      bot_id: "B0000HOOK11",
      username: "Build",
      text: "passed",
      ts: "1.3",
    });
    await message("passed");
    await said.acked();
    const heard = harness.events.all as MessageEvent[];
    expect(heard.map(({ message: { text }, user }) => [text, user.name, user.isBot])).toEqual([
      ["first", "Ada", false],
      ["beep", "bob", true],
      ["passed", "Build", true],
    ]);
  });

  it("keep their key when they are delivered again", async () => {
    await harness.open();
    const said = harness.slack.say({ channel: "general", user: "ada", text: "once" });
    await said.acked();
    harness.slack.redeliver(said);
    const [first, second] = await harness.events.waitForCount(2, () => true);
    expect(second!.key).toBe(first!.key);
  });

  it("keep their order in a channel while a name is asked for", async () => {
    await harness.open();
    harness.slack.misbehave({ method: "users.info", when: ({ user }) => user === id("ada"), delay: 150 });
    harness.slack.say({ channel: "general", user: "ada", text: "one" });
    harness.slack.say({ channel: "general", user: "bob", text: "two" });
    const heard = (await harness.events.waitForCount(2, () => true)) as MessageEvent[];
    expect(heard.map(({ message: { text } }) => text)).toEqual(["one", "two"]);
  });

  it("come through when names cannot be asked for", async () => {
    await harness.open();
    harness.slack.misbehave({
      method: "users.info",
      body: { ok: false, error: "missing_scope", needed: "users:read" },
      times: 9,
    });
    harness.slack.misbehave({ method: "conversations.info", body: { ok: false, error: "missing_scope" }, times: 9 });
    harness.slack.say({ channel: "secret", user: "ada", text: "psst" });
    const event = await message("psst");
    expect(event.user).toMatchObject({ id: id("ada"), name: id("ada") });
    expect(event.channel).toEqual({ id: event.channel!.id, name: event.channel!.id, direct: false });
  });
});

describe("slash commands", () => {
  it("carry a command with what follows", async () => {
    await harness.open();
    const given = harness.slack.slash({
      channel: "general",
      user: "bob",
      command: "/harbour",
      text: `give <@${id("ada")}|ada> 20 a &lt;b&gt; &amp; c`,
    });
    expect((await given.acked()).payload).toBeUndefined();
    const event = await command();
    expect(event).toMatchObject({
      channel: { name: "general", direct: false },
      user: { id: id("bob"), name: "bob" },
      call: { name: "give", addressed: true, input: { kind: "text", text: "@Ada 20 a <b> & c" } },
    });
    expect(event.call.input).toMatchObject({
      entities: [{ offset: 0, length: 4, kind: "user", id: id("ada"), name: "Ada" }],
    });
  });

  it("without a text ask for help, and own commands are called by their own name", async () => {
    await harness.open(harness.plan({ settings: { own_commands: ["give"] } }));
    harness.slack.slash({ channel: "general", user: "bob", command: "/harbour" });
    harness.slack.slash({ channel: "general", user: "bob", command: "/give", text: " 20 coins" });
    const [help, give] = (await harness.events.waitForCount(2, ({ kind }) => kind === "command")) as CommandEvent[];
    expect(help!.call).toEqual({ name: "help", addressed: true, input: { kind: "text", text: "", entities: [] } });
    expect(give!.call).toEqual({
      name: "give",
      addressed: true,
      input: { kind: "text", text: "20 coins", entities: [] },
    });
    expect(give!.key).not.toBe(help!.key);
  });

  it("are answered in the channel, or to the person alone", async () => {
    const connection = await harness.open();
    harness.slack.slash({ channel: "general", user: "bob", command: "/harbour", text: "hi" });
    const origin = stored(await command());
    const sent = await connection.port.reply(origin, { text: richText("hello all") });
    await connection.port.reply(origin, { text: richText("hello bob"), ephemeral: true });
    expect(harness.slack.seen("general", "ada").map(({ text }) => text)).toEqual(["hello all"]);
    expect(harness.slack.seen("general", "bob").map(({ text }) => text)).toEqual(["hello all", "hello bob"]);
    expect(sent).toEqual({
      id: harness.slack.seen("general")[0]!.ts,
      channelId: harness.slack.workspace.channel("general").id,
    });
  });

  it("are answered through their address where the bot is not", async () => {
    const connection = await harness.open();
    harness.slack.workspace.addChannel({ name: "outside", members: ["bob", "ada"], bot: false });
    harness.slack.slash({ channel: "outside", user: "bob", command: "/harbour", text: "hi" });
    const origin = stored(await command());
    await connection.port.reply(origin, { text: richText("hello bob"), ephemeral: true });
    await connection.port.reply(origin, { text: richText("hello all") });
    expect(harness.slack.seen("outside", "ada").map(({ text }) => text)).toEqual(["hello all"]);
    expect(harness.slack.seen("outside", "bob").map(({ text }) => text)).toEqual(["hello bob", "hello all"]);
    harness.slack.responseUrls.expire();
    await expect(connection.port.reply(origin, { text: richText("late") })).rejects.toMatchObject({
      kind: "not_found",
      message: "It is too late to answer here.",
    });
  });
});

describe("presses and people", () => {
  it("tell of a press by the key of the button, and nothing of links", async () => {
    const connection = await harness.open();
    const general = harness.slack.workspace.channel("general").id;
    await connection.port.send(general, {
      text: richText("Balance?"),
      buttons: [
        { key: "k-1", label: "My balance", style: "primary" },
        { label: "Rules", style: "secondary", url: "https://example.org/rules" },
      ],
    });
    const [sent] = harness.slack.seen("general");
    const link = harness.slack.press({ user: "bob", message: sent!, label: "Rules" });
    const press = harness.slack.press({ user: "bob", message: sent!, label: "My balance" });
    await Promise.all([link.acked(), press.acked()]);
    const event = (await harness.events.waitFor(({ kind }) => kind === "button")) as ButtonEvent;
    expect(event).toMatchObject({
      button: "k-1",
      messageId: sent!.ts,
      channel: { id: general, name: "general" },
      user: { id: id("bob") },
    });
    expect(harness.events.all.filter(({ kind }) => kind === "button")).toHaveLength(1);
    await connection.port.reply(stored(event), { text: richText("50 coins"), ephemeral: true });
    expect(harness.slack.seen("general", "bob").at(-1)).toMatchObject({ text: "50 coins" });
    expect(harness.slack.seen("general", "ada")).toHaveLength(1);
  });

  it("tell of presses on the buttons of a coloured card", async () => {
    const connection = await harness.open();
    await connection.port.send(harness.slack.workspace.channel("general").id, {
      embed: { title: richText("Sent"), color: "#2ecc71" },
      buttons: [{ key: "k-2", label: "Again", style: "danger" }],
    });
    harness.slack.press({ user: "bob", message: harness.slack.seen("general")[0]!, label: "Again" });
    expect(await harness.events.waitFor(({ kind }) => kind === "button")).toMatchObject({ button: "k-2" });
  });

  it("tell of who joins the workspace, not of who enters a channel", async () => {
    const connection = await harness.open();
    harness.slack.memberJoined({ user: "bob", channel: "secret" });
    harness.slack.memberJoined({ user: "dora", channel: "general" });
    const event = await harness.events.waitFor(({ kind }) => kind === "member_joined");
    expect(event).toMatchObject({ user: { id: id("dora"), name: "dora" }, server: { name: "Harbour" } });
    await connection.port.reply(stored(event), { text: richText("Welcome!") });
    expect(harness.slack.seen("@dora").map(({ text }) => text)).toEqual(["Welcome!"]);
    expect(harness.events.all.filter(({ kind }) => kind === "member_joined")).toHaveLength(1);
  });
});
