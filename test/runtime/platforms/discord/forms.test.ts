import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BotEvent, FormEvent, Json, MenuEvent } from "../../../../src/contracts/event.ts";
import type { OutForm, OutMessage } from "../../../../src/contracts/message.ts";
import type { CommandForm, Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createRecording, type Recording } from "../../../simulators/shared/recording.ts";
import { createHarness, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
const report: CommandForm = { name: "report", description: "Report", options: [], rights: [] };
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open(harness.plan({ commands: [report] }));
});
afterEach(() => harness.close());

const text = (words: string, more: Partial<OutMessage> = {}): OutMessage => ({ text: richText(words), ...more });
const slash = () => harness.discord.slash({ user: "Ada", command: "report" });
const last = () => harness.discord.posts.all.at(-1)!.message;
const isPrivate = (flags: number | undefined) => ((flags ?? 0) & 64) !== 0;
const putOff = async () => {
  await harness.discord.calls.waitFor(
    ({ path, body }) => path.endsWith("/callback") && [5, 6].includes((body as { type: number }).type),
  );
};
let opens: Recording<{ event: BotEvent; opened: boolean }>;
beforeEach(() => {
  opens = createRecording();
});
const opened = async (count = 1) => (await opens.waitForCount(count, () => true)).map((each) => each.opened);
/** Opens a form for every event that is none. */
const openFor = (form: OutForm, before: () => Promise<unknown> = async () => {}) => {
  harness.answer = async (event) => {
    if (event.kind === "form") return;
    await before();
    opens.record({ event, opened: await connection.port.openForm(event.origin, form) });
  };
};

const field = { name: "why", label: "Why?", long: false, required: true };
const form: OutForm = { key: "form-1", title: "Report somebody", fields: [field] };

describe("menus", () => {
  const menu = {
    key: "menu-1",
    placeholder: "Pick a colour",
    choices: [
      { value: "red", label: "Red", description: "Warm", emoji: "🔴" },
      { value: "blue", label: "Blue" },
      { value: "green", label: "x".repeat(120) },
    ],
    multiple: false,
  };

  const buttons = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ key: `b${index}`, label: `${index}`, style: "primary" as const }));

  it("stand above the buttons, with one choice or several", async () => {
    await connection.port.send(ids(harness).general, text("Well?", { menu, buttons: buttons(20) }));
    const rows = last().components as unknown as { components: Record<string, unknown>[] }[];
    expect(rows.map((row) => row.components.length)).toEqual([1, 5, 5, 5, 5]);
    expect(rows[0]?.components[0]).toMatchObject({
      type: 3,
      custom_id: "menu-1",
      placeholder: "Pick a colour",
      min_values: 1,
      max_values: 1,
      options: [
        { value: "red", label: "Red", description: "Warm", emoji: { name: "🔴" } },
        { value: "blue", label: "Blue" },
        { value: "green", label: `${"x".repeat(99)}…` },
      ],
    });
    await connection.port.send(ids(harness).general, { menu: { ...menu, multiple: true } });
    expect(last()).toMatchObject({ content: "", components: [{ components: [{ max_values: 3 }] }] });
  });

  it("hand over what was picked", async () => {
    await connection.port.send(ids(harness).general, text("Well?", { menu: { ...menu, multiple: true } }));
    const picking = { user: "Bob", message: last(), custom_id: "menu-1", values: ["green", "red"] };
    const invocation = harness.discord.select(picking);
    const event = (await harness.events.waitFor(({ kind }) => kind === "menu")) as MenuEvent;
    expect(event).toMatchObject({
      menu: "menu-1",
      picked: ["green", "red"],
      messageId: last().id,
      user: { name: "Bob", language: "en-US" },
      channel: { name: "general" },
      standing: { rank: 0 },
    });
    expect((await invocation.acknowledged()).type).toBe(6);
  });

  it("are refused where Discord has no room for them", async () => {
    const { general } = ids(harness);
    const choices = Array.from({ length: 26 }, (_, index) => ({ value: `${index}`, label: `${index}` }));
    const refused = async (wrong: object) =>
      (await platformError(connection.port.send(general, { menu: { ...menu, ...wrong } }))).message;
    expect(await refused({ choices })).toBe("A menu on Discord has at most 25 choices; this one has 26.");
    expect(await refused({ choices: [] })).toBe("The menu has no choices.");
    expect((await platformError(connection.port.send(general, { menu, buttons: buttons(21) }))).message).toBe(
      "There is room for 20 buttons under this message on Discord; there are 21.",
    );
    expect(await refused({ choices: [{ value: "x".repeat(101), label: "x" }] })).toContain("100 characters");
    expect(harness.writes().filter((write) => write.includes("messages"))).toEqual([]);
  });
});

