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

describe("README.md", () => {
  const readme = readFileSync("README.md", "utf8");
  const blocks = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);

  it("shows YAML that is valid", async () => {
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) {
      const whole = block.startsWith("version:")
        ? block
        : `version: 1\nbot: { name: Bot }\nplatforms: { console: {} }\ndata: { cheers: integer }\n${block}`;
      const { code, stdout } = await cli(["validate", "-"], { input: whole, env: secrets });
      expect(code, stdout).toBe(0);
    }
  });

  it("lists the words of this version", async () => {
    for (const kind of ["actions", "conditions"]) {
      const { stdout } = await cli(["explain", kind]);
      const words = [...stdout.matchAll(/^ {2}(\w+)/gm)].map(([, word]) => word!);
      const [, listed] = new RegExp(`^- ${kind}: ([^]*?)\\n(?=-|\\n)`, "m").exec(readme)!;
      for (const word of words) expect(listed).toMatch(new RegExp(`\\b${word}\\b`));
    }
  });

  it("shows flags and commands that exist", async () => {
    const lines = [...readme.matchAll(/^(?:.*\| )?botctl ([a-z]+)([^#\n]*)/gm)];
    expect(lines.length).toBeGreaterThan(8);
    for (const [, name, rest] of lines) {
      // The flags of `botctl data export` are in its own help.
      const [, second] = /^ ([a-z]+)(?= |$)/.exec(rest!) ?? [];
      const inner = second !== undefined && ["data", "manifest"].includes(name!) ? [second] : [];
      const { code, stdout } = await cli([name!, ...inner, "--help"]);
      expect(code, name).toBe(0);
      for (const flag of rest!.match(/--[a-z-]+/g) ?? []) expect(stdout, `${name} ${flag}`).toContain(flag);
    }
  });
});
