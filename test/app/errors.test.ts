import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRecording } from "../simulators/shared/recording.ts";
import { startProxy } from "../stores/proxy.ts";
import { endApps, startTestApp, tryApp } from "../support/app.ts";
import { freshPostgresSchema, redisIsThere, redisUrl } from "../support/databases.ts";
import { botText } from "./behaviours.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

const withRedis = it.skipIf(!(await redisIsThere()));
const schema = await freshPostgresSchema();

let stage: TelegramStage;

afterAll(async () => {
  await schema?.drop();
});
beforeEach(async () => {
  stage = await telegramStage();
});
afterEach(() => endStage(stage));

/** Bots of one name share what they keep in Redis, so each test's bot has a name of its own. */
const ownName = (yaml: string) => yaml.replace("name: Harbour", `name: Harbour ${randomUUID()}`);

const fragile = `greet:
    do:
      - direct_message: { to: "{{ user }}", text: Hello. }
      - reply: I have written to you.
    on_error: [ { reply: "I could not: {{ error }}" } ]`;

/** Telegram cannot be reached for direct messages. */
const breakDirectMessages = (who: "ada" | "bob") =>
  stage.telegram.misbehave({
    method: "sendMessage",
    when: ({ chat_id }) => Number(chat_id) === stage.people[who].id,
    status: 502,
    text: "<html>Bad Gateway</html>",
    times: Number.POSITIVE_INFINITY,
  });

describe("an error inside an action", () => {
  withRedis("is logged with its line, published, audited, handled by on_error, and ends nothing else", async () => {
    const watcher = new Redis(redisUrl);
    const published = createRecording<{ bot: string; line: number; rule: string; message: string; platform: string }>();
    watcher.on("message", (_channel, text) => published.record(JSON.parse(text)));
    await watcher.subscribe("bot_errors");
    try {
      const yaml = `${ownName(botText(stage, { commands: [fragile] }))}redis: "${redisUrl}"\n`;
      const bot = await startTestApp({ yaml, env: stage.env });
      stage.telegram.privateChat(stage.people.ada);
      breakDirectMessages("ada");
      expect(await stage.call("ada", "greet").answer()).toContain("I could not: ");
      const line = yaml.split("\n").findIndex((text) => text.includes("direct_message")) + 1;
      const logged = await bot.log.waitFor(({ msg }) => msg === "an action failed");
      expect(logged).toMatchObject({ level: "error", rule: "greet", action: "direct_message", line });
      const error = await published.waitFor(({ rule }) => rule === "greet");
      expect(error).toMatchObject({
        bot: expect.stringMatching(/^Harbour /),
        platform: "telegram",
        line,
        message: logged.error,
      });
      expect(await bot.audited(1, (row) => row.kind === "errors")).toMatchObject([
        { action: "direct_message", outcome: "failed", details: { rule: "greet", line } },
      ]);
      expect(await stage.call("ada", "ping").answer()).toBe("pong");
    } finally {
      watcher.disconnect();
    }
  });

  it("is told to the person in one sentence where nothing handles it", async () => {
    const yaml = botText(stage, { commands: [fragile.slice(0, fragile.indexOf("\n    on_error"))] });
    await startTestApp({ yaml, env: stage.env });
    stage.telegram.privateChat(stage.people.ada);
    breakDirectMessages("ada");
    expect(await stage.call("ada", "greet").answer()).toContain("Something went wrong");
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
  });
});

