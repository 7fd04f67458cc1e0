import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BotEvent, FormEvent, MenuEvent } from "../../../../src/contracts/event.ts";
import type { OutForm, OutMenu } from "../../../../src/contracts/message.ts";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import type { SlackView } from "../../../simulators/slack/index.ts";
import { freePort } from "../../../support/free-port.ts";
import { createHarness, type Harness, platformError, stored } from "./harness.ts";

let harness: Harness;
let connection: Connection;
let clock: number;
let general: string;

const begin = async (http?: number) => {
  clock = Date.now();
  harness = await createHarness({ echo: false, now: () => clock });
  connection = await harness.open(harness.plan(http === undefined ? {} : { http }));
  if (http !== undefined) harness.slack.deliverTo(`http://127.0.0.1:${http}/slack/events`);
  general = harness.slack.workspace.channel("general").id;
};
afterEach(() => harness.close());

const id = (name: string) => harness.slack.workspace.user(name).id;
const next = <T extends BotEvent>(kind: T["kind"]) =>
  harness.events.waitFor((event) => event.kind === kind) as Promise<T>;
const view = (): SlackView => [...harness.slack.workspace.views.values()].at(-1)!;
const called = async () => {
  harness.slack.slash({ channel: "general", user: "bob", command: "/harbour", text: "apply" });
  return stored(await next("command"));
};

const application: OutForm = {
  key: "w1.form",
  title: "Application for a place in the crew",
  fields: [
    { name: "name", label: "Your name", long: false, required: true, minLength: 2, maxLength: 40 },
    { name: "why", label: "Why you?", long: true, required: false, placeholder: "A few words" },
    { name: "watch", label: "Which watch?", long: false, required: true, choices: ["Day", "Night"] },
  ],
};

describe.each(["over a socket", "over HTTP"])("forms %s", (way) => {
  beforeEach(async () => begin(way === "over HTTP" ? await freePort() : undefined));

  it("are opened by a slash command and say what was filled in", async () => {
    expect(await connection.port.openForm(await called(), application)).toBe(true);
    expect(view().body).toMatchObject({
      type: "modal",
      callback_id: "w1.form",
      title: { text: "Application for a…" },
      blocks: [
        { type: "section", text: { text: "Application for a place in the crew" } },
        { block_id: "name", optional: false, element: { type: "plain_text_input", min_length: 2, max_length: 40 } },
        { block_id: "why", optional: true, element: { multiline: true, placeholder: { text: "A few words" } } },
        { block_id: "watch", element: { type: "static_select", options: [{ value: "Day" }, { value: "Night" }] } },
      ],
    });
    const sent = harness.slack.submit({ user: "bob", view: view(), values: { name: "Bob", watch: "Night" } });
    expect((await sent.acked()).payload).toBeUndefined();
    const event = await next<FormEvent>("form");
    expect(event).toMatchObject({
      key: `form:${view().id}`,
      form: "w1.form",
      values: { name: "Bob", why: "", watch: "Night" },
      user: { id: id("bob"), name: "bob" },
      channel: { id: general, name: "general" },
    });
    await connection.port.reply(stored(event), { text: richText("Thank you"), ephemeral: true });
    expect(harness.slack.seen("general", "bob").map(({ text }) => text)).toEqual(["Thank you"]);
  });

  it("stay open where something is missing, and say what", async () => {
    await connection.port.openForm(await called(), application);
    const sent = harness.slack.submit({ user: "bob", view: view(), values: { name: "  ", why: "because" } });
    expect((await sent.acked()).payload).toEqual({
      response_action: "errors",
      errors: { name: "Please fill this in.", watch: "Please fill this in." },
    });
    const again = harness.slack.submit({ user: "bob", view: view(), values: { name: "Bob", watch: "Day" } });
    await again.acked();
    expect((await next<FormEvent>("form")).values.name).toBe("Bob");
    expect(harness.events.all.filter(({ kind }) => kind === "form")).toHaveLength(1);
  });

  it("keep the key of the event when they come again", async () => {
    await connection.port.openForm(await called(), application);
    const sent = harness.slack.submit({ user: "bob", view: view(), values: { name: "Bob", watch: "Day" } });
    await sent.acked();
    await harness.slack.redeliver(sent).acked();
    const [first, second] = await harness.events.waitForCount(2, ({ kind }) => kind === "form");
    expect(second!.key).toBe(first!.key);
  });
});

