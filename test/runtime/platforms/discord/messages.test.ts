import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutFile } from "../../../../src/contracts/message.ts";
import type { CommandForm, Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
const rules: CommandForm = { name: "rules", description: "The rules", options: [], rights: [] };
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open(harness.plan({ commands: [rules] }));
});
afterEach(() => harness.close());

const hi = { text: richText("hi") };
const posted = () => harness.discord.posts.all.map(({ message }) => message);
const kept = (id: string) => harness.discord.find.channel("general").messages.get(id);
const file = (name: string, content: string): OutFile => ({ name, content: new TextEncoder().encode(content) });
const contentOf = (url: string) => fetch(url).then((response) => response.text());

describe("changing a message", () => {
  it("replaces text, box, buttons and menu", async () => {
    const { general } = ids(harness);
    const sent = await connection.port.send(general, {
      ...hi,
      embed: { title: richText("box") },
      buttons: [{ key: "k", label: "Go", style: "primary" }],
    });
    await connection.port.editMessage(general, sent.id, { text: richText("*done*") });
    expect(kept(sent.id)).toMatchObject({ content: "\\*done\\*", embeds: [], components: [] });
    await connection.port.editMessage(general, sent.id, {
      embed: { title: richText("new") },
      menu: { key: "m", choices: [{ value: "a", label: "A" }], multiple: false },
    });
    expect(kept(sent.id)).toMatchObject({
      content: "",
      embeds: [{ title: "new" }],
      components: [{ components: [{ custom_id: "m" }] }],
    });
  });

  it("cuts what is too long, pings only whom a mention names, and keeps the files", async () => {
    const { general, ada } = ids(harness);
    const sent = await connection.port.send(general, { ...hi, files: [file("a.txt", "a")] });
    const mention = { type: "mention", target: { kind: "user", id: ada, name: "Ada" } } as const;
    await connection.port.editMessage(general, sent.id, {
      text: [mention, { type: "text", text: ` <@${ids(harness).bob}> ${"word ".repeat(500)}` }],
    });
    const message = kept(sent.id)!;
    expect(message.content.length).toBeLessThanOrEqual(2000);
    expect(message.content.endsWith("…")).toBe(true);
    expect(message.mentions.map(({ id }) => id)).toEqual([ada]);
    expect(message.attachments.map(({ filename }) => filename)).toEqual(["a.txt"]);
    await connection.port.editMessage(general, sent.id, { ...hi, files: [file("b.txt", "b")] });
    expect(kept(sent.id)?.attachments.map(({ filename }) => filename)).toEqual(["b.txt"]);
  });

  it("says what is in the way", async () => {
    const { general } = ids(harness);
    const others = harness.discord.say({ author: "Ada", content: "mine" });
    expect(await platformError(connection.port.editMessage(general, others.id, hi))).toMatchObject({
      kind: "refused",
      message: "The bot can only change what it has written itself.",
    });
    expect((await platformError(connection.port.editMessage(general, "123456789012345678", hi))).kind).toBe(
      "not_found",
    );
    expect(await platformError(connection.port.editMessage(general, others.id, { text: [] }))).toMatchObject({
      kind: "refused",
      message: "The message is empty.",
    });
  });

  it("tries again after an error of Discord's own", async () => {
    const { general } = ids(harness);
    const sent = await connection.port.send(general, hi);
    harness.discord.misbehave({ route: "PATCH /channels/{channel_id}/messages/{message_id}", status: 503 });
    await connection.port.editMessage(general, sent.id, { text: richText("done") });
    expect(kept(sent.id)?.content).toBe("done");
  });
});

