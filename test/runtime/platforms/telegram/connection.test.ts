import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CommandForm } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, harbour, platformError, token } from "./harness.ts";

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});
afterEach(() => harness.close());

const command = (name: string, description = `Does ${name}`, rights: CommandForm["rights"] = []): CommandForm => ({
  name,
  description,
  options: [],
  rights,
});

const menu = async (scope?: object) => {
  const response = await fetch(`${harness.telegram.url}/bot${token}/getMyCommands`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ scope }),
  });
  const { result } = (await response.json()) as { result: { command: string }[] };
  return result.map(({ command }) => command);
};

describe("opening", () => {
  it("refuses a token that is unset, odd or unknown, and never shows it", async () => {
    delete harness.environment.TELEGRAM_TOKEN;
    expect(await platformError(harness.connect().open())).toMatchObject({ kind: "start" });
    harness.environment.TELEGRAM_TOKEN = "hello";
    expect(await platformError(harness.connect().open())).toMatchObject({ kind: "start", setting: "token" });
    harness.environment.TELEGRAM_TOKEN = "4242:another-token";
    const unknown = await platformError(harness.connect().open());
    expect(unknown).toMatchObject({ kind: "start", setting: "token", message: expect.stringContaining("@BotFather") });
    expect(`${unknown.message} ${harness.logged.join()}`).not.toContain("another-token");
  });

  it("is opening, then open, then closed, and leaves nothing behind", async () => {
    const connection = harness.connect();
    expect(connection.state()).toEqual({ state: "opening" });
    await connection.open();
    expect(connection.state()).toEqual({ state: "open" });
    await harness.telegram.calls.waitFor(({ method }) => method === "getUpdates");
    await connection.stopIntake();
    await connection.close();
    expect(connection.state()).toMatchObject({ state: "closed" });
    expect(harness.states.all.map(({ state }) => state)).toEqual(["open", "closed"]);
  });

  it("closes every socket, polling or not", async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP")).length;
    const { telegram } = harness;
    const connection = await harness.open();
    await telegram.calls.waitFor(({ method }) => method === "getUpdates");
    expect(sockets()).toBeGreaterThan(1);
    await connection.close();
    await telegram.close();
    for (let turn = 0; turn < 1000 && sockets() > 0; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(sockets()).toBe(0);
  });

  it("hands events over that happened while it was away, and confirms them once", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    telegram.say({ chat: group, from: ada, text: "while away" });
    const connection = await harness.open();
    await harness.events.waitFor(() => true);
    await connection.stopIntake();
    await connection.close();
    await harness.open();
    telegram.say({ chat: group, from: ada, text: "back" });
    await harness.events.waitForCount(2, () => true);
    expect(harness.events.all.map((event) => event.kind === "message" && event.message.text)).toEqual([
      "while away",
      "back",
    ]);
    expect(telegram.calls.all.some(({ params }) => "drop_pending_updates" in params)).toBe(false);
  });

  it("answers an event from before a restart", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    const first = await harness.open();
    telegram.say({ chat: group, from: ada, text: "remind me" });
    const event = await harness.events.waitFor(() => true);
    const stored = JSON.parse(JSON.stringify(event.origin)) as typeof event.origin;
    await first.close();
    const second = await harness.open();
    await second.port.reply(stored, { text: richText("reminded") });
    expect(telegram.messages(group).at(-1)).toMatchObject({
      text: "reminded",
      reply_to_message: { text: "remind me" },
    });
  });

  it("refuses calls before it is open", async () => {
    expect(await platformError(harness.connect().port.send("1", { text: richText("x") }))).toMatchObject({
      kind: "unavailable",
    });
  });

  it("says that privacy mode hides messages", async () => {
    await harness.close();
    harness = await createHarness({ privacy: true });
    await harness.open();
    expect(harness.logged.join()).toContain("privacy mode is on");
  });

  it("asks only for the kinds of updates that the file needs", async () => {
    await harness.open(harness.plan({ feeds: ["commands"] }));
    const poll = await harness.telegram.calls.waitFor(({ method }) => method === "getUpdates");
    expect(poll.params.allowed_updates).toEqual(["message", "my_chat_member", "chat_member"]);
  });

  it("asks for edits and reactions where the file listens for them", async () => {
    for (const [feed, kind] of [
      ["message_edits", "edited_message"],
      ["reactions", "message_reaction"],
      ["buttons", "callback_query"],
    ] as const) {
      const connection = await harness.open(harness.plan({ feeds: [feed] }));
      await harness.telegram.calls.waitFor(
        ({ method, params }) =>
          method === "getUpdates" &&
          JSON.stringify(params.allowed_updates) === JSON.stringify(["message", "my_chat_member", "chat_member", kind]),
      );
      await connection.close();
    }
  });
});

