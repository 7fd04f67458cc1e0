import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../support/build.ts";
import { folderWith } from "./files.ts";

const secrets = {
  DISCORD_TOKEN: "discord-token",
  TELEGRAM_TOKEN: "42:telegram-token",
  SLACK_BOT_TOKEN: "xoxb-token",
  SLACK_APP_TOKEN: "xapp-token",
};

describe("examples/bot.yaml", () => {
  it("is valid", async () => {
    expect(await cli(["validate", "--strict", "examples/bot.yaml"], { env: secrets })).toMatchObject({ code: 0 });
  });

  it("names its secrets in .env.example", () => {
    const named = readFileSync("examples/bot.yaml", "utf8").match(/(?<=\$\{)\w+(?=\})/g);
    expect(readFileSync("examples/.env.example", "utf8").match(/^\w+(?==$)/gm)).toEqual(named);
  });

  it("does on the console what the guide says", async () => {
    const cwd = folderWith();
    copyFileSync("examples/bot.yaml", join(cwd, "bot.yaml"));
    const input =
      "/help\n/ping hello\n/warn @bob spamming\n/cheer @bob\n/press 1\n/as bob\n/warn @ada x\n/join carol\n";
    const { code, stdout } = await cli(["run", "--platform", "console"], { cwd, input });
    expect(code).toBe(0);
    expect(stdout).toContain("/warn <member> <reason> Warn somebody\n");
    const answers = stdout.slice(stdout.indexOf("Pong!")).split("\n");
    expect(answers).toEqual([
      "Pong! hello",
      "@bob, warning number 1: spamming",
      "@bob has 1 cheer!",
      "[1] How many have I?",
      "You have 0 cheers, you.",
      "(you type as bob)",
      expect.stringMatching(/warn/),
      "(carol joins)",
      "Welcome @carol! Type rules to see what holds here.",
      "",
    ]);
  });
});
