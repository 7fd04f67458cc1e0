import { expect, test } from "vitest";
import { delete_message } from "../../src/actions/delete_message.ts";
import { direct_message } from "../../src/actions/direct_message.ts";
import { react } from "../../src/actions/react.ts";
import { reply } from "../../src/actions/reply.ts";
import { send } from "../../src/actions/send.ts";
import { PlatformError } from "../../src/contracts/platform.ts";
import { done } from "../../src/contracts/word.ts";
import type { RichText } from "../../src/language/rich-text.ts";
import { say } from "../../src/sentences/sentence.ts";
import { ada, bob, general, joinEvent, person, surroundings, text } from "./support.ts";

const empty = { end: "not_done", reason: say("message_empty") };
const news = (platform: string) => ({ platform, channel: { ...general, id: `${platform}-news`, name: "news" } });
const toAda: RichText = [
  { type: "text", text: "Hi " },
  { type: "mention", target: { kind: "user", id: "id-ada", name: "ada" } },
  { type: "bold", children: [{ type: "mention", target: { kind: "channel", id: "1", name: "general" } }] },
  { type: "text", text: "!" },
];

test("reply answers the event and keeps the message", async () => {
  const context = surroundings();
  const outcome = await reply.run({ text: text("Hello"), ephemeral: false }, context);
  expect(outcome).toEqual({ end: "done", value: { id: "sent-1", channel: expect.any(String) } });
  expect(context.calls).toEqual([["discord.reply", { chat: 1 }, { text: text("Hello") }]]);
});

test("an address that texts fill in must be one, and is left out where it comes out empty", async () => {
  const context = surroundings();
  const button = { label: "Page", style: "secondary", once: false };
  const bad = { end: "not_done", reason: say("not_an_address") };
  for (const url of ["javascript:alert(1)", "nowhere"]) {
    const embed = { text: text("Look") };
    expect(await reply.run({ embed: { ...embed, url }, ephemeral: false }, context)).toEqual(bad);
    expect(await reply.run({ embed: { ...embed, image: url }, ephemeral: false }, context)).toEqual(bad);
    expect(await reply.run({ text: text("Look"), buttons: [{ ...button, url }], ephemeral: false }, context)).toEqual(
      bad,
    );
  }
  await reply.run({ embed: { text: text("Look"), url: "", image: "" }, ephemeral: false }, context);
  expect(context.calls).toEqual([["discord.reply", { chat: 1 }, { embed: { text: text("Look") } }]]);
});

test("reply hands on all that a message can hold, and stores buttons before it sends", async () => {
  const context = surroundings();
  const button = { label: "Yes", style: "success", once: false, do: { block: "buttons/0/do" } };
  await reply.run(
    {
      text: text("Shall we?"),
      embed: {
        title: text("Rules"),
        color: "Green",
        url: "https://example.org",
        fields: [{ name: text("a"), value: text("b"), inline: true }],
      },
      buttons: [button],
      ephemeral: true,
      mentions: ["everyone"],
    },
    context,
  );
  expect(context.calls).toEqual([
    ["buttons", ["Yes"]],
    [
      "discord.reply",
      { chat: 1 },
      {
        text: text("Shall we?"),
        embed: {
          title: text("Rules"),
          color: "#2ecc71",
          url: "https://example.org",
          fields: [{ name: text("a"), value: text("b"), inline: true }],
        },
        buttons: [{ key: "key-0", label: "Yes", style: "secondary" }],
        ephemeral: true,
        mentionEveryone: true,
      },
    ],
  ]);
});

test.each([
  ["no text", {}],
  ["a text of blanks", { text: text("  \n ") }],
  ["an empty box", { embed: { color: "red", title: text("") } }],
])("reply does not send %s", async (_, args) => {
  const context = surroundings();
  expect(await reply.run({ ephemeral: false, ...args }, context)).toEqual(empty);
  expect(context.calls).toEqual([]);
});

test("a colour that a template made up is refused with the colours that there are", async () => {
  const context = surroundings();
  const outcome = await reply.run({ ephemeral: false, embed: { text: text("a"), color: "gren" } }, context);
  expect(outcome).toMatchObject({
    end: "not_done",
    reason: say("not_a_color", { color: "gren", colors: expect.arrayContaining(["green"]) }),
  });
});

test("send writes to every place; on another platform a mention is only a name", async () => {
  const context = surroundings({ beside: ["telegram"] });
  const outcome = await send.run({ to: [news("discord"), news("telegram")], text: toAda }, context);
  expect(outcome).toEqual({ end: "done", value: { id: "sent-1", channel: expect.any(String) } });
  expect(context.calls).toEqual([
    ["discord.send", "discord-news", { text: toAda }],
    [
      "telegram.send",
      "telegram-news",
      {
        text: [
          { type: "text", text: "Hi @ada" },
          { type: "bold", children: [{ type: "text", text: "#general" }] },
          { type: "text", text: "!" },
        ],
      },
    ],
  ]);
});

