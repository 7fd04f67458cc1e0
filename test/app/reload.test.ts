import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/app.ts";
import { freePort } from "../support/free-port.ts";
import { botText } from "./behaviours.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

let stage: TelegramStage;
let bot: TestApp;

beforeEach(async () => {
  stage = await telegramStage();
});
afterEach(() => endStage(stage));

const start = async (yaml: string, more: Partial<TestAppOptions> = {}) => {
  bot = await startTestApp({ yaml, env: stage.env, ...more });
};

describe("what a running bot cannot change is refused in a sentence", () => {
  const withData = (line: string) => botText(stage, { more: `data:\n  ${line}\n` });

  it.each([
    ["storage", () => botText(stage).replace("sqlite:./bot.db", "sqlite:./other.db"), "storage was changed"],
    ["redis", () => `${botText(stage)}redis: "redis://127.0.0.1:1"\n`, "redis was changed"],
  ])("%s", async (_what, text, sentence) => {
    await start(withData("coins: { type: integer }"));
    const report = await bot.reload(text());
    expect(report.ok).toBe(false);
    expect(report.problems.join()).toContain(sentence);
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    expect(await bot.reload(withData("coins: { type: integer, minimum: 0 }"))).toMatchObject({
      ok: true,
      sentences: ["1 data entry changed: coins"],
    });
  });
});

it("writes down, as sentences, who may do what from now on", async () => {
  await start(botText(stage));
  const wider = botText(stage)
    .replace(
      "secret: { allow: moderators",
      `secret: { allow: [ moderators, { user: "telegram:${stage.people.bob.id}" } ]`,
    )
    .replace("can: mute_members", "can: ban_members");
  expect((await bot.reload(wider)).ok).toBe(true);
  expect(await stage.call("bob", "secret").answer()).toContain("buried");
  const rows = await bot.audited(2, (row) => row.kind === "permissions");
  expect(rows.map((row) => row.action)).toEqual([
    `"secret" may now be used by moderators, telegram:${stage.people.bob.id}`,
    `the group "moderators" is now: whoever may ban members`,
  ]);
});

it("asks Telegram for presses only once a button can be pressed", async () => {
  const plain = `version: 1
bot: { name: Harbour }
platforms: { ${stage.entry} }
storage: sqlite:./bot.db
commands: { ping: pong }
`;
  await start(plain);
  const asked = () => stage.telegram.calls.all.filter(({ method }) => method === "getUpdates").at(-1)?.params;
  await stage.telegram.calls.waitFor(({ method }) => method === "getUpdates");
  expect(asked()?.allowed_updates).not.toContain("callback_query");
  const button =
    "  sail: { do: [ { reply: { text: Sail?, buttons: [ { label: Aye, do: [ { reply: Aye aye. } ] } ] } } ] }\n";
  expect((await bot.reload(plain.replace("{ ping: pong }\n", `\n  ping: pong\n${button}`))).ok).toBe(true);
  expect(await stage.call("ada", "sail").answer()).toBe("Sail?");
  stage.press("ada", "Aye");
  await stage.hears("Aye aye.");
  expect(asked()?.allowed_updates).toContain("callback_query");
});

it("lets a run that waits go on with the rule it began with, through reload and restart", async () => {
  const patient = (text: string) =>
    botText(stage, { commands: [`later: { do: [ { reply: Wait. }, { wait: 1s }, { reply: "${text}" } ] }`] });
  await start(patient("The old tale."));
  expect(await stage.call("ada", "later").answer()).toBe("Wait.");
  await bot.audited(1, (row) => row.action === "later");
  expect((await bot.reload(patient("The new tale."))).ok).toBe(true);
  bot = await bot.restart({ yaml: patient("The new tale.") });
  await stage.hears("The old tale.");
  expect(await stage.call("ada", "later").answer()).toBe("Wait.");
  await stage.hears("The new tale.");
  expect(stage.heard().filter((text) => text.endsWith("tale."))).toEqual(["The old tale.", "The new tale."]);
});

it("shows a platform as degraded until it has taken the new settings over", async () => {
  await start(botText(stage), { speed: 20 });
  const refusing = stage.telegram.misbehave({ method: "setMyCommands", status: 400, times: Number.POSITIVE_INFINITY });
  const report = await bot.reload(botText(stage, { commands: ["wind: From the west."] }));
  expect(report).toMatchObject({ ok: true, sentences: ["1 command added: wind"] });
  expect(await stage.call("ada", "wind").answer()).toBe("From the west.");
  expect(bot.app.status()).toMatchObject([{ platform: "telegram", state: "degraded", why: expect.any(String) }]);
  await bot.log.waitFor(({ msg }) => msg.includes("not in place yet"));
  refusing.stop();
  await bot.log.waitFor(({ msg }) => msg === "the new settings are in place");
  expect(bot.app.status()).toEqual([{ platform: "telegram", state: "open" }]);
  expect(stage.menu()).toContain("wind");
});

it("gives a later file up for none: what is asked for last is in force", async () => {
  await start(botText(stage));
  const reports: Promise<unknown>[] = [];
  for (const name of ["tide", "wind", "moon"]) {
    await bot.save(botText(stage, { commands: [`${name}: Look outside.`] }));
    reports.push(bot.app.reload());
  }
  await Promise.all(reports);
  expect(await stage.call("ada", "moon").answer()).toBe("Look outside.");
  expect(await stage.call("ada", "ping").answer()).toBe("pong");
  expect([...stage.menu()!].sort()).toEqual(["ask", "dice", "discipline", "help", "moon", "ping", "secret"]);
});

describe("a webhook", () => {
  it("moves to another address and back to polling", async () => {
    await stage.close();
    const [first, second] = [await freePort(), await freePort()];
    stage = await telegramStage({ webhookPort: first });
    await start(botText(stage));
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    const moved = stage.entry.replaceAll(String(first), String(second));
    expect((await bot.reload(botText(stage, { entry: moved }))).ok).toBe(true);
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    await expect(fetch(`http://127.0.0.1:${first}/`)).rejects.toThrow();
    const polling = stage.entry.replace(/, webhook: \{.*?\} \}$/, " }");
    expect((await bot.reload(botText(stage, { entry: polling }))).ok).toBe(true);
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    await expect(fetch(`http://127.0.0.1:${second}/`)).rejects.toThrow();
  });

  it("keeps its port when the bot's token and both of its own secrets are replaced", async () => {
    await stage.close();
    stage = await telegramStage({ webhookPort: await freePort() });
    const { env } = stage;
    const lines = (values: Record<string, string>) =>
      Object.entries(values)
        .map(([name, value]) => `${name}=${value}\n`)
        .join("");
    await start(botText(stage), { env: {}, files: { ".env": lines(env) } });
    expect(await stage.call("ada", "ping").answer()).toBe("pong");

    const fresh = { TELEGRAM_TOKEN: "4242:fresh-token", WEBHOOK_TOKEN: "fresh-path", TELEGRAM_SECRET: "fresh-secret" };
    stage.telegram.setToken(fresh.TELEGRAM_TOKEN);
    await bot.overwrite(lines({ ...env, TELEGRAM_TOKEN: fresh.TELEGRAM_TOKEN }), ".env");
    expect(await bot.app.reload()).toEqual({ ok: true, sentences: [], problems: [] });
    await bot.log.waitFor(({ msg }) => msg === "disconnected");
    expect(await stage.call("ada", "ping").answer()).toBe("pong");

    await bot.overwrite(lines(fresh), ".env");
    expect((await bot.app.reload()).ok).toBe(true);
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    expect(stage.telegram.deliveries.all.at(-1)?.status).toBe(200);
  });
});