describe("the menu of commands", () => {
  it("is written once, and a second start asks nothing", async () => {
    const plan = harness.plan({ commands: [command("rules"), command("ban", "", ["ban_members"])] });
    await (await harness.open(plan)).close();
    expect(await menu()).toEqual(["rules"]);
    expect(await menu({ type: "all_chat_administrators" })).toEqual(["rules", "ban"]);
    harness.telegram.calls.clear();
    await harness.open(plan);
    expect(harness.writes()).toEqual([]);
    expect(harness.telegram.calls.all.filter(({ method }) => method === "getMyCommands")).toEqual([]);
  });

  it("that is there already is left alone, even without memory of it", async () => {
    const plan = harness.plan({ commands: [command("rules")] });
    await (await harness.open(plan)).close();
    harness.memory.clear();
    harness.telegram.calls.clear();
    await harness.open(plan);
    expect(harness.writes()).toEqual([]);
  });

  it("follows a reload, and nothing is asked when nothing changed", async () => {
    const connection = await harness.open(harness.plan({ commands: [command("rules")] }));
    const next = harness.plan({ commands: [command("rules"), command("daily")] });
    await connection.converge(next);
    expect(await menu()).toEqual(["rules", "daily"]);
    const poll = harness.telegram.calls.all.filter(({ method }) => method !== "getUpdates").length;
    await connection.converge(next);
    await connection.converge(structuredClone(next));
    expect(harness.telegram.calls.all.filter(({ method }) => method !== "getUpdates")).toHaveLength(poll);
    await connection.converge(harness.plan());
    expect(await menu()).toEqual([]);
  });

  it("that Telegram refuses leaves the bot running, degraded until it is accepted", async () => {
    harness.telegram.misbehave({
      method: "setMyCommands",
      status: 400,
      description: "Bad Request: BOT_COMMAND_INVALID",
    });
    const plan = harness.plan({ commands: [command("rules")] });
    const connection = await harness.open(plan);
    expect(connection.state()).toMatchObject({ state: "degraded", why: expect.stringContaining("commands") });
    await connection.converge(plan);
    expect(connection.state()).toEqual({ state: "open" });
    expect(await menu()).toEqual(["rules"]);
  });
});

describe("reload", () => {
  it("asks for other updates at once", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    const connection = await harness.open(harness.plan({ feeds: ["messages"] }));
    await telegram.calls.waitFor(({ method }) => method === "getUpdates");
    await connection.converge(harness.plan({ feeds: ["messages", "buttons"] }));
    await telegram.calls.waitFor(
      ({ method, params }) => method === "getUpdates" && String(params.allowed_updates).includes("callback_query"),
    );
    await connection.port.send(String(group.id), {
      text: richText("Press"),
      buttons: [{ key: "k", label: "Go", style: "secondary" }],
    });
    telegram.press({ from: ada, message: telegram.messages(group).at(-1)!, button: "Go" });
    await harness.events.waitFor(({ kind }) => kind === "button");
  });

  it("needs another connection only for another token or server", async () => {
    const connection = await harness.open();
    expect(connection.needsReplacing(harness.plan({ commands: [command("x")], feeds: [] }))).toBe(false);
    expect(connection.needsReplacing(harness.plan({ settings: { api_root: "http://127.0.0.1:1" } }))).toBe(true);
    harness.environment.TELEGRAM_TOKEN = "4242:rotated";
    expect(connection.needsReplacing(harness.plan())).toBe(true);
  });
});
