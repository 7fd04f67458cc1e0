import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type {
  BotEvent,
  MessageDeletedEvent,
  MessageEditedEvent,
  ReactionEvent,
  RoleEvent,
} from "../../../../src/contracts/event.ts";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { freePort } from "../../../support/free-port.ts";
import { createHarness, type Harness, stored } from "./harness.ts";

let harness: Harness;
let connection: Connection;
let general: string;

const begin = async (http?: number) => {
  harness = await createHarness({
    users: [{ name: "ada", display_name: "Ada", is_primary_owner: true }, { name: "bob" }],
    usergroups: [{ handle: "crew", name: "Harbour Crew", users: ["bob"] }],
  });
  connection = await harness.open(harness.plan(http === undefined ? {} : { http }));
  if (http !== undefined) harness.slack.deliverTo(`http://127.0.0.1:${http}/slack/events`);
  general = harness.slack.workspace.channel("general").id;
};
afterEach(() => harness.close());

const id = (name: string) => harness.slack.workspace.user(name).id;
const next = <T extends BotEvent>(kind: T["kind"], count = 1) =>
  harness.events.waitForCount(count, (event) => event.kind === kind).then((events) => events[count - 1]) as Promise<T>;
const kinds = () => harness.events.all.map(({ kind }) => kind);
const said = (text: string, more: { thread_ts?: string; files?: { name: string }[] } = {}) => {
  harness.slack.say({ channel: "general", user: "bob", text, ...more });
  return harness.slack.seen("general").at(-1)!;
};

describe.each(["over a socket", "over HTTP"])("what people do to messages, %s,", (way) => {
  beforeEach(async () => begin(way === "over HTTP" ? await freePort() : undefined));

  it("is told: what was changed says what it says now", async () => {
    const message = said("helo", { files: [{ name: "cat.png" }] });
    const edit = harness.slack.edit(message, `hello <@${id("ada")}>`);
    expect((await edit.acked()).payload).toBeUndefined();
    const event = await next<MessageEditedEvent>("message_edited");
    const editedAt = harness.slack.seen("general")[0]!.edited!.ts;
    expect(event).toMatchObject({
      key: `edited:${general}:${message.ts}:${editedAt}`,
      at: Math.floor(Number(editedAt) * 1000),
      channel: { id: general, name: "general" },
      user: { id: id("bob") },
      message: { id: message.ts, text: "hello @Ada", attachments: [{ name: "cat.png" }] },
    });
    expect(event.message.entities).toMatchObject([{ kind: "user", id: id("ada") }]);
    await connection.port.react(general, event.message.id, "👀");
    harness.slack.edit(harness.slack.seen("general")[0]!, "hello all");
    expect((await next<MessageEditedEvent>("message_edited", 2)).key).not.toBe(event.key);
  });

  it("is told: what was deleted says what it said", async () => {
    const message = said("oops &amp; sorry");
    await harness.slack.removeMessage(message).acked();
    const event = await next<MessageDeletedEvent>("message_deleted");
    expect(event).toMatchObject({
      key: `deleted:${general}:${message.ts}`,
      channel: { id: general },
      user: { id: id("bob"), name: "bob" },
      message: { id: message.ts, text: "oops & sorry" },
    });
    await connection.port.reply(stored(event), { text: richText("I saw that") });
    expect(harness.slack.seen("general").map(({ text }) => text)).toEqual(["I saw that"]);
  });

  it("is told: reactions by the character that files write", async () => {
    const message = said("sea");
    await harness.slack.react({ user: "ada", message, name: "+1::skin-tone-3" }).acked();
    harness.slack.react({ user: "ada", message, name: "flag-se" });
    harness.slack.react({ user: "ada", message, name: "harbour_crane" });
    harness.slack.react({ user: "ada", message, name: "+1::skin-tone-3", remove: true });
    const removed = await next<ReactionEvent>("reaction_removed");
    const added = harness.events.all.filter(({ kind }) => kind === "reaction_added") as ReactionEvent[];
    expect(added.map(({ emoji }) => emoji)).toEqual(["👍🏼", "🇸🇪", "harbour_crane"]);
    expect(removed).toMatchObject({
      emoji: "👍🏼",
      messageId: message.ts,
      channel: { id: general, name: "general" },
      user: { id: id("ada"), name: "Ada" },
      author: { id: id("bob") },
    });
    await connection.port.reply(stored(removed), { text: richText("under it"), inThread: true });
    expect(harness.slack.seen("general").at(-1)).toMatchObject({ text: "under it", thread_ts: message.ts });
    expect(new Set(harness.events.all.map(({ key }) => key)).size).toBe(harness.events.all.length);
  });
});