describe("forms", () => {
  it("open for a command, and hand over what was typed and chosen", async () => {
    openFor({
      key: "form-1",
      title: "t".repeat(60),
      fields: [
        { ...field, long: true, minLength: 2, maxLength: 9000, placeholder: "In your own words" },
        { ...field, name: "who", label: "l".repeat(60), required: false },
        { ...field, name: "colour", label: "Colour", choices: ["Red", "Blue"] },
        { ...field, name: "long", label: "Long", choices: ["y".repeat(101)] },
      ],
    });
    const invocation = slash();
    const modal = await invocation.modal();
    expect(modal).toMatchObject({ custom_id: "form-1", title: `${"t".repeat(44)}…` });
    expect(modal.components).toMatchObject([
      {
        type: 18,
        label: "Why?",
        component: { type: 4, custom_id: "why", style: 2, min_length: 2, max_length: 4000, required: true },
      },
      { label: `${"l".repeat(44)}…`, description: "l".repeat(60), component: { type: 4, style: 1, required: false } },
      { label: "Colour", component: { type: 3, custom_id: "colour", options: [{ value: "Red" }, { value: "Blue" }] } },
      { label: "Long", component: { type: 4, custom_id: "long" } },
    ]);
    await harness.discord.submit({ from: invocation, values: { why: "because", colour: "Blue", long: "typed" } });
    const event = (await harness.events.waitFor(({ kind }) => kind === "form")) as FormEvent;
    expect(event).toMatchObject({
      form: "form-1",
      values: { why: "because", who: "", colour: "Blue", long: "typed" },
      user: { name: "Countess" },
      server: { name: "Harbour" },
      channel: { name: "general" },
      standing: { rank: 2 },
    });
    expect(await opened()).toEqual([true]);
  });

  it("leave the command to further answers, and need none", async () => {
    let origin: Json = null;
    harness.answer = async (event) => {
      if (event.kind !== "command") return;
      origin = event.origin;
      await connection.port.openForm(origin, form);
    };
    const invocation = slash();
    await invocation.modal();
    await connection.port.reply(origin, text("besides"));
    expect((await invocation.response()).content).toBe("besides");
    expect(invocation.interaction.steps.all.map(({ step }) => step)).toEqual(["callback", "followup"]);
  });

  it("open for a press and are answered under its message", async () => {
    await connection.port.send(
      ids(harness).general,
      text("Report?", { buttons: [{ key: "go", label: "Go", style: "primary" }] }),
    );
    openFor(form);
    const press = harness.discord.press({ user: "Bob", message: last(), custom_id: "go" });
    const submitted = await harness.discord.submit({ from: press, values: { why: "because" } });
    expect((await submitted.acknowledged()).type).toBe(6);
    expect(await harness.events.waitFor(({ kind }) => kind === "form")).toMatchObject({ values: { why: "because" } });
  });

  it("that came from a command are answered to the person alone when nothing else is", async () => {
    openFor(form);
    const submitted = await harness.discord.submit({ from: slash(), values: { why: "because" } });
    const message = await submitted.response();
    expect([message.content, isPrivate(message.flags)]).toEqual(["Received. I have nothing to add.", true]);
  });

  it("do not open when the answer has been put off, or given", async () => {
    openFor(form, putOff);
    slash();
    expect(await opened()).toEqual([false]);
    harness.answer = async (event) => {
      await connection.port.reply(event.origin, text("first"));
      opens.record({ event, opened: await connection.port.openForm(event.origin, form) });
    };
    await slash().response();
    expect(await opened(2)).toEqual([false, false]);
  });

  it("do not open when the three seconds are over, after a restart, and behind a message", async () => {
    openFor(form, async () => harness.pass(3100));
    slash();
    expect(await opened()).toEqual([false]);
    const { origin } = opens.all[0]!.event;
    expect(await connection.port.openForm(origin, form)).toBe(false);
    await connection.close();
    connection = await harness.open(harness.plan({ commands: [report] }));
    expect(await connection.port.openForm(origin, form)).toBe(false);
    harness.answer = async () => {};
    harness.discord.say({ author: "Ada", content: "hello" });
    const message = await harness.events.waitFor(({ kind }) => kind === "message");
    expect(await connection.port.openForm(message.origin, form)).toBe(false);
  });

  it("do not open in answer to a form", async () => {
    harness.answer = async (event) =>
      opens.record({ event, opened: await connection.port.openForm(event.origin, form) });
    await harness.discord.submit({ from: slash(), values: { why: "because" } });
    expect(await opened(2)).toEqual([true, false]);
  });

  it("do not open when Discord no longer knows the command, or somebody else has answered", async () => {
    const route = "POST /interactions/{interaction_id}/{interaction_token}/callback";
    openFor(form);
    harness.discord.misbehave({ route, status: 404, body: { code: 10062, message: "Unknown interaction" } });
    slash();
    expect(await opened()).toEqual([false]);
    harness.discord.misbehave({ route, status: 400, body: { code: 40060, message: "Already acknowledged" } });
    slash();
    expect(await opened(2)).toEqual([false, false]);
  });

  it("open once when the answer to it was lost", async () => {
    harness.discord.misbehave({
      route: "POST /interactions/{interaction_id}/{interaction_token}/callback",
      close: true,
      afterEffect: true,
    });
    openFor(form);
    const invocation = slash();
    await invocation.modal();
    expect(await opened()).toEqual([true]);
    expect(invocation.interaction.steps.all).toHaveLength(1);
  });

  it("have at most five fields", async () => {
    const fields = Array.from({ length: 6 }, (_, index) => ({ ...field, name: `f${index}` }));
    const errors: unknown[] = [];
    harness.answer = async ({ origin }) =>
      void errors.push(await platformError(connection.port.openForm(origin, { ...form, fields })));
    await slash().response();
    expect(errors).toMatchObject([
      { kind: "refused", message: "A form on Discord has at most 5 fields; this one has 6." },
    ]);
  });
});

