import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type Connect, PlatformError } from "../../src/contracts/platform.ts";
import { type ConsoleBot, startConsoleBot } from "../support/console-bot.ts";
import { freePort } from "../support/free-port.ts";

const secret = "a secret of the harbour";
const bots: ConsoleBot[] = [];
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
});

const yaml = (port: number, path = "deploy") => `
version: 1
bot: { name: Harbour }
platforms: { console: {} }
rules:
  - name: Deploy
    when: { webhook: { path: ${path}, secret: "\${DEPLOY_SECRET:-x}", listen: "127.0.0.1:${port}" } }
    do: [{ send: { to: news, text: "{{ body.branch }} by {{ body.pusher.name }}{{ body.constructor }}" } }]
`;

async function start(): Promise<{ bot: ConsoleBot; port: number; url: string }> {
  const port = await freePort();
  const bot = await startConsoleBot(yaml(port), { webhookSecret: secret });
  bots.push(bot);
  return { bot, port, url: `http://127.0.0.1:${port}/deploy` };
}

const json = JSON.stringify({ branch: "main", pusher: { name: "ada" } });
const post = (url: string, headers: Record<string, string>, body: string = json) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
const signed = (body: string, key = secret) => ({
  "x-hub-signature-256": `sha256=${createHmac("sha256", key).update(body).digest("hex")}`,
});

test.each([
  ["the secret as a header", { "x-webhook-secret": secret }],
  ["the secret behind Bearer", { authorization: `Bearer ${secret}` }],
  ["the secret as GitLab sends it", { "x-gitlab-token": secret }],
  ["a signature as GitHub sends it", signed(json)],
])("whoever shows %s starts the rule", async (_, headers) => {
  const { bot, url } = await start();
  expect((await post(url, headers)).status).toBe(202);
  expect(await bot.waitFor("main")).toBe("#news: main by ada");
});

test("nobody else learns anything, whatever they try", async () => {
  const { bot, url, port } = await start();
  const root = `http://127.0.0.1:${port}`;
  const right = { "x-webhook-secret": secret };
  const answers = await Promise.all([
    post(url, {}),
    post(url, { "x-webhook-secret": "wrong" }),
    post(url, { "x-webhook-secret": `${secret}x` }),
    post(url, signed(json, "wrong")),
    post(url, signed("{}")),
    post(url, { authorization: `Basic ${secret}` }),
    post(`${root}/deploys`, right),
    post(`${root}/`, right),
    post(`${root}/deploy/..%2fdeploy`, right),
    fetch(url, { headers: right }),
    post(url, {}, "x".repeat(300_000)),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe("Nothing was taken. The log of the bot says why.\n");
  }
  await bot.clock.advance(0);
  expect(bot.shown()).toEqual([]);
  expect(bot.log.filter(({ message }) => message.includes("turned away"))).toHaveLength(1);
});

test("forms and plain texts arrive too, and what is delivered twice counts once", async () => {
  const { bot, url } = await start();
  const headers = { "x-webhook-secret": secret, "x-github-delivery": "one" };
  const form = { ...headers, "content-type": "application/x-www-form-urlencoded" };
  expect((await post(url, form, "branch=next")).status).toBe(202);
  expect(await bot.waitFor("next")).toContain("#news: next by");
  expect((await post(url, headers)).status).toBe(202);
  expect((await post(url, { ...headers, "x-github-delivery": "two" })).status).toBe(202);
  expect(await bot.waitFor("main")).toBe("#news: main by ada");
  expect((await post(url, { "x-webhook-secret": secret, "content-type": "text/plain" }, "plain")).status).toBe(202);
  await bot.clock.advance(0);
  expect(bot.shown().filter((line) => line.includes("main"))).toHaveLength(1);
});

test.each([
  ["too much", "application/json", "x".repeat(300_000), 413, "more than 256 KB were sent"],
  ["broken JSON", "application/json", "{", 400, "this is no JSON"],
  ["broken JSON as curl sends it", "application/x-www-form-urlencoded", '{"branch": main}', 400, "this is no JSON"],
  ["deep JSON", "application/json", `${"[".repeat(1000)}${"]".repeat(1000)}`, 400, "nested more than 50 times"],
  ["a form with files", "multipart/form-data; boundary=x", "--x--", 415, "Send JSON"],
])("whoever knows the secret and sends %s is told what is wrong", async (_, type, body, status, why) => {
  const { bot, url } = await start();
  const answer = await post(url, { "x-webhook-secret": secret, "content-type": type }, body);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toMatch(new RegExp(`^Nothing was taken: .*${why}.*\\n$`));
  await bot.clock.advance(0);
  expect(bot.shown()).toEqual([]);
});

test.each(["application/x-www-form-urlencoded", "text/plain", "application/octet-stream"])(
  "JSON that is called %s is understood",
  async (type) => {
    const { bot, url } = await start();
    expect((await post(url, { "x-webhook-secret": secret, "content-type": type })).status).toBe(202);
    expect(await bot.waitFor("main")).toBe("#news: main by ada");
  },
);

test("a call that comes while the platform cannot be asked is not taken, and comes again", async () => {
  const port = await freePort();
  let isAway = true;
  const around =
    (connect: Connect): Connect =>
    (plan, dependencies) => {
      const connection = connect(plan, dependencies);
      const onlyServer = () => {
        if (isAway) throw new PlatformError("unavailable", "The platform is away.");
        return { id: "console", name: "console" };
      };
      return { ...connection, port: { ...connection.port, onlyServer } };
    };
  const bot = await startConsoleBot(yaml(port), { webhookSecret: secret, around });
  bots.push(bot);
  const headers = { "x-webhook-secret": secret, "x-github-delivery": "one" };
  expect((await post(`http://127.0.0.1:${port}/deploy`, headers)).status).toBe(503);
  isAway = false;
  expect((await post(`http://127.0.0.1:${port}/deploy`, headers)).status).toBe(202);
  expect(await bot.waitFor("main")).toBe("#news: main by ada");
});

test("a reload moves the address, and the log says each new one once", async () => {
  const { bot, url, port } = await start();
  const told = () => bot.log.filter(({ message }) => message.startsWith("a webhook waits")).map(({ fields }) => fields);
  expect(told()).toEqual([{ url, rule: "Deploy" }]);
  const headers = { "x-webhook-secret": secret };
  expect((await bot.reload(yaml(port, "install"))).ok).toBe(true);
  expect((await post(url, headers)).status).toBe(404);
  expect((await post(url.replace("deploy", "install"), headers)).status).toBe(202);
  await bot.waitFor("main");
  const other = await freePort();
  expect((await bot.reload(yaml(other))).ok).toBe(true);
  expect((await post(`http://127.0.0.1:${other}/deploy`, headers)).status).toBe(202);
  await expect(post(url, headers)).rejects.toThrow();
  const moved = [url.replace("deploy", "install"), `http://127.0.0.1:${other}/deploy`];
  expect(told()).toEqual([url, ...moved].map((each) => ({ url: each, rule: "Deploy" })));
});

test("an address that is taken is said, and the rest of the file holds", async () => {
  const port = await freePort();
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  const bot = await startConsoleBot("version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n", {
    webhookSecret: secret,
  });
  bots.push(bot);
  const report = await bot.reload(yaml(port));
  other.close();
  expect(report.ok).toBe(true);
  expect(report.problems).toEqual([
    `webhooks cannot be taken: Another program listens on 127.0.0.1:${port} already; choose another port under listen.`,
  ]);
});
