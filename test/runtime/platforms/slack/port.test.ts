import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutMessage } from "../../../../src/contracts/message.ts";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
let general: string;
beforeEach(async () => {
  harness = await createHarness({ echo: false });
  connection = await harness.open();
  general = harness.slack.workspace.channel("general").id;
});
afterEach(() => harness.close());

const send = (message: OutMessage, channel = general) => connection.port.send(channel, message);
const id = (name: string) => harness.slack.workspace.user(name).id;

describe("sending", () => {
  it("writes text, cards and buttons as Slack takes them", async () => {
    await send({
      text: [
        { type: "text", text: "Hello " },
        { type: "mention", target: { kind: "user", id: id("bob"), name: "bob" } },
        { type: "text", text: " & <all>" },
      ],
      embed: {
        title: richText("Sent"),
        text: [{ type: "bold", children: richText("20") }, ...richText(" coins")],
        fields: [
          { name: richText("From"), value: richText("ada"), inline: true },
          { name: richText("To"), value: richText("b*b"), inline: true },
          { name: richText("Why"), value: richText("because"), inline: false },
        ],
        image: "https://example.org/coin.png",
        footer: richText("Harbour"),
      },
      buttons: [
        { key: "k1", label: "My balance", style: "success", emoji: "🪙" },
        { label: "Rules", style: "secondary", url: "https://example.org/rules" },
      ],
    });
    const [sent] = harness.slack.seen("general");
    expect(sent!.text).toBe("Hello @bob &amp; &lt;all&gt;\nSent\n20 coins\nFrom: ada\nTo: b*b\nWhy: because");
    expect(sent!.blocks!.map(({ type }) => type)).toEqual([
      "rich_text",
      "header",
      "rich_text",
      "section",
      "rich_text",
      "image",
      "context",
      "actions",
    ]);
    expect(sent!.blocks![3]).toMatchObject({
      fields: [
        { type: "mrkdwn", text: "*From*\nada" },
        { type: "plain_text", text: "To\nb*b" },
      ],
    });
    expect(sent!.blocks![7]).toMatchObject({
      elements: [
        { action_id: "k1", style: "primary", text: { text: "🪙 My balance" } },
        { url: "https://example.org/rules" },
      ],
    });
  });

  it("shows the colour of a card beside it", async () => {
    await send({
      text: richText("Look:"),
      embed: { title: richText("Warned"), color: "#e74c3c", url: "https://example.org/" },
    });
    await send({ embed: { text: richText("alone"), color: "#e74c3c" } });
    const [first, second] = harness.slack.seen("general");
    expect(first).toMatchObject({
      text: "Look:\nWarned",
      attachments: [{ color: "#e74c3c", fallback: "Look:\nWarned" }],
    });
    expect(second).toMatchObject({ text: "", attachments: [{ fallback: "alone" }] });
  });

  it("writes a long text in several messages, in order", async () => {
    await send({ text: richText("A line of the rules.\n".repeat(1500)) });
    expect(harness.slack.seen("general")).toHaveLength(3);
  });

  it("keeps the order of messages to one channel", async () => {
    harness.slack.misbehave({ method: "chat.postMessage", delay: 80 });
    await Promise.all(["one", "two", "three"].map((text) => send({ text: richText(text) })));
    expect(harness.slack.seen("general").map(({ text }) => text)).toEqual(["one", "two", "three"]);
  });

  it("writes to one person, opening the conversation once", async () => {
    await connection.port.direct(id("bob"), { text: richText("psst") });
    await connection.port.direct(id("bob"), { text: richText("again") });
    expect(harness.slack.seen("@bob").map(({ text }) => text)).toEqual(["psst", "again"]);
    expect(harness.calls("conversations.open")).toBe(1);
  });

  it("says in words what is wrong", async () => {
    harness.slack.workspace.addChannel({ name: "outside", bot: false });
    const outside = harness.slack.workspace.channel("outside").id;
    expect(await platformError(send({ text: richText("x") }, outside))).toMatchObject({
      kind: "missing_right",
      message: "The bot is not in this channel: invite it there with /invite and its name.",
    });
    expect(await platformError(send({ text: richText("x") }, "C000000000X"))).toMatchObject({ kind: "not_found" });
    expect(await platformError(send({ text: richText(" ") }))).toMatchObject({
      kind: "refused",
      message: "The message is empty.",
    });
    harness.slack.misbehave({
      method: "chat.postMessage",
      body: { ok: false, error: "missing_scope", needed: "chat:write" },
    });
    expect((await platformError(send({ text: richText("x") }))).message).toContain("lacks the scope chat:write");
  });

  it("cannot do what Slack lets no bot do", async () => {
    const { port } = connection;
    const team = harness.slack.workspace.team.id;
    const refused = [
      port.kick(team, id("bob")),
      port.ban(team, id("bob"), undefined),
      port.unban(team, id("bob")),
      port.mute(team, id("bob"), undefined),
      port.unmute(team, id("bob")),
      port.addRole(team, id("bob"), "S1"),
      port.removeRole(team, id("bob"), "S1"),
      port.typing(general),
      port.purge(general, { most: 5 }),
      port.slowmode(general, 1000),
      port.lock(general, true),
      port.setNickname(team, id("bob"), "Bobby"),
    ];
    for (const call of refused) expect(await platformError(call)).toMatchObject({ kind: "unsupported" });
  });
});

