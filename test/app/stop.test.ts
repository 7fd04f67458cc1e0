import { afterEach, beforeEach, expect, it } from "vitest";
import { tryApp } from "../support/app.ts";
import { freePort } from "../support/free-port.ts";
import { botText, startOn } from "./behaviours.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

let stage: TelegramStage;
let port: number;

beforeEach(async () => {
  port = await freePort();
});
afterEach(() => endStage(stage));

it("finishes what is under way before it ends, and gives the port back", async () => {
  stage = await telegramStage({ webhookPort: port });
  const bot = await startOn(stage);
  stage.telegram.misbehave({ method: "sendMessage", delay: 400 });
  const call = stage.call("ada", "ping");
  await bot.audited(1, (row) => row.action === "ping");
  await bot.stop();
  expect(await call.answer()).toBe("pong");
  expect(await bot.app.finished).toBe(0);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  expect(bot.log.all.filter(({ level }) => level === "warn" || level === "error")).toEqual([]);
  expect(stage.problems()).toEqual([]);
});

it("ends in time although an action hangs", async () => {
  stage = await telegramStage({ webhookPort: port });
  const speed = 20;
  const bot = await startOn(stage, {}, { speed });
  stage.telegram.misbehave({ method: "sendMessage", hang: true, times: Number.POSITIVE_INFINITY });
  stage.call("ada", "ping");
  await bot.audited(1, (row) => row.action === "ping");
  const began = performance.now();
  await bot.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(await bot.app.finished).toBe(0);
  expect(bot.log.all.map(({ msg }) => msg)).toContain("some actions did not end in time and are cut off");
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

it("stops once, however often it is asked, and refuses to reload after it", async () => {
  stage = await telegramStage();
  const bot = await startOn(stage, {}, { watch: true });
  await Promise.all([bot.app.stop(), bot.app.stop()]);
  expect(await bot.app.reload()).toMatchObject({ ok: false });
  expect(stage.problems()).toEqual([]);
});

it("ends with code 1 when the last platform is lost for good", async () => {
  stage = await telegramStage();
  const bot = await startOn(stage);
  stage.telegram.setToken(undefined);
  stage.call("ada", "ping");
  expect(await bot.app.finished).toBe(1);
  expect(bot.log.all).toContainEqual(
    expect.objectContaining({ level: "error", msg: "connection lost", why: expect.stringContaining("@BotFather") }),
  );
});

it("does not start with a token that Telegram does not accept, and shows its line", async () => {
  stage = await telegramStage();
  const started = await tryApp({ yaml: botText(stage), env: { ...stage.env, TELEGRAM_TOKEN: "1:wrong-token" } });
  expect(started).toMatchObject({
    exitCode: 1,
    problems: [expect.stringMatching(/bot\.yaml:4:\d+ telegram cannot start: .*@BotFather/)],
  });
  expect(JSON.stringify(started)).not.toContain("wrong-token");
});