describe("events", () => {
  beforeEach(() => begin());

  it("tell nothing of what the bot does itself, nor of what Slack changes", async () => {
    const { port } = connection;
    const own = await port.send(general, { text: richText("mine") });
    await port.editMessage(general, own.id, { text: richText("mine too") });
    const theirs = said("see https://example.org");
    await port.react(general, theirs.ts, "👀");
    harness.slack.react({ user: "bob", message: harness.slack.seen("general")[0]!, name: "tada" });
    await port.deleteMessage(general, own.id);
    const preview = { channel: general, hidden: true, ts: "9.1", type: "message", subtype: "message_changed" };
    const unfurled = { type: "message", user: id("bob"), text: theirs.text, ts: theirs.ts, attachments: [{ id: 1 }] };
    harness.slack.event({ ...preview, message: unfurled, previous_message: { ...unfurled, attachments: [] } });
    const edited = { ...unfurled, edited: { user: id("bob"), ts: "5.1" } };
    harness.slack.event({ ...preview, message: edited, previous_message: { ...edited, attachments: [] } });
    harness.slack.event({
      type: "message",
      subtype: "message_deleted",
      channel: general,
      deleted_ts: "1.1",
      ts: "9.2",
    });
    harness.slack.event({ type: "reaction_added", user: id("bob"), reaction: "tada", item: { type: "file" } });
    said("done");
    await next("message", 2);
    expect(kinds()).toEqual(["message", "reaction_added", "message"]);
  });

  it("tell of the deleted first message of a thread", async () => {
    const root = said("root");
    said("answer", { thread_ts: root.ts });
    await harness.slack.removeMessage(root).acked();
    const event = await next<MessageDeletedEvent>("message_deleted");
    expect(event.message).toMatchObject({ id: root.ts, text: "root" });
    expect(kinds()).not.toContain("message_edited");
  });

  it("tell of changes in a thread, and answer there", async () => {
    const root = said("root");
    harness.slack.edit(said("anser", { thread_ts: root.ts }), "answer");
    const event = await next<MessageEditedEvent>("message_edited");
    await connection.port.reply(stored(event), { text: richText("noted") });
    expect(harness.slack.seen("general").at(-1)).toMatchObject({ text: "noted", thread_ts: root.ts });
  });

  it("tell of everybody who comes into a user group or goes out", async () => {
    const change = harness.slack.changeGroup({ handle: "crew", added: ["ada"], removed: ["bob"] });
    await change.acked();
    const removed = await next<RoleEvent>("role_removed");
    const [group] = harness.slack.workspace.usergroups.values();
    const role = { id: group!.id, name: "Harbour Crew" };
    expect(harness.events.all).toMatchObject([
      { kind: "role_added", user: { id: id("ada"), name: "Ada" }, role },
      { kind: "role_removed", user: { id: id("bob") }, role },
    ]);
    expect(await connection.port.standing("", id("ada"))).toMatchObject({ roles: [role] });
    await connection.port.reply(stored(removed), { text: richText("Farewell") });
    expect(harness.slack.seen("@bob").map(({ text }) => text)).toEqual(["Farewell"]);
    harness.slack.redeliver(change);
    await harness.events.waitForCount(4, () => true);
    expect(new Set(harness.events.all.map(({ key }) => key)).size).toBe(2);
  });
});