describe("reacting", () => {
  const reactions = (id: string) => kept(id)?.reactions?.map(({ emoji }) => emoji.name);

  it("takes an emoji of the server by its name, asking for the list once", async () => {
    const { general } = ids(harness);
    const { id } = harness.discord.say({ author: "Ada", content: "ahoy" });
    const { emojis } = harness.discord.find.guild();
    emojis.set("123456789012345678", "ship");
    await connection.port.react(general, id, ":ship:");
    await connection.port.react(general, id, "ship");
    await connection.port.react(general, id, "<:ship:123456789012345678>");
    await connection.port.react(general, id, "⚓");
    expect(reactions(id)).toEqual(["ship", "⚓"]);
    const lists = () => harness.discord.calls.all.filter(({ template }) => template?.endsWith("/emojis"));
    expect(lists()).toHaveLength(1);
    harness.pass(15_000);
    emojis.set("123456789012345679", "anchor");
    await connection.port.react(general, id, "anchor");
    expect(lists()).toHaveLength(2);
  });

  it("says that there is none of that name", async () => {
    const { general } = ids(harness);
    const { id } = harness.discord.say({ author: "Ada", content: "ahoy" });
    expect(await platformError(connection.port.react(general, id, ":wave:"))).toMatchObject({
      kind: "refused",
      message: 'The server has no emoji called "wave"; an ordinary one is written as the character itself, such as 👍.',
    });
  });
});

describe("files", () => {
  it("go along with a message, with their names and bytes", async () => {
    const { general } = ids(harness);
    await connection.port.send(general, { ...hi, files: [file("log.txt", "one"), file("Übersicht ⚓.txt", "two")] });
    const [message] = posted();
    expect(message?.content).toBe("hi");
    expect(message?.attachments.map(({ filename }) => filename)).toEqual(["log.txt", "Übersicht ⚓.txt"]);
    expect(await Promise.all(message!.attachments.map(({ url }) => contentOf(url)))).toEqual(["one", "two"]);
    expect(harness.discord.calls.all.at(-1)?.body).toMatchObject({
      attachments: [
        { id: "0", filename: "log.txt" },
        { id: "1", filename: "Übersicht ⚓.txt" },
      ],
    });
  });

  it("go with the end of a long text, and need no text", async () => {
    const { general } = ids(harness);
    await connection.port.send(general, { text: richText("word ".repeat(600)), files: [file("a.txt", "a")] });
    expect(posted().map(({ attachments }) => attachments.length)).toEqual([0, 1]);
    await connection.port.send(general, { files: [file("a.txt", "a")] });
    expect(posted().at(-1)).toMatchObject({ content: "", attachments: [{ filename: "a.txt" }] });
  });

  it("go with answers to interactions, at once, later, and after others", async () => {
    const route = "POST /interactions/{interaction_id}/{interaction_token}/callback";
    harness.answer = async ({ origin }) => {
      await connection.port.reply(origin, { ...hi, files: [file("a.txt", "a")] });
      await connection.port.reply(origin, { ...hi, files: [file("b.txt", "b")], ephemeral: true });
    };
    const both = await harness.discord.slash({ user: "Ada", command: "rules" }).responses(2);
    expect(both.map(({ attachments }) => attachments[0]?.filename)).toEqual(["a.txt", "b.txt"]);
    harness.answer = async ({ origin }) => {
      await harness.discord.calls.waitFor(
        ({ template, method, body }) => `${method} ${template}` === route && (body as { type: number }).type === 5,
      );
      await connection.port.reply(origin, { ...hi, files: [file("c.txt", "c")] });
    };
    const late = await harness.discord.slash({ user: "Ada", command: "rules" }).response();
    expect(await contentOf(late.attachments[0]!.url)).toBe("c");
  });

  it("are sent once when the answer was lost", async () => {
    const { general } = ids(harness);
    harness.discord.misbehave({ route: "POST /channels/{channel_id}/messages", status: 502, afterEffect: true });
    await connection.port.send(general, { ...hi, files: [file("a.txt", "a")] });
    expect(posted()).toHaveLength(1);
  });

  it("are refused where there are too many or one is too large", async () => {
    const { general } = ids(harness);
    const many = Array.from({ length: 11 }, (_, index) => file(`${index}.txt`, "x"));
    expect(await platformError(connection.port.send(general, { files: many }))).toMatchObject({
      kind: "refused",
      message: "Discord takes at most 10 files with one message; there are 11.",
    });
    const large = { name: "large.txt", content: new Uint8Array(10 * 1024 * 1024 + 1) };
    expect(await platformError(connection.port.send(general, { files: [large] }))).toMatchObject({
      kind: "refused",
      message: "Discord does not take a file that large.",
    });
    expect(posted()).toEqual([]);
  });
});
