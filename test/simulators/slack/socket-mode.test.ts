import { SocketModeClient } from "@slack/socket-mode";
import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRecording, type Recording } from "../shared/recording.ts";
import { type SlackSimulator, startSlackSimulator } from "./index.ts";
import type { Json } from "./json.ts";
import { quiet } from "./quiet.ts";

interface Received {
  type: string;
  body: Json;
  retry_num?: number;
  retry_reason?: string;
  ack(answer?: Json): Promise<void>;
}

let slack: SlackSimulator;
let socket: SocketModeClient;
let received: Recording<Received>;
let web: WebClient;

/** The real client waits `pingTimeout` milliseconds before it connects again, and as long for a pong. */
async function connect(pingTimeout: number): Promise<void> {
  slack = await startSlackSimulator({ echo: false, now: () => 1_700_000_000_000 });
  received = createRecording<Received>(({ type, body }) => `${type} ${JSON.stringify(body)}`);
  socket = new SocketModeClient({
    appToken: slack.appToken,
    logger: quiet,
    clientPingTimeout: pingTimeout,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  socket.on("slack_event", (event: Received) => received.record(event));
  web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, logger: quiet });
  await socket.start();
}
afterEach(async () => {
  if (slack.sockets.open > 0) await socket.disconnect();
  await slack.close();
});

const once = (client: SocketModeClient, event: string) =>
  new Promise<void>((resolve) => client.once(event, () => resolve()));
const next = (type: string, count = 1) =>
  received.waitForCount(count, (event) => event.type === type).then((all) => all.at(-1)!);

