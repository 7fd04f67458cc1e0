import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Settings } from "../../../../src/contracts/platform.ts";
import { freePort } from "../../../support/free-port.ts";
import { createHarness, type Harness, harbour, platformError, token } from "./harness.ts";

let harness: Harness;
let webhook: Settings & { url: string; listen: string };
beforeEach(async () => {
  harness = await createHarness();
  const port = await freePort();
  webhook = { url: `http://127.0.0.1:${port}`, listen: `127.0.0.1:${port}`, drop_pending_updates: false };
});
afterEach(() => harness.close());

const post = (path: string, headers: Record<string, string> | [string, string][], body = '{"update_id":1}') =>
  fetch(`${webhook.url}${path}`, { method: "POST", headers, body });
const secretHeader = "X-Telegram-Bot-Api-Secret-Token";

describe("a webhook", () => {
  it("is registered once and hands events over", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    await harness.open(harness.plan({ webhook }));
    telegram.say({ chat: group, from: ada, text: "hello" });
    await harness.events.waitFor((event) => event.kind === "message" && event.message.text === "hello");
    const delivery = await telegram.deliveries.waitFor(() => true);
    expect(delivery).toMatchObject({ status: 200, attempt: 1 });
    const [set] = telegram.calls.all.filter(({ method }) => method === "setWebhook");
    expect(set!.params).toEqual({
      url: `${webhook.url}/webhook/path-token`,
      secret_token: "secret-token",
      allowed_updates: [
        "message",
        "my_chat_member",
        "chat_member",
        "callback_query",
        "edited_message",
        "message_reaction",
      ],
    });
    expect(telegram.calls.all.some(({ method }) => method === "getUpdates")).toBe(false);
    const kept = JSON.stringify([...harness.memory]);
    expect(kept).not.toContain("path-token");
    expect(kept).not.toContain("secret-token");
  });

  it("that is registered already is not registered again, unless pending updates are to be dropped", async () => {
    await (await harness.open(harness.plan({ webhook }))).close();
    harness.telegram.calls.clear();
    await (await harness.open(harness.plan({ webhook }))).close();
    expect(harness.writes()).toEqual([]);
    await harness.open(harness.plan({ webhook: { ...webhook, drop_pending_updates: true } }));
    expect(harness.writes()).toEqual(["setWebhook"]);
  });

  it("is told other kinds of updates by a reload, and only when they change", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    const connection = await harness.open(harness.plan({ webhook, feeds: ["messages"] }));
    const sent = telegram.say({ chat: group, from: ada, text: "draft" });
    telegram.edit(sent, "unheard");
    await connection.converge(harness.plan({ webhook, feeds: ["messages", "message_edits", "reactions"] }));
    await connection.converge(harness.plan({ webhook, feeds: ["messages", "message_edits", "reactions"] }));
    telegram.edit(sent, "heard");
    telegram.react({ from: ada, message: sent, emoji: ["👍"] });
    await harness.events.waitFor(({ kind }) => kind === "reaction_added");
    const edits = harness.events.all.flatMap((event) => (event.kind === "message_edited" ? [event.message.text] : []));
    expect(edits).toEqual(["heard"]);
    const kinds = telegram.calls.all.flatMap(({ method, params }) =>
      method === "setWebhook" ? [params.allowed_updates] : [],
    );
    expect(kinds).toEqual([
      ["message", "my_chat_member", "chat_member"],
      ["message", "my_chat_member", "chat_member", "edited_message", "message_reaction"],
    ]);
  });

  it("turns away what is not from Telegram, by path and secret, before reading it", async () => {
    await harness.open(harness.plan({ webhook }));
    const forged: (Record<string, string> | [string, string][])[] = [
      {},
      { [secretHeader]: "" },
      { [secretHeader]: "wrong" },
      { [secretHeader]: "secret-toke" },
      { [secretHeader]: "secret-token2" },
      { [secretHeader]: "Secret-token" },
      [
        [secretHeader, "secret-token"],
        [secretHeader, "secret-token"],
      ],
    ];
    for (const headers of forged) expect((await post("/webhook/path-token", headers)).status).toBe(401);
    const right = { [secretHeader]: "secret-token" };
    for (const path of ["/", "/webhook/", "/webhook/path-toke", "/webhook/path-token/", "/webhook/path-token?x=1"])
      expect((await post(path, right)).status).toBe(404);
    const response = await fetch(`${webhook.url}/webhook/path-token`, { headers: right });
    expect(response.status).toBe(405);
    expect(harness.events.all).toEqual([]);
    expect(harness.logged.filter((line) => line.includes("turned away"))).toHaveLength(1);
  });

  it("refuses bodies that are no updates or too large", async () => {
    await harness.open(harness.plan({ webhook }));
    const right = { [secretHeader]: "secret-token" };
    for (const body of ["", "{", "[]", "null", '{"update_id":"1"}'])
      expect((await post("/webhook/path-token", right, body)).status).toBe(400);
    const large = await post("/webhook/path-token", right, `{"update_id":1,"x":"${"x".repeat(1_100_000)}"}`)
      .then(({ status }) => status)
      .catch(() => 413);
    expect(large).toBe(413);
    expect((await post("/webhook/path-token", right)).status).toBe(200);
  });

  it("handles an update once, though it is delivered again while under way and after", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    await harness.open(harness.plan({ webhook }));
    let finish = () => {};
    harness.answer = () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      });
    telegram.say({ chat: group, from: ada, text: "slow" });
    await harness.events.waitFor(() => true);
    telegram.redeliver(telegram.updates[0]!);
    finish();
    await telegram.deliveries.waitForCount(2, ({ status }) => status === 200);
    telegram.redeliver(telegram.updates[0]!);
    await telegram.deliveries.waitForCount(3, ({ status }) => status === 200);
    expect(harness.events.all).toHaveLength(1);
  });

  it("is acknowledged after five seconds though the handler takes longer, and never delivered again", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    const connection = await harness.open(harness.plan({ webhook }));
    harness.answer = () => new Promise(() => {});
    telegram.say({ chat: group, from: ada, text: "endless" });
    const delivery = await telegram.deliveries.waitFor(() => true);
    expect(delivery).toMatchObject({ status: 200, attempt: 1 });
    expect(harness.events.all).toHaveLength(1);
    await connection.close();
  });

  it("that stops taking events lets Telegram keep them for the next", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    const first = await harness.open(harness.plan({ webhook }));
    await first.stopIntake();
    telegram.say({ chat: group, from: ada, text: "kept" });
    await telegram.deliveries.waitFor(({ status }) => status !== 200);
    expect(harness.events.all).toEqual([]);
    await harness.open(harness.plan({ webhook }));
    await harness.events.waitFor(() => true);
    await first.close();
  });

  it("moves, comes and goes by reload", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    const connection = await harness.open();
    const hears = async (text: string) => {
      telegram.say({ chat: group, from: ada, text });
      await harness.events.waitFor((event) => event.kind === "message" && event.message.text === text);
    };
    await hears("polled");
    await connection.converge(harness.plan({ webhook }));
    await hears("posted");
    const port = await freePort();
    await connection.converge(
      harness.plan({ webhook: { ...webhook, url: `http://127.0.0.1:${port}`, listen: `127.0.0.1:${port}` } }),
    );
    await hears("moved");
    await connection.converge(harness.plan());
    await hears("polled again");
    expect(harness.events.all).toHaveLength(4);
  });

  it("that cannot be set up by a reload leaves the old way working", async () => {
    const { telegram } = harness;
    const { ada, group } = harbour(telegram);
    const connection = await harness.open();
    const bad = harness.plan({ webhook: { ...webhook, url: "http://bot.example.org" } });
    expect(await platformError(connection.converge(bad))).toMatchObject({ kind: "start", setting: "webhook" });
    telegram.say({ chat: group, from: ada, text: "still here" });
    await harness.events.waitFor(() => true);
  });

  it("says in words what is wrong with its settings", async () => {
    harness.environment.SECRET_TOKEN = "with blanks";
    expect(await platformError(harness.connect(harness.plan({ webhook })).open())).toMatchObject({
      kind: "start",
      setting: "webhook",
    });
    harness.environment.SECRET_TOKEN = "fine";
    const taken = new URL(harness.telegram.url).host;
    const busy = harness.connect(harness.plan({ webhook: { ...webhook, listen: taken } })).open();
    expect(await platformError(busy)).toMatchObject({ message: expect.stringContaining("Another program listens") });
  });

  it("of somebody else is never removed", async () => {
    await fetch(`${harness.telegram.url}/bot${token}/setWebhook?url=https://elsewhere.example.org/hook/s3cret`);
    harness.telegram.calls.clear();
    const error = await platformError(harness.connect().open());
    expect(error).toMatchObject({ kind: "start", setting: "webhook" });
    expect(error.message).toContain("elsewhere.example.org");
    expect(error.message).not.toContain("s3cret");
    expect(harness.writes()).toEqual([]);
  });
});
