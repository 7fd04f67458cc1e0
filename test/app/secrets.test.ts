import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startTestApp, type TestApp, tryApp } from "../support/app.ts";
import { freePort } from "../support/free-port.ts";
import { botText } from "./behaviours.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

let stage: TelegramStage;
const printed: string[] = [];

beforeEach(async () => {
  stage = await telegramStage({ webhookPort: await freePort() });
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
});
afterEach(async () => {
  vi.restoreAllMocks();
  printed.length = 0;
  await endStage(stage);
});

/** Every trace that a run leaves: the log, what it said, what it stored. */
async function traces(bot: TestApp): Promise<string> {
  const names = await readdir(bot.folder, { recursive: true });
  const kept = names.filter((name) => !name.startsWith(".env") && name !== "bot.yaml");
  const files = await Promise.all(kept.map((name) => readFile(join(bot.folder, name), "latin1")));
  return [bot.logText(), ...bot.problems, JSON.stringify(bot.reports.all), ...files, ...printed].join("\n");
}

const fragile =
  'greet: { do: [ { direct_message: { to: "{{ user }}", text: Hello. } } ], on_error: [ { reply: "{{ error }}" } ] }';

it("are in no log, no audit row, no stored row and no sentence, whatever goes wrong", async () => {
  const env: Record<string, string> = { ...stage.env, REDIS_PASSWORD: "redis-password-7731" };
  const secrets = Object.values(env);
  const yaml = `${botText(stage, { commands: [fragile] })}redis: "redis://:\${REDIS_PASSWORD}@127.0.0.1:1"\n`;
  const bot = await startTestApp({ yaml, env });
  const url = `http://127.0.0.1:${/listen: "127.0.0.1:(\d+)"/.exec(stage.entry)![1]}`;
  stage.telegram.privateChat(stage.people.ada);
  const token = env.TELEGRAM_TOKEN!;

  // A server on the way that tells the whole address in its errors, and one that cuts.
  const failures = [
    { status: 400, description: `Bad Request: https://api.telegram.org/bot${token}/sendMessage was refused` },
    { status: 502, text: `<html>${token}</html>`, times: 4 },
    { close: true, times: 4 },
  ];
  for (const failure of failures) {
    stage.telegram.misbehave({ method: "sendMessage", when: ({ chat_id }) => Number(chat_id) > 0, ...failure });
    expect(await stage.call("ada", "greet").answer()).not.toContain(token);
  }
  // Strangers at the door.
  await fetch(`${url}/webhook/${env.WEBHOOK_TOKEN}`, { method: "POST", body: "{}" });
  await fetch(`${url}/webhook/wrong`, { method: "POST", headers: { "x-telegram-bot-api-secret-token": "wrong" } });
  // A reload with secrets that do not work, then a refused registration.
  await bot.reload(yaml.replace("${TELEGRAM_TOKEN}", "${OTHER_TOKEN}"));
  const refused = { method: "setWebhook", status: 400, description: `Bad Request: bad webhook ${env.WEBHOOK_TOKEN}` };
  stage.telegram.misbehave(refused);
  await bot.reload(yaml.replace('listen: "', 'drop_pending_updates: yes, listen: "'));
  await bot.stop();

  const all = await traces(bot);
  expect(all).toContain("an action failed");
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
});

it("are masked where the file itself holds them", async () => {
  const yaml = botText(stage, { entry: stage.entry.replace("${TELEGRAM_TOKEN}", stage.env.TELEGRAM_TOKEN!) });
  const bot = await startTestApp({ yaml, env: stage.env });
  stage.telegram.misbehave({ method: "sendMessage", status: 400, description: `no ${stage.env.TELEGRAM_TOKEN}` });
  stage.call("bob", "ping");
  await bot.log.waitFor(({ msg }) => msg === "an action was not done");
  expect(await stage.call("ada", "ping").answer()).toBe("pong");
  await bot.stop();
  const all = await traces(bot);
  expect(all).not.toContain(stage.env.TELEGRAM_TOKEN);
});

it("are masked in what keeps the bot from starting", async () => {
  stage.telegram.misbehave({ method: "getMe", status: 400, description: `unknown bot ${stage.env.TELEGRAM_TOKEN}` });
  const started = await tryApp({ yaml: botText(stage), env: stage.env });
  expect(started).toMatchObject({ exitCode: 1 });
  expect(JSON.stringify([started, printed])).not.toContain(stage.env.TELEGRAM_TOKEN);
});
