import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestApp, tryApp } from "../support/app.ts";
import { freePort } from "../support/free-port.ts";
import { type DiscordStage, discordStage } from "./discord-stage.ts";
import { type SlackStage, slackStage } from "./slack-stage.ts";
import { endStage, type Stage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

let telegram: TelegramStage;
let discord: DiscordStage;
let slack: SlackStage;

beforeEach(async () => {
  [telegram, discord, slack] = await Promise.all([telegramStage(), discordStage(), slackStage()]);
});
afterEach(() => endStage(telegram, discord, slack));

const text = (stages: readonly Stage[], commands: readonly string[] = []) => `version: 1
bot: { name: Harbour }
platforms:
${stages.map(({ entry }) => `  ${entry}\n`).join("")}storage: sqlite:./bot.db
audit: { also: { file: ./audit.jsonl } }
commands:
  ping: pong
${commands.map((line) => `  ${line}\n`).join("")}`;
const env = (change: Record<string, string> = {}) => ({ ...telegram.env, ...discord.env, ...slack.env, ...change });
const all = () => [telegram, discord, slack];

describe("several platforms in one file", () => {
  it("run side by side, and carry messages from one to another", async () => {
    const tell = `tell: { do: [ { send: { to: "discord:general", text: "{{ user.name }} calls." } }, { reply: Told. } ] }`;
    const bot = await startTestApp({ yaml: text(all(), [tell]), env: env() });
    expect(bot.problems).toEqual([]);
    for (const stage of all()) expect(await stage.call("ada", "ping").answer()).toBe("pong");
    expect(await telegram.call("ada", "tell").answer()).toBe("Told.");
    await discord.hears("Ada calls.");
    await bot.stop();
    expect(await bot.app.finished).toBe(0);
  });

  it("run without the one whose token is wrong, which is named with its line", async () => {
    const bot = await startTestApp({ yaml: text(all()), env: env({ DISCORD_TOKEN: "wrong.token.here" }) });
    expect(bot.problems).toEqual([expect.stringMatching(/bot\.yaml:5:\d+ discord cannot start: /)]);
    for (const stage of [telegram, slack]) expect(await stage.call("ada", "ping").answer()).toBe("pong");
    expect(bot.app.status()).toMatchObject([
      { platform: "telegram", state: "open" },
      { platform: "discord", state: "closed", why: expect.stringContaining("discord cannot start") },
      { platform: "slack", state: "open" },
    ]);
  });

  it("do not run at all where none can", async () => {
    const started = await tryApp({
      yaml: text(all()),
      env: env({ DISCORD_TOKEN: "wrong.token.here", TELEGRAM_TOKEN: "1:wrong", SLACK_BOT_TOKEN: "xoxb-wrong" }),
    });
    expect(started).toMatchObject({ exitCode: 1 });
    const lines = started.problems.map((line) => /bot\.yaml:(\d+):\d+ (\w+) cannot start/.exec(line)?.slice(1));
    expect(lines.sort()).toEqual([
      ["4", "telegram"],
      ["5", "discord"],
      ["6", "slack"],
    ]);
  });

  it("are changed as one file although one of them does not run, and it is tried again", async () => {
    const lines = (token: string) => `DISCORD_TOKEN=${token}\n`;
    const { DISCORD_TOKEN: good, ...others } = env();
    const bot = await startTestApp({ yaml: text(all()), env: others, files: { ".env": lines("wrong.token.here") } });
    const report = await bot.reload(text(all(), ["wind: From the west."]));
    expect(report).toMatchObject({ ok: true, sentences: ["1 command added: wind"], problems: [{ line: 5 }] });
    expect(await slack.call("ada", "wind").answer()).toBe("From the west.");
    await bot.overwrite(lines(good!), ".env");
    expect(await bot.app.reload()).toEqual({ ok: true, sentences: [], problems: [] });
    expect(await discord.call("ada", "wind").answer()).toBe("From the west.");
  });

  it("get one back that was lost for good, once its new token is there", async () => {
    const lines = (token: string) => `SLACK_BOT_TOKEN=${token}\n`;
    const { SLACK_BOT_TOKEN: first, ...others } = env();
    const bot = await startTestApp({ yaml: text(all()), env: others, files: { ".env": lines(first!) } });
    slack.slack.tokens.revoke();
    slack.call("ada", "ping");
    await bot.log.waitFor(({ msg, platform }) => msg === "connection lost" && platform === "slack");
    expect(await telegram.call("ada", "ping").answer()).toBe("pong");
    expect(bot.app.status()).toContainEqual({ platform: "slack", state: "closed", why: expect.any(String) });
    expect(await bot.app.reload()).toMatchObject({ ok: true, problems: [{ code: "platform-start", line: 6 }] });

    const { access_token } = slack.slack.tokens.renew(slack.slack.tokens.refreshToken)!;
    await bot.overwrite(lines(access_token), ".env");
    expect(await bot.app.reload()).toEqual({ ok: true, sentences: [], problems: [] });
    expect(await slack.call("ada", "ping").answer()).toBe("pong");
  });

  it("come and go with the file", async () => {
    const bot = await startTestApp({ yaml: text([telegram]), env: env() });
    expect((await bot.reload(text([telegram, slack]))).sentences).toEqual(["1 platform added: slack"]);
    expect(await slack.call("ada", "ping").answer()).toBe("pong");
    expect((await bot.reload(text([slack]))).sentences).toEqual(["1 platform removed: telegram"]);
    await bot.log.waitFor(({ msg, platform }) => msg === "disconnected" && platform === "telegram");
    expect(await slack.call("ada", "ping").answer()).toBe("pong");
    expect(bot.app.status()).toEqual([{ platform: "slack", state: "open" }]);
  });

  it("keep the work of one that is away, and take it up at once when it is back", async () => {
    const later = ["later: { do: [ { reply: Soon. }, { wait: 2s }, { reply: Later. } ] }"];
    const bot = await startTestApp({ yaml: text([telegram, slack], later), env: env() });
    expect(await telegram.call("ada", "later").answer()).toBe("Soon.");
    await bot.reload(text([slack], later));
    expect(await slack.call("ada", "later").answer()).toBe("Soon.");
    await slack.hears("Later.");
    expect(telegram.heard()).not.toContain("Later.");
    await bot.reload(text([telegram, slack], later));
    await telegram.hears("Later.");
  });

  it("refuse a file that adds one which cannot start, and go on", async () => {
    const bot = await startTestApp({ yaml: text([telegram]), env: env({ SLACK_BOT_TOKEN: "xoxb-wrong" }) });
    const report = await bot.reload(text([telegram, slack], ["wind: From the west."]));
    expect(report).toMatchObject({ ok: false, problems: [{ code: "platform-start", line: 5 }] });
    expect(await telegram.call("ada", "ping").answer()).toBe("pong");
    expect(telegram.menu()).not.toContain("wind");
  });

  it("open one that was out of reach at the start as soon as it can be reached", async () => {
    const down = telegram.telegram.misbehave({ method: "getMe", close: true, times: Number.POSITIVE_INFINITY });
    const bot = await startTestApp({ yaml: text([telegram, slack]), env: env(), speed: 50 });
    expect(bot.problems).toHaveLength(1);
    down.stop();
    await bot.log.waitFor(({ msg, platform }) => msg === "connected" && platform === "telegram");
    expect(await telegram.call("ada", "ping").answer()).toBe("pong");
    expect(bot.app.status()).toEqual([
      { platform: "telegram", state: "open" },
      { platform: "slack", state: "open" },
    ]);
  });
});

describe("a new token", () => {
  it("takes Discord over", async () => {
    const { DISCORD_TOKEN: old, ...others } = env();
    const bot = await startTestApp({ yaml: text([discord]), env: others, files: { ".env": `DISCORD_TOKEN=${old}\n` } });
    expect(await discord.call("ada", "ping").answer()).toBe("pong");
    const fresh = "MTAwMDAwMDAwMDAwMDAwMDAw.BBBBBB.another-simulated-token";
    discord.discord.portal.token = fresh;
    await bot.overwrite(`DISCORD_TOKEN=${fresh}\n`, ".env");
    expect((await bot.app.reload()).ok).toBe(true);
    await bot.log.waitFor(({ msg }) => msg === "disconnected");
    expect(await discord.call("ada", "ping").answer()).toBe("pong");
    expect(bot.app.status()).toEqual([{ platform: "discord", state: "open" }]);
  });

  it("takes Slack over by signed requests on the same port", async () => {
    await slack.close();
    slack = await slackStage({ httpPort: await freePort() });
    const lines = (change: Record<string, string>) =>
      Object.entries({ ...slack.env, ...change })
        .map(([name, value]) => `${name}=${value}\n`)
        .join("");
    const bot = await startTestApp({ yaml: text([slack]), env: {}, files: { ".env": lines({}) } });
    expect(await slack.call("ada", "ping").answer()).toBe("pong");
    const { access_token } = slack.slack.tokens.renew(slack.slack.tokens.refreshToken)!;
    await bot.overwrite(lines({ SLACK_BOT_TOKEN: access_token }), ".env");
    expect((await bot.app.reload()).ok).toBe(true);
    await bot.log.waitFor(({ msg }) => msg === "disconnected");
    expect(await slack.call("ada", "ping").answer()).toBe("pong");
    expect(slack.slack.calls.all.at(-1)?.token).toBe(access_token);
  });
});