describe("Socket Mode", () => {
  beforeEach(() => connect(30_000));

  it("delivers a message and takes the acknowledgement", async () => {
    const said = slack.say({ channel: "general", user: "bob", text: "hello" });
    const event = await next("events_api");
    expect(event.body).toMatchObject({
      type: "event_callback",
      event: { type: "message", text: "hello", user: slack.workspace.user("bob").id, channel_type: "channel" },
    });
    await event.ack();
    expect(await said.acked()).toMatchObject({ payload: undefined, envelope: said.envelope });
    expect(slack.problems).toEqual([]);
  });

  it("delivers a mention twice, as message and as app_mention, and a direct message", async () => {
    slack.mention({ channel: "general", user: "ada", text: "are you there?" });
    slack.say({ channel: "@ada", user: "ada", text: "psst" });
    await next("events_api", 3);
    const events = received.all.map(({ body }) => body.event as Json);
    expect(events.map((event) => event.type)).toEqual(["message", "app_mention", "message"]);
    expect(events[1]!.text).toBe(`<@${slack.workspace.bot.id}> are you there?`);
    expect(events[2]!.channel_type).toBe("im");
  });

  it("shows what acknowledges a slash command to the person alone", async () => {
    const given = slack.slash({ channel: "general", user: "bob", command: "/harbour", text: "balance" });
    const event = await next("slash_commands");
    expect(event.body).toMatchObject({ command: "/harbour", text: "balance", user_name: "bob" });
    await event.ack({ text: "You have 50 coins." });
    expect((await given.acked()).payload).toEqual({ text: "You have 50 coins." });
    expect(slack.seen("general", "bob")).toMatchObject([{ text: "You have 50 coins." }]);
    expect(slack.seen("general", "ada")).toEqual([]);
    expect(slack.problems).toEqual([]);
  });

  it("presses a button, which is answered through its response_url", async () => {
    const elements = [
      { type: "button", action_id: "run:1", text: { type: "plain_text", text: "Chess" }, value: "chess" },
    ] as const;
    await web.chat.postMessage({
      channel: slack.workspace.channel("general").id,
      text: "Which game?",
      blocks: [{ type: "actions", elements: [...elements] }],
    });
    const message = slack.seen("general")[0]!;
    const pressed = slack.press({ user: "bob", message, label: "Chess" });
    const event = await next("interactive");
    await event.ack();
    await pressed.acked();
    expect(event.body).toMatchObject({ type: "block_actions", actions: [{ action_id: "run:1", value: "chess" }] });
    const answer = (body: Json) =>
      fetch(String(event.body.response_url), { method: "POST", body: JSON.stringify(body) });
    expect((await answer({ replace_original: true, text: "Chess!" })).status).toBe(200);
    expect(slack.seen("general")).toMatchObject([{ text: "Chess!" }]);
    expect(slack.responses.all).toMatchObject([{ body: { text: "Chess!" } }]);
    expect(slack.problems).toEqual([]);
    expect((await answer({ text: "x", colour: "red" })).status).toBe(400);
    expect(slack.problems).toEqual(["response_url /colour: unknown field of a message"]);
    expect(() => slack.press({ user: "bob", message, label: "Go" })).toThrow("the message has no");
  });

  it("opens a modal with the trigger, and takes what was filled in", async () => {
    slack.slash({ channel: "general", user: "bob", command: "/harbour", text: "form" });
    const { body, ack } = await next("slash_commands");
    await ack();
    const trigger_id = String(body.trigger_id);
    const title = { type: "plain_text", text: "Report" } as const;
    const view = {
      type: "modal",
      title,
      submit: title,
      blocks: [
        { type: "input", block_id: "why", label: title, element: { type: "plain_text_input", action_id: "text" } },
      ],
    } as const;
    await web.views.open({ trigger_id, view: { ...view, blocks: [...view.blocks] } });
    const again = web.views.open({ trigger_id, view: { ...view, blocks: [...view.blocks] } });
    await expect(again).rejects.toMatchObject({ data: { error: "exchanged_trigger_id" } });
    const shown = [...slack.workspace.views.values()][0]!;
    const sent = slack.submit({ user: "bob", view: shown, values: { why: "spam" } });
    const event = await next("interactive");
    expect(event.body).toMatchObject({
      type: "view_submission",
      view: { state: { values: { why: { text: { type: "plain_text_input", value: "spam" } } } } },
    });
    await event.ack({ response_action: "errors", errors: { why: "Say more." } });
    expect((await sent.acked()).payload).toMatchObject({ response_action: "errors" });
    expect(slack.problems).toEqual([]);
  });

  it("notices acknowledgements that are wrong", async () => {
    const said = slack.say({ channel: "general", user: "bob", text: "hello" });
    const event = await next("events_api");
    await event.ack({ text: "an event takes no answer" });
    await said.acked();
    await event.ack();
    const given = slack.slash({ channel: "general", user: "bob", command: "/harbour" });
    await (await next("slash_commands")).ack({ txt: "misspelt", blocks: [] });
    await given.acked();
    expect(slack.problems).toEqual([
      "acknowledgement of an event: takes no answer",
      expect.stringMatching(/^acknowledged E\w+, which was never sent or is acknowledged already$/),
      "acknowledgement of /harbour /txt: unknown field of a message",
      "acknowledgement of /harbour: no_text",
    ]);
  });

  it("redelivers the same event as a retry", async () => {
    const said = slack.say({ channel: "general", user: "bob", text: "hello" });
    await next("events_api");
    slack.redeliver(said, { retry_num: 2, reason: "timeout" });
    const again = await next("events_api", 2);
    expect(again).toMatchObject({ retry_num: 2, retry_reason: "timeout" });
    expect(again.body.event_id).toBe(received.all[0]!.body.event_id);
  });

  it("tells of people who come and go", async () => {
    slack.memberJoined({ user: "dora", channel: "general" });
    slack.memberLeft({ user: "dora", channel: "general" });
    await next("events_api", 3);
    expect(received.all.map(({ body }) => (body.event as Json).type)).toEqual([
      "team_join",
      "member_joined_channel",
      "member_left_channel",
    ]);
  });
});

