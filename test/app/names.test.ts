import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestApp, tryApp } from "../support/app.ts";
import { botText, startOn } from "./behaviours.ts";
import { type DiscordStage, discordStage } from "./discord-stage.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

let stage: TelegramStage;

beforeEach(async () => {
  stage = await telegramStage();
});
afterEach(() => endStage(stage));

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
  const bot = await startOn(stage);
  const report = await bot.reload(posting("-1009999999999"));
  expect(report).toMatchObject({ ok: false, problems: [{ code: "unknown-name" }] });
  expect(await stage.call("ada", "ping").answer()).toBe("pong");
  expect((await bot.reload(posting(String(stage.group.id)))).ok).toBe(true);
  stage.call("ada", "tell");
  await stage.hears("Land in sight.");
});

it("lets a file be changed while the platform cannot be asked for its names", async () => {
  const bot = await startOn(stage);
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

describe("on Discord", () => {
  let discord: DiscordStage;
  beforeEach(async () => {
    discord = await discordStage();
  });
  afterEach(() => endStage(discord));

  const watching = (channel: string) =>
    botText(discord, { commands: [`tell: { do: [ { send: { to: ${channel}, text: Land in sight. } } ] }`] });
  const postedIn = (name: string) =>
    discord.discord.posts.waitFor(
      ({ channel, message }) => channel.name === name && message.content === "Land in sight.",
    );

  it("does not start where a channel or a role is missing, and shows each at its line", async () => {
    const yaml = watching("lookuot").replace("role: Moderator", "role: Moderators");
    const started = await tryApp({ yaml, env: discord.env });
    const line = (part: string) => yaml.split("\n").findIndex((text) => text.includes(part)) + 1;
    expect(started).toMatchObject({ exitCode: 1 });
    const [channel, role] = [line("lookuot"), line("Moderators")];
    expect(started.problems).toHaveLength(2);
    expect(started.problems.join("\n")).toMatch(
      new RegExp(`bot\\.yaml:${channel}:\\d+ there is no channel "lookuot".* Did you mean "lookout"`),
    );
    expect(started.problems.join("\n")).toMatch(
      new RegExp(`bot\\.yaml:${role}:\\d+ there is no role "Moderators".* Did you mean "Moderator"`),
    );
  });

  it("follows a channel and a role through new names, after a restart and a reload too", async () => {
    const bot = await startTestApp({ yaml: watching("lookout"), env: discord.env });
    discord.call("ada", "tell");
    await postedIn("lookout");
    discord.discord.rename("channel", "lookout", "crow-nest");
    discord.discord.rename("role", "Moderator", "Bosun");
    discord.call("ada", "tell");
    await postedIn("crow-nest");
    const again = await bot.restart();
    expect(again.problems).toEqual([]);
    expect((await again.reload(`${watching("lookout")}# a remark\n`)).ok).toBe(true);
    discord.discord.posts.clear();
    discord.call("ada", "tell");
    await postedIn("crow-nest");
    expect(await discord.call("maud", "secret").answer()).toContain("buried");
    expect(await discord.call("ada", "secret").answer()).toContain("You may not use");
  });

  it("refuses a reload that names a role that is not there", async () => {
    const bot = await startOn(discord);
    const report = await bot.reload(botText(discord).replace("role: Moderator", "role: Captain"));
    expect(report).toMatchObject({ ok: false, problems: [{ code: "unknown-name" }] });
    expect(await discord.call("maud", "secret").answer()).toContain("buried");
  });
});
