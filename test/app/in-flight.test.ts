import { Pool } from "undici";
import { afterEach, expect, it } from "vitest";
import { startTestApp } from "../support/app.ts";
import { freePort } from "../support/free-port.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

let stage: TelegramStage;

afterEach(() => endStage(stage));

const messages = 10_000;
const reloads = 5;
const chats = 50;
const atOnce = 64;

/** Every message is answered by one rule, and those that ask for it by two actions of another. */
const text = (version: number) => `version: 1
bot: { name: Harbour }
platforms: { ${stage.entry} }
storage: sqlite:./bot.db
logging: { level: warn, format: json }
rules:
  - { name: Twice, when: message, if: [ { text: { contains: both } } ], do: [ { reply: "v${version} {{ message.text }} first" }, { reply: "v${version} {{ message.text }} second" } ] }
  - { name: Once, when: message, do: [ { reply: "v${version} {{ message.text }}" } ] }
`;

it("answers each of 10,000 messages once and by one plan, while the file changes five times", async () => {
  const port = await freePort();
  stage = await telegramStage({ webhookPort: port });
  const bot = await startTestApp({ yaml: text(0), env: stage.env });
  const groups = Array.from({ length: chats }, (_, number) =>
    stage.telegram.group({ title: `Quay ${number}`, owner: stage.people.olga, members: [stage.people.ada] }),
  );
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: atOnce });
  const deliver = async (number: number): Promise<void> => {
    const asks = number % 10 === 0 ? " both" : "";
    const update = {
      update_id: 900_000_000 + number,
      message: {
        message_id: 1_000_000 + number,
        date: Math.floor(Date.now() / 1000),
        chat: groups[number % chats],
        from: stage.people.ada,
        text: `message-${number}-${asks}`,
      },
    };
    const { statusCode, body } = await pool.request({
      method: "POST",
      path: `/webhook/${stage.env.WEBHOOK_TOKEN}`,
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": stage.env.TELEGRAM_SECRET },
      body: JSON.stringify(update),
    });
    await body.dump();
    expect(statusCode).toBe(200);
  };

  const reports: Promise<{ ok: boolean }>[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < messages) {
      const number = next++;
      if (number > 0 && number % (messages / (reloads + 1)) < 1) reports.push(bot.reload(text(reports.length + 1)));
      await deliver(number);
      // Telegram delivers again what it has seen no answer to.
      if (number % 50 === 0) await deliver(number);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  expect((await Promise.all(reports)).map(({ ok }) => ok)).toEqual(Array(reloads).fill(true));
  await pool.close();
  await bot.stop();

  const answers = new Map<string, string[]>();
  const versions = new Set<string>();
  for (const { method, params } of stage.telegram.calls.all) {
    if (method !== "sendMessage") continue;
    const [version, message] = String(params.text).split(" ") as [string, string];
    versions.add(version);
    answers.set(message, [...(answers.get(message) ?? []), version]);
  }
  expect(answers.size).toBe(messages);
  const wrong = [...answers].filter(([message, given]) => {
    const expected = Number(message.split("-")[1]) % 10 === 0 ? 3 : 1;
    return given.length !== expected || new Set(given).size !== 1;
  });
  expect(wrong).toEqual([]);
  expect([...versions].sort()).toEqual(["v0", "v1", "v2", "v3", "v4", "v5"]);
  expect(stage.problems()).toEqual([]);
}, 120_000);