describe("Redis", () => {
  withRedis(
    "counts together with other processes, and each for itself while it is away, with a loud word",
    async () => {
      const proxy = await startProxy(Number(new URL(redisUrl).port || 6379));
      try {
        const commands = ["count: { rate_limit: 1 per 1h per user, do: [ { reply: Counted. } ] }"];
        const yaml = `${ownName(botText(stage, { commands }))}redis: "redis://127.0.0.1:${proxy.port}"\n`;
        const bot = await startTestApp({ yaml, env: stage.env });
        expect(await stage.call("ada", "count").answer()).toBe("Counted.");
        expect(await stage.call("maud", "count").answer()).toBe("Counted.");
        const again = await bot.restart();
        expect(await stage.call("ada", "count").answer()).toContain("Try again in");

        await proxy.cut();
        expect(await stage.call("bob", "count").answer()).toBe("Counted.");
        expect(await stage.call("bob", "count").answer()).toContain("Try again in");
        await again.log.waitFor(({ level, msg }) => level === "warn" && msg.includes("Redis"));
        await proxy.mend();
        await again.log.waitFor(({ msg }) => msg.includes("Redis answers again"));
        expect(await stage.call("maud", "count").answer()).toContain("Try again in");
      } finally {
        await proxy.close();
      }
    },
  );

  withRedis("keeps two bots of one name apart that have tokens of their own", async () => {
    const token = "4343:another-token-of-no-real-bot";
    const other = await telegramStage({ token });
    try {
      const name = randomUUID();
      const yaml = (of: TelegramStage) =>
        `${botText(of).replace("name: Harbour", `name: Harbour ${name}`)}redis: "${redisUrl}"\n`;
      await startTestApp({ yaml: yaml(stage), env: stage.env });
      await startTestApp({ yaml: yaml(other), env: { ...other.env, TELEGRAM_TOKEN: token } });
      for (const one of [stage, other]) {
        expect(await one.call("ada", "dice").answer()).toContain("You threw");
        expect(await one.call("ada", "dice").answer()).toContain("Try again in");
      }
      const updates = [stage, other].map(({ telegram }) => telegram.deliveries.all.map((one) => one.update_id));
      expect(updates[0]).toEqual(updates[1]);
    } finally {
      await endApps();
      await other.close();
    }
  });

  withRedis("does not hold the end up when it hangs", async () => {
    const proxy = await startProxy(Number(new URL(redisUrl).port || 6379));
    try {
      const yaml = `${ownName(botText(stage))}redis: "redis://127.0.0.1:${proxy.port}"\n`;
      const bot = await startTestApp({ yaml, env: stage.env });
      expect(await stage.call("ada", "ping").answer()).toBe("pong");
      proxy.freeze();
      expect(await stage.call("ada", "ping").answer()).toBe("pong");
      await bot.stop();
      expect(await bot.app.finished).toBe(0);
    } finally {
      await proxy.close();
    }
  });

  it("may be away from the start", async () => {
    const yaml = `${botText(stage)}redis: "redis://127.0.0.1:1"\n`;
    const bot = await startTestApp({ yaml, env: stage.env });
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    expect(bot.log.all.filter(({ level, msg }) => level === "warn" && msg.includes("Redis"))).not.toEqual([]);
    await bot.stop();
  });
});

describe("PostgreSQL", () => {
  it.skipIf(schema === undefined)("keeps everything that SQLite keeps", async () => {
    const commands = ['pay: { do: [ { add: { data: coins, amount: 5 } }, { reply: "You have {{ data.coins }}." } ] }'];
    const more = "data: { coins: { type: integer, default: 10 } }\n";
    const yaml = botText(stage, { commands, more }).replace("sqlite:./bot.db", '"${DATABASE_URL}"');
    const bot = await startTestApp({ yaml, env: { ...stage.env, DATABASE_URL: schema!.url } });
    expect(await stage.call("ada", "pay").answer()).toBe("You have 15.");
    expect(await stage.call("ada", "ask").answer()).toBe("Shall we sail?");
    const again = await bot.restart();
    expect(await stage.call("ada", "pay").answer()).toBe("You have 20.");
    stage.press("bob", "Sail");
    await stage.hears("Bob sails.");
    expect(await again.audited(2, (row) => row.action === "pay")).toHaveLength(2);
  });

  it("whose address is not set ends the start at its line", async () => {
    const yaml = botText(stage).replace("sqlite:./bot.db", '"${DATABASE_URL}"');
    const started = await tryApp({ yaml, env: stage.env });
    expect(started).toMatchObject({
      exitCode: 1,
      problems: [expect.stringMatching(/bot\.yaml:5:\d+ DATABASE_URL is not set/)],
    });
  });

  it("that cannot be reached ends the start with a sentence that holds no password", async () => {
    const yaml = botText(stage).replace("sqlite:./bot.db", '"postgres://bot:${DB_PASSWORD}@127.0.0.1:1/bot"');
    const started = await tryApp({ yaml, env: { ...stage.env, DB_PASSWORD: "open-sesame-5512" } });
    expect(started).toMatchObject({ exitCode: 2, problems: [expect.stringContaining("127.0.0.1:1")] });
    expect(JSON.stringify(started)).not.toContain("open-sesame-5512");
    expect(stage.requests()).toEqual([]);
  });
});