describe("what only one person sees", () => {
  const asked = async () => {
    const sent = createRecording<string>();
    harness.answer = async ({ kind, origin }) => {
      if (kind !== "command") return;
      const buttons = [{ key: "yes", label: "Yes", style: "primary" as const }];
      sent.record((await connection.port.reply(origin, text("Sure?", { ephemeral: true, buttons }))).id);
    };
    const invocation = slash();
    const message = await invocation.response();
    expect(await sent.waitFor(() => true)).toBe(message.id);
    return { invocation, message };
  };

  it("is changed and taken away through what it answered", async () => {
    const { invocation, message } = await asked();
    const { general } = ids(harness);
    await connection.port.editMessage(general, message.id, text("Done."));
    expect(invocation.interaction.steps.all.at(-1)).toMatchObject({
      step: "edited",
      message: { id: message.id, content: "Done.", components: [] },
    });
    await connection.port.deleteMessage(general, message.id);
    expect(invocation.interaction.steps.all.at(-1)).toEqual({ step: "deleted", messageId: message.id });
    expect((await platformError(connection.port.deleteMessage(general, message.id))).kind).toBe("not_found");
  });

  it("is changed through the press on it, after a restart too", async () => {
    const { message } = await asked();
    await connection.close();
    harness.pass(10_000);
    connection = await harness.open(harness.plan({ commands: [report] }));
    harness.answer = async (event) => {
      if (event.kind === "button")
        await connection.port.editMessage(event.channel!.id, event.messageId!, text("Pressed."));
    };
    const press = harness.discord.press({ user: "Ada", message, custom_id: "yes" });
    expect(await press.response()).toMatchObject({ id: message.id, content: "Pressed." });
    expect((await press.acknowledged()).type).toBe(6);
  });

  it("is out of reach when the interaction is too old", async () => {
    const { message } = await asked();
    harness.pass(15 * 60_000);
    expect(await platformError(connection.port.editMessage(ids(harness).general, message.id, text("x")))).toMatchObject(
      {
        kind: "not_found",
      },
    );
  });
});
