import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CommandEvent, MessageEvent } from "../../../../src/contracts/event.ts";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { signature } from "../../../simulators/slack/signed-sender.ts";
import { freePort } from "../../../support/free-port.ts";
import { createHarness, type Harness, platformError, stored } from "./harness.ts";

let harness: Harness;
let connection: Connection;
let port: number;
let url: string;
beforeEach(async () => {
  harness = await createHarness({ echo: false });
  port = await freePort();
  connection = await harness.open(harness.plan({ http: port }));
  url = `http://127.0.0.1:${port}/slack/events`;
  harness.slack.deliverTo(url);
});
afterEach(() => harness.close());

const seconds = () => Math.floor(Date.now() / 1000);
const post = async (body: string, headers: Record<string, string> = {}, at = url) => {
  const timestamp = headers["x-slack-request-timestamp"] ?? String(seconds());
  const response = await fetch(at, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": signature(harness.slack.signingSecret, timestamp, body),
      ...headers,
    },
    body,
  });
  return { status: response.status, text: await response.text() };
};

describe("signed requests", () => {
  it("prove the address to Slack", async () => {
    expect(await harness.slack.verifyUrl(url)).toBe(true);
    expect(await post("ssl_check=1&token=x", { "content-type": "application/x-www-form-urlencoded" })).toMatchObject({
      status: 200,
    });
    expect(harness.events.all).toEqual([]);
  });

  it("bring messages, slash commands and presses", async () => {
    expect(await harness.slack.say({ channel: "general", user: "bob", text: "hello" }).acked()).toMatchObject({
      status: 200,
    });
    await harness.slack.slash({ channel: "general", user: "bob", command: "/harbour", text: "give 20" }).acked();
    const command = (await harness.events.waitFor(({ kind }) => kind === "command")) as CommandEvent;
    expect(command.call).toMatchObject({ name: "give", input: { text: "20" } });
    await connection.port.reply(stored(command), {
      text: richText("done"),
      buttons: [{ key: "k", label: "Again", style: "primary" }],
    });
    await harness.slack.press({ user: "bob", message: harness.slack.seen("general").at(-1)!, label: "Again" }).acked();
    await harness.events.waitFor((event) => event.kind === "button" && event.button === "k");
    expect(harness.slack.sockets.open).toBe(0);
  });

  it("are answered before they are handled", async () => {
    let finish: () => void = () => undefined;
    harness.answer = () => new Promise((resolve) => (finish = resolve));
    await harness.slack.say({ channel: "general", user: "bob", text: "slow" }).acked();
    await harness.events.waitFor(() => true);
    finish();
  });

  it("keep the key of the event when they come again", async () => {
    const said = harness.slack.say({ channel: "general", user: "bob", text: "once" });
    await said.acked();
    await harness.slack.redeliver(said, { retry_num: 1, reason: "http_timeout" }).acked();
    const [first, second] = (await harness.events.waitForCount(2, () => true)) as MessageEvent[];
    expect(second!.key).toBe(first!.key);
  });

  it("are taken although the first try was lost on the way, and Slack tells of another", async () => {
    harness.slack.deliverTo("http://127.0.0.1:9/slack/events");
    const lost = harness.slack.say({ channel: "general", user: "bob", text: "at last" });
    expect((await lost.acked()).status).toBe(0);
    harness.slack.deliverTo(url);
    await harness.slack.redeliver(lost, { retry_num: 3, reason: "connection_failed" }).acked();
    await harness.events.waitFor((event) => event.kind === "message" && event.message.text === "at last");
  });

  it("are refused when they are old, from the future, without a time, unsigned, or changed", async () => {
    const said = harness.slack.say({ channel: "general", user: "bob", text: "real" });
    await said.acked();
    const forgeries = [
      { timestamp: seconds() - 301 },
      { timestamp: seconds() + 310 },
      { timestamp: "NaN" },
      { timestamp: "" },
      { timestamp: `${seconds()}.5` },
      { secret: "another secret" },
      { signature: "v0=" },
      { signature: `v0=${"0".repeat(64)}` },
      { signature: "v1=whatever" },
      { tamper: (body: string) => body.replace("real", "fake") },
      { without: ["x-slack-signature" as const] },
      { without: ["x-slack-request-timestamp" as const] },
    ];
    for (const forgery of forgeries)
      expect([forgery, (await harness.slack.forge(said, forgery)).status]).toEqual([forgery, 401]);
    for (const timestamp of [seconds() - 290, seconds() + 290])
      expect((await harness.slack.forge(said, { timestamp })).status).toBe(200);
    await harness.events.waitForCount(3, () => true);
    expect(harness.events.all.map((event) => event.kind === "message" && event.message.text)).toEqual(
      Array(3).fill("real"),
    );
    expect(harness.logged.join("\n")).toContain("requests that are not from Slack were turned away");
    expect(harness.logged.join("\n")).not.toContain(harness.slack.signingSecret);
  });

  it("are refused for their path, method, size and form", async () => {
    expect((await post("{}", {}, `http://127.0.0.1:${port}/other`)).status).toBe(404);
    expect((await fetch(url)).status).toBe(405);
    expect((await post("x".repeat(1024 * 1024 + 1))).status).toBe(413);
    expect((await post("no json")).status).toBe(400);
    expect((await post("payload=%7B", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(400);
    expect((await post("x".repeat(1024 * 1024))).status).toBe(400);
    expect(await postInPieces(1024 * 1024 + 4096)).toBe(413);
    expect(harness.events.all).toEqual([]);
  });

  it("are turned away after the intake was stopped, and the port is free after closing", async () => {
    await connection.stopIntake();
    await expect(post("{}")).rejects.toThrow();
    await connection.close();
    await harness.open(harness.plan({ http: port }));
    expect(await harness.slack.verifyUrl(url)).toBe(true);
  });

  it("may be signed with a new secret after a reload, at the same door", async () => {
    const next = harness.plan({ http: port });
    harness.environment.SIGNING = "another-secret";
    expect(connection.needsReplacing(next)).toBe(false);
    await connection.converge(next);
    const said = harness.slack.say({ channel: "general", user: "bob", text: "old secret" });
    expect((await said.acked()).status).toBe(401);
    expect((await harness.slack.forge(said, { secret: "another-secret" })).status).toBe(200);
  });

  it("can be moved to Socket Mode and back by reloads", async () => {
    await connection.converge(harness.plan());
    await harness.slack.sockets.connected();
    await expect(post("{}")).rejects.toThrow();
    await connection.converge(harness.plan({ http: port }));
    expect(await harness.slack.verifyUrl(url)).toBe(true);
    expect(harness.slack.sockets.open).toBe(0);
  });

  it("leave the old way in place when the new one cannot be opened", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port: busy } = taken.address() as AddressInfo;
    const error = await platformError(connection.converge(harness.plan({ http: busy })));
    expect(error).toMatchObject({ kind: "start", setting: "listen" });
    expect(error.message).toContain(`Another program listens on 127.0.0.1:${busy}`);
    expect(await harness.slack.verifyUrl(url)).toBe(true);
    await new Promise((resolve) => taken.close(resolve));
  });
});

/** Without a length in its header. */
function postInPieces(size: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      url,
      {
        method: "POST",
        headers: {
          "transfer-encoding": "chunked",
          "x-slack-request-timestamp": String(seconds()),
          "x-slack-signature": `v0=${"0".repeat(64)}`,
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    outgoing.on("error", reject);
    outgoing.write("x".repeat(size));
  });
}