describe("reactions and deletions", () => {
  it("reacts by name, also when it did already", async () => {
    const sent = await send({ text: richText("done?") });
    await connection.port.react(general, sent.id, "✅");
    await connection.port.react(general, sent.id, ":white_check_mark:");
    expect(harness.slack.seen("general")[0]!.reactions.map(({ name }) => name)).toEqual(["white_check_mark"]);
    expect(await platformError(connection.port.react(general, sent.id, "🪿"))).toMatchObject({ kind: "refused" });
    expect(await platformError(connection.port.react(general, "1.000001", "✅"))).toMatchObject({ kind: "not_found" });
  });

  it("deletes its own messages only", async () => {
    const sent = await send({ text: richText("oops") });
    await connection.port.deleteMessage(general, sent.id);
    expect(harness.slack.seen("general")).toEqual([]);
    harness.slack.say({ channel: "general", user: "bob", text: "mine" });
    const [other] = harness.slack.seen("general");
    expect(await platformError(connection.port.deleteMessage(general, other!.ts))).toMatchObject({
      kind: "missing_right",
      message: "Slack lets a bot delete only its own messages.",
    });
  });
});

describe("trouble on the way", () => {
  it("waits after a 429 for that channel only", async () => {
    const random = harness.slack.workspace.channel("random").id;
    harness.slack.misbehave({
      method: "chat.postMessage",
      when: ({ channel }) => channel === general,
      status: 429,
      headers: { "retry-after": "1" },
    });
    const slow = send({ text: richText("slow") });
    await harness.slack.calls.waitFor(({ method }) => method === "chat.postMessage");
    await send({ text: richText("quick") }, random);
    expect(harness.slack.seen("general")).toEqual([]);
    await slow;
    const calls = harness.slack.calls.all.filter(({ method }) => method === "chat.postMessage");
    expect(calls.map(({ args }) => args.channel)).toEqual([general, random, general]);
    expect(calls[2]!.at - calls[0]!.at).toBeGreaterThanOrEqual(1000);
  });

  it("slows down by itself after a 429 that does not say for how long", async () => {
    harness.slack.misbehave({ method: "chat.postMessage", status: 429, times: 2 });
    await send({ text: richText("at last") });
    const [first, second, third] = harness.slack.calls.all.filter(({ method }) => method === "chat.postMessage");
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(1000);
    expect(third!.at - second!.at).toBeGreaterThanOrEqual(2000);
  });

  it("gives up where it would have to wait too long", async () => {
    harness.slack.misbehave({ method: "chat.postMessage", status: 429, headers: { "retry-after": "300" } });
    expect(await platformError(send({ text: richText("x") }))).toMatchObject({
      kind: "rate_limited",
      message: "Slack asks the bot to slow down for 300 seconds.",
    });
    expect(harness.calls("chat.postMessage")).toBe(1);
  });

  it("counts the time that a message waits for those before it", async () => {
    await harness.close();
    let late = 0;
    harness = await createHarness({ echo: false, now: () => Date.now() + late });
    connection = await harness.open();
    general = harness.slack.workspace.channel("general").id;
    harness.slack.misbehave({ method: "chat.postMessage", status: 429, headers: { "retry-after": "20" } });
    const calls = [send({ text: richText("first") }), send({ text: richText("second") })].map(platformError);
    await harness.slack.calls.waitFor(({ method }) => method === "chat.postMessage");
    late = 31_000;
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ kind: "rate_limited" });
    expect(harness.calls("chat.postMessage")).toBe(1);
  });

  it("never sends a message twice that may have arrived", async () => {
    harness.slack.misbehave({ method: "chat.postMessage", status: 500, afterEffect: true });
    expect(await platformError(send({ text: richText("once") }))).toMatchObject({
      kind: "unavailable",
      uncertain: true,
    });
    harness.slack.misbehave({ method: "chat.postMessage", close: true });
    expect(await platformError(send({ text: richText("cut") }))).toMatchObject({
      kind: "unavailable",
      uncertain: true,
    });
    harness.slack.misbehave({ method: "chat.postMessage", body: "<html>a proxy's page</html>" });
    const { message } = await platformError(send({ text: richText("page") }));
    expect(message).toBe("Slack has trouble of its own right now.");
    expect(harness.slack.seen("general").map(({ text }) => text)).toEqual(["once"]);
    expect(harness.calls("chat.postMessage")).toBe(3);
  });

  it("waits ten seconds for an answer that never comes, and goes on", { timeout: 20_000 }, async () => {
    harness.slack.misbehave({ method: "chat.postMessage", hang: true });
    const [error] = await Promise.all([
      platformError(send({ text: richText("lost") })),
      send({ text: richText("next") }),
    ]);
    expect(error).toMatchObject({ kind: "unavailable", uncertain: true });
    expect(harness.slack.seen("general").map(({ text }) => text)).toEqual(["next"]);
    expect(harness.calls("chat.postMessage")).toBe(2);
  });

  it("asks again where asking changes nothing", async () => {
    harness.slack.misbehave({ method: "users.info", status: 503, times: 2 });
    expect(await connection.port.person(undefined, id("bob"))).toMatchObject({ name: "bob" });
  });
});