describe("a form", () => {
  beforeEach(() => begin());

  it("is opened by a press as well, and knows its place", async () => {
    await connection.port.send(general, {
      text: richText("Apply"),
      buttons: [{ key: "w1.open", label: "Fill in", style: "primary" }],
    });
    const [message] = harness.slack.seen("general");
    harness.slack.press({ user: "bob", message: message!, label: "Fill in" });
    expect(await connection.port.openForm(stored(await next("button")), application)).toBe(true);
    harness.slack.submit({ user: "bob", view: view(), values: { name: "Bob", watch: "Day" } });
    const event = await next<FormEvent>("form");
    expect(stored(event)).toMatchObject({ kind: "form", user: id("bob"), channel: general, ts: message!.ts });
    expect(await connection.port.openForm(stored(event), { ...application, key: "w2.form" })).toBe(true);
  });

  it("is opened at once while messages to the channel and names of others have to wait", async () => {
    const busy = { status: 429, headers: { "retry-after": "20" } };
    harness.slack.misbehave({ method: "users.info", when: ({ user }) => user === id("ada"), hang: true });
    harness.slack.misbehave({ method: "chat.postMessage", ...busy });
    harness.slack.say({ channel: "general", user: "ada", text: "who am I?" });
    const late = platformError(connection.port.send(general, { text: richText("late") }));
    await harness.slack.calls.waitFor(({ method }) => method === "chat.postMessage");
    await harness.slack.calls.waitFor(({ method, args }) => method === "users.info" && args.user === id("ada"));
    expect(await connection.port.openForm(await called(), application)).toBe(true);
    expect(harness.events.all.map(({ kind }) => kind)).toEqual(["command"]);
    expect(harness.calls("chat.postMessage")).toBe(1);
    await connection.close();
    expect(await late).toMatchObject({ kind: "unavailable" });
  });

  it("is not opened from where none can be opened, or too late", async () => {
    const origin = await called();
    harness.slack.say({ channel: "general", user: "bob", text: "apply" });
    expect(await connection.port.openForm(stored(await next("message")), application)).toBe(false);
    clock += 3000;
    expect(await connection.port.openForm(origin, application)).toBe(false);
    expect(harness.calls("views.open")).toBe(0);
  });

  it("is not opened where Slack says that it is too late, or is in trouble: then nobody waits for another try", async () => {
    const origin = await called();
    harness.slack.triggers.expire();
    expect(await connection.port.openForm(origin, application)).toBe(false);
    for (const fault of [{ status: 503 }, { close: true }, { status: 429, headers: { "retry-after": "60" } }]) {
      harness.slack.misbehave({ method: "views.open", ...fault });
      expect(await connection.port.openForm(origin, application)).toBe(false);
    }
    expect(harness.calls("views.open")).toBe(4);
  });

  it("that Slack refuses for another reason is an error", async () => {
    const origin = await called();
    harness.slack.misbehave({ method: "views.open", body: { ok: false, error: "missing_scope", needed: "commands" } });
    expect((await platformError(connection.port.openForm(origin, application))).message).toContain("scope commands");
  });

  it("holds as much as Slack takes", async () => {
    const long = "x".repeat(5000);
    const field = { label: long, long: true, required: true, placeholder: long, minLength: 4000, maxLength: 9000 };
    const fields = Array.from({ length: 25 }, (_, n) => ({ ...field, name: `field_${n}` }));
    const choices = Array.from({ length: 25 }, (_, n) => `${n} ${"y".repeat(97)}`);
    const listed = { name: "one", label: "One", long: false, required: false, choices };
    const typed = { ...listed, name: "two", choices: ["z".repeat(151)] };
    const form = { key: "k".repeat(40), title: long, fields: [...fields, listed, typed] };
    expect(await connection.port.openForm(await called(), form)).toBe(true);
    harness.slack.submit({
      user: "bob",
      view: view(),
      values: { ...Object.fromEntries(fields.map(({ name }) => [name, "filled"])), one: choices[24]!, two: "z" },
    });
    expect((await next<FormEvent>("form")).values).toMatchObject({ one: choices[24], two: "z", field_24: "filled" });
  });
});