test("mentions inside a box lose their power on another platform too", async () => {
  const context = surroundings({ beside: ["telegram"] });
  const embed = { title: toAda, text: toAda, footer: toAda, fields: [{ name: toAda, value: toAda, inline: false }] };
  await send.run({ to: [news("telegram")], embed }, context);
  expect(JSON.stringify(context.calls)).not.toContain('"mention"');
  expect(JSON.stringify(context.calls).match(/Hi @ada/g)).toHaveLength(5);
});

test("send reaches the other places when one cannot be reached, and then fails", async () => {
  const away = new PlatformError("unavailable", "Telegram does not answer.");
  const context = surroundings({
    beside: ["telegram"],
    failure: (_, args) => (args[0] === "telegram-news" ? away : undefined),
  });
  const places = [news("telegram"), news("slack"), news("discord")];
  await expect(send.run({ to: places, text: text("News") }, context)).rejects.toBe(away);
  expect(context.calls).toEqual([["discord.send", "discord-news", { text: text("News") }]]);
});

test("send says which platform is not connected", async () => {
  const context = surroundings();
  await expect(send.run({ to: [news("slack")], text: text("News") }, context)).rejects.toThrow(
    "The bot is not connected to slack right now.",
  );
});

test("send to an empty list of places is not done", async () => {
  const outcome = await send.run({ to: [], text: text("News") }, surroundings());
  expect(outcome).toEqual({ end: "not_done", reason: say("no_place_to_send") });
});

test("direct_message goes to the event's person unless somebody is named", async () => {
  const context = surroundings({ beside: ["telegram"] });
  await direct_message.run({ text: text("Psst") }, context);
  await direct_message.run({ text: text("Psst"), to: bob }, context);
  await direct_message.run({ text: toAda, to: person("eve", "telegram") }, context);
  expect(context.calls.map(([what, to]) => [what, to])).toEqual([
    ["discord.direct", ada.id],
    ["discord.direct", bob.id],
    ["telegram.direct", "id-eve"],
  ]);
  expect(JSON.stringify(context.calls[2])).toContain("Hi @ada");
  await expect(direct_message.run({ text: text("Psst"), to: person("eve", "slack") }, context)).rejects.toThrow(
    "The bot is not connected to slack right now.",
  );
  expect(await direct_message.run({}, context)).toEqual(empty);
});

test("react puts the emoji on the event's message", async () => {
  const context = surroundings();
  expect(await react.run({ emoji: "👍" }, context)).toEqual(done);
  expect(context.calls).toEqual([["discord.react", "general", "m1", "👍"]]);
});

test("delete_message deletes the event's message and keeps its command from running", async () => {
  const context = surroundings();
  expect(await delete_message.run({}, context)).toEqual(done);
  expect(context.calls).toEqual([["discord.deleteMessage", "general", "m1", "No invites"], ["cancelCommand"]]);
});

test("a message that is gone already counts as deleted; one that may not be deleted does not", async () => {
  const gone = surroundings({ failure: () => new PlatformError("not_found", "There is no such message.") });
  expect(await delete_message.run({}, gone)).toEqual(done);
  expect(gone.calls).toEqual([["cancelCommand"]]);

  const forbidden = surroundings({ failure: () => new PlatformError("missing_right", "I may not.") });
  await expect(delete_message.run({}, forbidden)).rejects.toThrow("I may not.");
  expect(forbidden.calls).toEqual([]);
});

test("without a message there is nothing to react to or to delete", async () => {
  const context = surroundings({ event: joinEvent });
  expect(await react.run({ emoji: "👍" }, context)).toEqual({
    end: "not_done",
    reason: say("no_message_here"),
  });
  expect(await delete_message.run({}, context)).toEqual({
    end: "not_done",
    reason: say("no_message_here"),
  });
  expect(context.calls).toEqual([]);
});

test("a file goes along: one of the folder, or one that another action has made", async () => {
  const context = surroundings({ files: { "files/rules.txt": "Be kind." } });
  await reply.run({ file: { path: "files/rules.txt" }, ephemeral: false }, context);
  await send.run({ to: [news("discord")], text: text("Kept."), file: { name: "talk.txt", text: "hello" } }, context);
  const bytes = (content: string) => new TextEncoder().encode(content);
  expect(context.calls).toEqual([
    ["readFile", "files/rules.txt"],
    ["discord.reply", { chat: 1 }, { files: [{ name: "rules.txt", content: bytes("Be kind.") }] }],
    ["discord.send", "discord-news", { text: text("Kept."), files: [{ name: "talk.txt", content: bytes("hello") }] }],
  ]);
});

test("a file that is larger than a platform takes is not sent", async () => {
  const context = surroundings();
  const large = { name: "talk.txt", text: "x".repeat(11 * 1024 * 1024) };
  expect(await direct_message.run({ file: large, to: ada }, context)).toEqual({
    end: "not_done",
    reason: say("file_too_large", { file: "talk.txt", most: "10 MB" }),
  });
  expect(context.calls).toEqual([]);
});
