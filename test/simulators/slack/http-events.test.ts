import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LoopbackRequest, type LoopbackServer, startLoopback } from "../shared/loopback.ts";
import { createRecording, type Recording } from "../shared/recording.ts";
import { type SlackSimulator, startSlackSimulator } from "./index.ts";

let slack: SlackSimulator;
let bot: LoopbackServer;
let requests: Recording<LoopbackRequest>;
let answer: string;

beforeEach(async () => {
  requests = createRecording<LoopbackRequest>(({ path, body }) => `${path} ${body}`);
  answer = "";
  bot = await startLoopback((request, response) => {
    const { "x-slack-signature": signature, "x-slack-request-timestamp": timestamp } = request.headers;
    const expected = createHmac("sha256", "secret").update(`v0:${timestamp}:${request.body}`).digest("hex");
    if (signature !== `v0=${expected}`) return void response.writeHead(401).end();
    requests.record(request);
    response.end(answer);
  });
  slack = await startSlackSimulator({ signingSecret: "secret", echo: false });
  slack.deliverTo({ events: `${bot.url}/events`, commands: `${bot.url}/commands`, interactivity: `${bot.url}/press` });
});
afterEach(async () => {
  await slack.close();
  await bot.close();
});

describe("signed HTTP requests", () => {
  it("sends events as JSON and repeats them with the headers of a retry", async () => {
    const said = slack.say({ channel: "general", user: "bob", text: "hello" });
    expect(await said.acked()).toMatchObject({ status: 200, payload: undefined });
    await slack.redeliver(said, { retry_num: 1, reason: "http_timeout" }).acked();
    const [first, second] = requests.all;
    expect(first).toMatchObject({ path: "/events", headers: { "content-type": "application/json" } });
    expect(first!.headers["x-slack-retry-num"]).toBeUndefined();
    expect(second!.headers).toMatchObject({ "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" });
    expect(second!.body.equals(first!.body)).toBe(true);
    expect(JSON.parse(first!.body.toString())).toMatchObject({ event: { text: "hello" } });
    await slack.appRateLimited().acked();
    expect(JSON.parse(requests.all[2]!.body.toString())).toMatchObject({ type: "app_rate_limited" });
  });

  it("sends commands and presses as forms, and shows the answer", async () => {
    answer = JSON.stringify({ response_type: "in_channel", text: "Done & dusted" });
    const text = "give <@U1> 20 & more";
    const ack = await slack.slash({ channel: "general", user: "bob", command: "/harbour", text }).acked();
    expect(ack.payload).toMatchObject({ text: "Done & dusted" });
    expect(slack.seen("general", "ada")).toMatchObject([{ text: "Done & dusted" }]);
    const form = new URLSearchParams(requests.all[0]!.body.toString());
    expect(Object.fromEntries(form)).toMatchObject({ command: "/harbour", text, is_enterprise_install: "false" });

    answer = "";
    const message = slack.workspace.post({
      channel: slack.workspace.channel("general").id,
      user: slack.workspace.bot.id,
      bot_id: slack.workspace.bot.bot_id,
      text: "?",
      blocks: [
        { type: "actions", elements: [{ type: "button", text: { type: "plain_text", text: "Go" }, value: "go" }] },
      ],
    });
    await slack.press({ user: "bob", message, label: "Go" }).acked();
    const pressed = new URLSearchParams(requests.all[1]!.body.toString()).get("payload");
    expect(JSON.parse(pressed ?? "")).toMatchObject({ type: "block_actions", actions: [{ value: "go" }] });
    expect(slack.problems).toEqual([]);
  });

  it("verifies the address, and forges requests that must be refused", async () => {
    expect(await slack.verifyUrl(`${bot.url}/events`)).toBe(false);
    const echoing = await startLoopback((request, response) => {
      response.end((JSON.parse(request.body.toString()) as { challenge: string }).challenge);
    });
    expect(await slack.verifyUrl(echoing.url)).toBe(true);
    await echoing.close();

    const said = slack.say({ channel: "general", user: "bob", text: "hello" });
    await said.acked();
    const status = async (forgery: Parameters<SlackSimulator["forge"]>[1]) => (await slack.forge(said, forgery)).status;
    expect(await status({})).toBe(200);
    expect(await status({ secret: "wrong" })).toBe(401);
    expect(await status({ signature: "v0=00" })).toBe(401);
    expect(await status({ tamper: (body) => body.replace("hello", "hullo") })).toBe(401);
    expect(await status({ without: ["x-slack-signature"] })).toBe(401);
    expect(await status({ timestamp: "NaN" })).toBe(200);
    expect(requests.all.at(-1)!.headers["x-slack-request-timestamp"]).toBe("NaN");
  });

  it("records that the bot cannot be reached", async () => {
    await bot.close();
    expect(await slack.say({ channel: "general", user: "bob", text: "hello" }).acked()).toMatchObject({ status: 0 });
  });
});