describe("menus", () => {
  beforeEach(() => begin());

  const colours: OutMenu = {
    key: "m-1",
    placeholder: "Which colour?",
    choices: [
      { value: "r", label: "Red", emoji: "🔴", description: "like the port light" },
      { value: "g", label: "Green" },
      { value: "b", label: "B".repeat(100), description: "d".repeat(100) },
    ],
    multiple: false,
  };
  it("say what is too long in them", async () => {
    const long = { ...colours, choices: [{ value: "r".repeat(151), label: "Red" }] };
    expect(await platformError(connection.port.send(general, { text: richText("Paint"), menu: long }))).toMatchObject({
      kind: "refused",
      message: "A choice in a menu on Slack has at most 150 characters.",
    });
  });

  const menuEvents = () => harness.events.all.filter(({ kind }) => kind === "menu") as MenuEvent[];
  const pressed = (pick: Parameters<Harness["slack"]["press"]>[0]) => harness.slack.press(pick).acked();

  it("tell of one choice at once", async () => {
    await connection.port.send(general, { text: richText("Paint"), menu: colours });
    const [message] = harness.slack.seen("general");
    expect(message!.blocks![1]).toMatchObject({
      elements: [
        {
          type: "static_select",
          action_id: "m-1",
          placeholder: { text: "Which colour?" },
          options: [{ value: "r", text: { text: "🔴 Red" }, description: { text: "like the port light" } }, {}, {}],
        },
      ],
    });
    await pressed({ user: "bob", message: message!, action_id: "m-1", value: "g" });
    const event = await next<MenuEvent>("menu");
    expect(event).toMatchObject({
      menu: "m-1",
      picked: ["g"],
      messageId: message!.ts,
      channel: { id: general },
      user: { id: id("bob") },
    });
    await connection.port.reply(stored(event), { text: richText("Green it is"), ephemeral: true });
    expect(await connection.port.openForm(stored(event), application)).toBe(true);
    expect(harness.slack.seen("general", "bob").at(-1)).toMatchObject({ text: "Green it is" });
  });

  it("with several choices tell of them when the person is done, each person apart", async () => {
    await connection.port.send(general, { menu: { ...colours, multiple: true } });
    const [message] = harness.slack.seen("general");
    await pressed({ user: "bob", message: message!, block_id: "choosing:m-1", values: ["r"] });
    await pressed({ user: "bob", message: message!, block_id: "choosing:m-1", values: ["r", "b"] });
    await pressed({ user: "ada", message: message!, block_id: "choosing:m-1", values: ["g"] });
    expect(menuEvents()).toEqual([]);
    await pressed({ user: "bob", message: message!, label: "Done" });
    await pressed({ user: "ada", message: message!, label: "Done" });
    await harness.events.waitForCount(2, ({ kind }) => kind === "menu");
    expect(menuEvents().map(({ user, menu, picked }) => [user.name, menu, picked])).toEqual([
      ["bob", "m-1", ["r", "b"]],
      ["ada", "m-1", ["g"]],
    ]);
  });

  it("with several choices ask for one where somebody is done without any", async () => {
    await connection.port.send(general, { text: richText("Paint"), menu: { ...colours, multiple: true } });
    const [message] = harness.slack.seen("general");
    await pressed({ user: "bob", message: message!, label: "Done" });
    const { body } = await harness.slack.responses.waitFor(() => true);
    expect(body).toMatchObject({ text: "Choose something in the menu first.", response_type: "ephemeral" });
    expect(harness.slack.seen("general", "ada")).toHaveLength(1);
    expect(harness.events.all).toEqual([]);
  });

  it("stand in a coloured card, beside buttons, and go with an edit", async () => {
    const sent = await connection.port.send(general, {
      embed: { title: richText("Paint"), color: "#2ecc71" },
      menu: colours,
      buttons: [{ key: "k", label: "None", style: "secondary" }],
    });
    const [message] = harness.slack.seen("general");
    await pressed({ user: "bob", message: message!, action_id: "m-1", value: "r" });
    await pressed({ user: "bob", message: message!, label: "None" });
    await next<MenuEvent>("menu");
    await next("button");
    await connection.port.editMessage(general, sent.id, { text: richText("Red") });
    expect(JSON.stringify(harness.slack.seen("general"))).not.toContain("m-1");
  });
});