describe("sockets that misbehave", () => {
  beforeEach(() => connect(3000));

  it("asks for a fresh connection; the client comes back, and what was said meanwhile is lost", async () => {
    slack.sockets.disconnect("refresh_requested");
    await slack.sockets.changes.waitFor(({ kind }) => kind === "closed");
    expect(slack.say({ channel: "general", user: "bob", text: "anybody?" }).sent).toBe(false);
    await slack.sockets.connected();
    expect(slack.sockets.longestGap()).toBeGreaterThan(0);
    const said = slack.say({ channel: "general", user: "bob", text: "back?" });
    await (await next("events_api")).ack();
    await said.acked();
    expect(slack.calls.all.filter(({ method }) => method === "apps.connections.open").length).toBeGreaterThan(1);
  });

  it("keeps delivering to the sockets that are left", async () => {
    const second = new SocketModeClient({
      appToken: slack.appToken,
      logger: quiet,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    second.on("slack_event", (event: Received) => event.ack());
    await second.start();
    expect(slack.sockets.open).toBe(2);
    slack.sockets.disconnect("warning", { socket: 1 });
    await slack.say({ channel: "general", user: "bob", text: "still there?" }).acked();
    expect(received.all).toEqual([]);
    await second.disconnect();
  });

  it("says hello late, and frames that are no JSON", async () => {
    slack.sockets.withholdHello(true);
    const app = new WebClient(slack.appToken, { slackApiUrl: slack.apiUrl, logger: quiet });
    const { url } = await app.apps.connections.open({});
    const heard = outcome(String(url));
    await slack.sockets.connected(2);
    slack.sockets.sendRaw(JSON.stringify("not a frame"));
    expect(await heard).toBe("not a frame");
    const later = outcome(String((await app.apps.connections.open({})).url));
    await slack.sockets.changes.waitFor((change) => change.socket === 3);
    slack.sockets.withholdHello(false);
    expect(await later).toMatchObject({ type: "hello" });
  });

  it("closes cleanly when the client disconnects", async () => {
    await socket.disconnect();
    await slack.sockets.changes.waitFor(({ kind }) => kind === "closed");
    expect(slack.sockets.open).toBe(0);
    expect(slack.problems).toEqual([]);
  });

  it("goes deaf without closing, until the client gives the socket up", async () => {
    slack.sockets.halfOpen();
    expect(slack.say({ channel: "general", user: "bob", text: "anybody?" }).sent).toBe(false);
    expect(slack.sockets.open).toBe(1);
    const back = once(socket, "connected");
    slack.sockets.drop();
    await back;
    expect(slack.sockets.open).toBe(1);
  });

  it("refuses a wrong app token, a used address and an upgrade", async () => {
    const other = new WebClient("xapp-wrong", { slackApiUrl: slack.apiUrl, logger: quiet });
    await expect(other.apps.connections.open({})).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    await expect(web.apps.connections.open({})).rejects.toMatchObject({ data: { error: "not_allowed_token_type" } });
    slack.misbehave({ method: "apps.connections.open", body: { ok: false, error: "invalid_auth" } });
    const app = new WebClient(slack.appToken, { slackApiUrl: slack.apiUrl, logger: quiet });
    await expect(app.apps.connections.open({})).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    const { url } = await app.apps.connections.open({});
    slack.sockets.refuseUpgrades(503);
    expect(await outcome(String(url))).toBe("error");
    slack.sockets.countConnections(10);
    expect(await outcome(String(url))).toMatchObject({ type: "hello", num_connections: 10 });
    expect(await outcome(String(url))).toBe("error");
  });
});

/** The first thing a bare WebSocket hears at an address. */
function outcome(url: string): Promise<unknown> {
  return new Promise((resolve) => {
    import("ws").then(({ WebSocket }) => {
      const ws = new WebSocket(url);
      ws.once("error", () => resolve("error"));
      ws.once("message", (data) => {
        resolve(JSON.parse(String(data)));
        ws.close();
      });
    });
  });
}
