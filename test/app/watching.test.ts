import { writeFileSync } from "node:fs";
import { mkdir, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshFolder, type TestApp, type TestAppOptions } from "../support/app.ts";
import { botText, startOn } from "./behaviours.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage, telegramToken } from "./telegram-stage.ts";

let stage: TelegramStage;
let bot: TestApp;

beforeEach(async () => {
  stage = await telegramStage();
});
afterEach(() => endStage(stage));

/** Watching, with its pauses twenty times shorter. */
const start = async (more: Partial<TestAppOptions> = {}) => {
  bot = await startOn(stage, {}, { watch: true, speed: 20, ...more });
};
const windy = () => botText(stage, { commands: ["wind: From the west."] });
const added = () =>
  bot.reports.waitFor(({ ok, sentences }) => ok && sentences.includes("1 command added: wind"), {
    what: "a report of the new command",
  });

describe("a save is taken over by itself", () => {
  it("by rename", async () => {
    await start();
    await bot.save(windy());
    await added();
    expect(await stage.call("ada", "wind").answer()).toBe("From the west.");
  });

  it("into the file that is there", async () => {
    await start();
    await bot.overwrite(windy());
    await added();
  });

  it("half written at first", async () => {
    await start();
    await bot.overwrite(windy().slice(0, windy().indexOf("do:") + 2));
    await bot.reports.waitFor(({ ok }) => !ok, { what: "a report of the mistake" });
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    await bot.overwrite(windy());
    await added();
  });

  it("after the file was away", async () => {
    await start();
    await unlink(join(bot.folder, "bot.yaml"));
    const report = await bot.reports.waitFor(({ ok }) => !ok);
    expect(report.problems).toMatchObject([{ code: "file-not-found" }]);
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    await bot.overwrite(windy());
    await added();
  });

  it("behind links that change, as Kubernetes mounts files", async () => {
    const folder = await freshFolder();
    const put = async (version: string, text: string) => {
      await mkdir(join(folder, version));
      await writeFile(join(folder, version, "bot.yaml"), text);
      await symlink(version, join(folder, "..data.new"));
      await rename(join(folder, "..data.new"), join(folder, "..data"));
    };
    await put("..1", botText(stage));
    await symlink("..data/bot.yaml", join(folder, "bot.yaml"));
    await start({ folder });
    await put("..2", windy());
    await rm(join(folder, "..1"), { recursive: true });
    await added();
  });

  it("twice in a row, the later one last", async () => {
    await start();
    await bot.save(botText(stage, { commands: ["tide: Low."] }));
    await bot.save(windy());
    await bot.reports.waitFor(({ sentences }) => sentences.some((sentence) => sentence.includes("added: wind")));
    expect(await stage.call("ada", "wind").answer()).toBe("From the west.");
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
  });

  it("but not when nothing in it changed", async () => {
    await start();
    await bot.save(botText(stage));
    await bot.save(botText(stage));
    await bot.save(windy());
    await added();
    expect(bot.reports.all).toHaveLength(1);
  });

  it("of an included file and of a pack of one's own", async () => {
    const files = {
      "more.yaml": "commands: { tide: Low. }\n",
      "watch.yaml": "pack: { name: watch, settings: { say: text } }\ncommands: { say: '{{ settings.say }} on deck' }\n",
    };
    const yaml = botText(stage, { more: "include: [more.yaml]\npacks: { ./watch.yaml: { say: All } }\n" });
    await start({ yaml, files });
    await bot.save("commands: { tide: High. }\n", "more.yaml");
    await bot.reports.waitFor(({ ok, sentences }) => ok && sentences.join().includes("tide"));
    expect(await stage.call("ada", "tide").answer()).toBe("High.");
    await bot.save(files["watch.yaml"].replace("on deck", "below"), "watch.yaml");
    await bot.reports.waitFor(({ ok, sentences }) => ok && sentences.join().includes("say"));
    expect(await stage.call("ada", "say").answer()).toBe("All below");
  });

  it("of a file that was only included by a text that was refused", async () => {
    await start();
    await bot.save(botText(stage, { more: "include: [late.yaml]\n" }));
    const missing = await bot.reports.waitFor(({ ok }) => !ok);
    expect(missing.problems).toMatchObject([{ code: "cannot-include" }]);
    await bot.save("commands: { wind: { do: [ { repy: Oh } ] } }\n", "late.yaml");
    const wrong = await bot.reports.waitFor(({ problems }) => JSON.stringify(problems).includes("unknown-action"));
    expect(wrong.problems).toMatchObject([{ code: "unknown-action", line: 1 }]);
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    await bot.save("commands: { wind: From the west. }\n", "late.yaml");
    await added();
  });

  it("also when it happens while the bot starts", async () => {
    const folder = await freshFolder();
    stage.telegram.misbehave({
      method: "getMe",
      when() {
        writeFileSync(join(folder, "bot.yaml"), windy());
        return false;
      },
    });
    await start({ folder });
    await added();
  });
});

describe("secrets", () => {
  const other = "4242:another-token-of-no-real-bot";

  it("take effect from .env when they change", async () => {
    const { TELEGRAM_TOKEN: _, ...env } = stage.env;
    await start({ env, files: { ".env": `TELEGRAM_TOKEN=${telegramToken}\n` } });
    stage.telegram.setToken(other);
    await bot.save(`TELEGRAM_TOKEN=${other}\n`, ".env");
    await bot.reports.waitFor(({ ok }) => ok);
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    expect(bot.app.status()).toEqual([{ platform: "telegram", state: "open" }]);
  });

  it("take effect from a file of their own when it changes", async () => {
    const entry = stage.entry.replace("${TELEGRAM_TOKEN}", "${file:./secrets/token}");
    await start({ yaml: botText(stage, { entry }), files: { "secrets/token": `${telegramToken}\n` } });
    stage.telegram.setToken(other);
    await bot.overwrite(`${other}\n`, "secrets/token");
    await bot.reports.waitFor(({ ok }) => ok);
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
  });

  it("that do not work are refused, and the bot goes on with the old ones", async () => {
    const { TELEGRAM_TOKEN: _, ...env } = stage.env;
    await start({ env, files: { ".env": `TELEGRAM_TOKEN=${telegramToken}\n` } });
    await bot.save(`TELEGRAM_TOKEN=${other}\n`, ".env");
    const report = await bot.reports.waitFor(() => true);
    expect(report).toMatchObject({ ok: false, problems: [{ code: "platform-start", line: 4 }] });
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    await bot.save("", ".env");
    await bot.reports.waitFor(({ problems }) => JSON.stringify(problems).includes("TELEGRAM_TOKEN is not set"));
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
  });
});
