import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { Intent } from "../simulators/discord/constants.ts";
import { startTestApp } from "../support/app.ts";
import { otherProgram } from "../support/other-program.ts";
import { botText, describeBehaviours, startOn } from "./behaviours.ts";
import { type DiscordStage, discordStage } from "./discord-stage.ts";
import { endStage } from "./stage.ts";

describeBehaviours("Discord", () => discordStage());

describe("a command that is denied again and again", () => {
  it("is acknowledged to the person alone, without a claim that it was done", async () => {
    const stage = await discordStage();
    onTestFinished(() => endStage(stage));
    await startOn(stage);
    expect(await stage.call("bob", "secret").answer()).toContain("You may not use");
    expect(await stage.call("bob", "secret").answer()).toBe("Received. I have nothing to add.");
  });
});

it("puts an answer off in time while another program holds the database, and gives it afterwards", async () => {
  const stage = await discordStage();
  onTestFinished(() => endStage(stage));
  const { folder } = await startOn(stage, {
    commands: ["count: { do: [ { add: { data: calls, amount: 1 } }, { reply: Counted. } ] }"],
    more: "data: { calls: { type: integer, scope: bot, default: 0 } }\n",
  });
  const other = otherProgram(join(folder, "bot.db"));
  other.exec("begin immediate");
  const call = stage.discord.slash({ user: "Ada", command: "count" });
  const { type, at } = await call.acknowledged();
  expect(type).toBe(5);
  expect(at - call.interaction.createdAt).toBeLessThan(3000);
  other.exec("commit");
  other.close();
  expect((await call.response()).content).toBe("Counted.");
});

describe("what the gateway sends", () => {
  let stage: DiscordStage;
  beforeEach(async () => {
    stage = await discordStage();
  });
  afterEach(() => endStage(stage));

  const greeting = () =>
    botText(stage, {
      more: "rules: [ { name: Greet, when: message, if: [ { text: { contains: ahoy } } ], do: [ { reply: Ahoy yourself. } ] } ]\n",
    });
  const asked = (): number => {
    const identify = stage.discord.gateway.events.all.findLast(({ kind, op }) => kind === "received" && op === 2);
    return (identify!.d as { intents: number }).intents;
  };

  it("is no more than the file needs, and more once a reload needs it", async () => {
    const bot = await startOn(stage);
    const intents = asked();
    expect(intents & Intent.GuildMembers).toBe(0);
    expect((await bot.reload(greeting())).ok).toBe(true);
    expect(asked() & Intent.MessageContent).not.toBe(0);
    stage.say("ada", "ahoy there");
    await stage.hears("Ahoy yourself.");
  });

  it("stays as it was where Discord refuses more, and that is shown until it is switched on", async () => {
    await stage.close();
    stage = await discordStage({ portal: { privileged: { members: false, presences: false, messageContent: false } } });
    const plain = botText(stage, { entry: stage.entry.replace('prefix: "!", ', "") });
    const bot = await startTestApp({ yaml: plain, env: stage.env, speed: 20 });
    expect(bot.problems).toEqual([]);
    const joins = `${plain}rules: [ { name: Welcome, when: member_joined, do: [ { send: { to: general, text: "Welcome {{ user.name }}!" } } ] } ]\n`;
    const report = await bot.reload(joins);
    expect(report.ok).toBe(true);
    expect(bot.app.status()).toMatchObject([
      { state: "degraded", why: expect.stringContaining("Server Members Intent") },
    ]);
    expect(await stage.call("ada", "ping").answer()).toBe("pong");
    stage.discord.portal.privileged = { members: true, presences: false, messageContent: true };
    await bot.log.waitFor(({ msg }) => msg === "the new settings are in place");
    expect(bot.app.status()).toEqual([{ platform: "discord", state: "open" }]);
    stage.discord.joinMember({ name: "Cleo" });
    await stage.hears("Welcome Cleo!");
  });
});
