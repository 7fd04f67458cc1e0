import { afterEach, beforeEach, expect, it } from "vitest";
import { endApps, startTestApp, tryApp } from "../support/app.ts";
import { botText } from "./behaviours.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

let stage: TelegramStage;

beforeEach(async () => {
  stage = await telegramStage();
});
afterEach(async () => {
  await endApps();
  await stage.close();
});

const posting = (place: string) =>
  botText(stage, { commands: [`tell: { do: [ { send: { to: "${place}", text: Land in sight. } } ] }`] });

it("does not start where the file names a place that is not there, and shows the line", async () => {
  const started = await tryApp({ yaml: posting("-1009999999999"), env: stage.env });
  expect(started).toMatchObject({ exitCode: 1, problems: [expect.stringMatching(/bot\.yaml:\d+:\d+ .*9999999999/)] });
});

it("does not start where the bot is not in its home group", async () => {
  const entry = stage.entry.replace(String(stage.group.id), "-1009999999999");
  const started = await tryApp({ yaml: botText(stage, { entry }), env: stage.env });
  expect(started).toMatchObject({ exitCode: 1, problems: [expect.stringContaining("not in a server")] });
});

it("refuses a reload that names a place that is not there", async () => {
  const bot = await startTestApp({ yaml: botText(stage), env: stage.env });
  const report = await bot.reload(posting("-1009999999999"));
  expect(report).toMatchObject({ ok: false, problems: [{ code: "unknown-name" }] });
  expect(await stage.call("ada", "ping").answer()).toBe("pong");
  expect((await bot.reload(posting(String(stage.group.id)))).ok).toBe(true);
  stage.call("ada", "tell");
  await stage.hears("Land in sight.");
});

it("lets a file be changed while the platform cannot be asked for its names", async () => {
  const bot = await startTestApp({ yaml: botText(stage), env: stage.env });
  const down = stage.telegram.misbehave({
    method: "getChat",
    status: 502,
    text: "<html>",
    times: Number.POSITIVE_INFINITY,
  });
  const report = await bot.reload(posting(String(stage.group.id)));
  expect(report.ok).toBe(true);
  down.stop();
  stage.call("ada", "tell");
  await stage.hears("Land in sight.");
});
