import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { forPlatforms } from "../../src/cli/templates.ts";
import { cli } from "../support/build.ts";
import { folderWith } from "./files.ts";

const templates = ["minimal", "community", "team"];
const platformSets = [
  "console",
  "discord",
  "telegram",
  "slack",
  "discord,slack",
  "telegram,console",
  "discord,telegram,slack,console",
];
const secrets = {
  DISCORD_TOKEN: "discord-token",
  TELEGRAM_TOKEN: "42:telegram-token",
  SLACK_BOT_TOKEN: "xoxb-token",
  SLACK_APP_TOKEN: "xapp-token",
};
const made = [".env.example", ".gitignore", "README.md", "bot.yaml", "schemas/bot.schema.json"];

describe("botctl init", () => {
  it.each(templates.flatMap((template) => platformSets.map((platforms) => [template, platforms])))(
    "makes a valid bot of %s for %s whose tests pass",
    async (template, platforms) => {
      const cwd = folderWith();
      const result = await cli(["init", "my-bot", "--template", template, "--platform", platforms], { cwd });
      expect(result).toMatchObject({ code: 0, stderr: "" });
      const bot = readFileSync(join(cwd, "my-bot/bot.yaml"), "utf8");
      expect(bot).toMatch(/^# yaml-language-server: \$schema=\.\/schemas\/bot\.schema\.json\n/);
      expect(bot).not.toMatch(/#if|#end|\n\n\n/);
      const checked = await cli(["validate", "--strict"], { cwd: join(cwd, "my-bot"), env: secrets });
      expect(checked).toMatchObject({ code: 0, stderr: "" });
      expect(await cli(["test"], { cwd: join(cwd, "my-bot"), env: secrets })).toMatchObject({ code: 0, stderr: "" });
    },
  );

  it("writes what belongs beside the bot, and ends with what to type next", async () => {
    const cwd = folderWith();
    const { stdout } = await cli(["init", "my-bot", "--platform", "slack", "--yes"], { cwd });
    for (const name of made) expect(existsSync(join(cwd, "my-bot", name)), name).toBe(true);
    expect(stdout).toMatch(/\nNow type:\n {2}cd my-bot\n {2}botctl run --platform console\n$/);
    const inside = (name: string) => readFileSync(join(cwd, "my-bot", name), "utf8");
    expect(inside(".env.example").match(/^\w+=$/gm)).toEqual(["SLACK_BOT_TOKEN=", "SLACK_APP_TOKEN="]);
    expect(inside(".gitignore").split("\n")).toContain(".env");
    expect(inside("schemas/bot.schema.json")).toBe(readFileSync("schemas/bot.schema.json", "utf8"));
    expect(inside("README.md")).toContain("## Slack");
    expect(inside("README.md")).not.toContain("## Telegram");
  });

  it("runs at once on the console", async () => {
    const cwd = folderWith();
    await cli(["init", "--yes"], { cwd });
    const { code, stdout } = await cli(["run"], { cwd, input: "/ping\n/hello Ada\n" });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Pong!\nHello Ada!\n" });
  });

  it("writes over nothing, and lists what is in the way", async () => {
    const cwd = folderWith({ "bot.yaml": "mine\n", ".gitignore": "node_modules/\n.env" });
    const refused = await cli(["init", "--yes"], { cwd });
    expect(refused.code).toBe(2);
    expect(refused.stdout).toBe("");
    expect(refused.stderr).toContain("these files are there already:\n  bot.yaml\n");
    expect(readFileSync(join(cwd, "bot.yaml"), "utf8")).toBe("mine\n");
    expect(existsSync(join(cwd, "README.md"))).toBe(false);
    expect((await cli(["init", "--yes", "--force"], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, "bot.yaml"), "utf8")).not.toBe("mine\n");
    expect(readFileSync(join(cwd, ".gitignore"), "utf8")).toMatch(/^node_modules\/\n\.env\n\.env\.\*\n/);
  });

  it("says which platform or template was meant", async () => {
    const platform = await cli(["init", "--platform", "dicord"], { cwd: folderWith() });
    expect(platform).toMatchObject({
      code: 2,
      stderr: 'botctl: There is no platform "dicord". Did you mean "discord"?\n',
    });
    const template = await cli(["init", "--template", "x"], { cwd: folderWith() });
    expect(template).toMatchObject({
      code: 2,
      stderr: 'botctl: There is no template "x". Possible are minimal, community, team.\n',
    });
  });
});

describe("a template for some platforms", () => {
  const template = `platforms:
  discord:
    token: x # remark
  slack: {}

commands:
  a:
    platforms: [discord, telegram]
  #if telegram slack
  b: 1
  #end
  c: 2
`;
  it("leaves out what they do not need", () => {
    expect(forPlatforms(template, ["discord"])).toBe(
      "platforms:\n  discord:\n    token: x # remark\n\ncommands:\n  a:\n  c: 2\n",
    );
    expect(forPlatforms(template, ["discord", "slack"])).toBe(
      "platforms:\n  discord:\n    token: x # remark\n  slack: {}\n\ncommands:\n  a:\n    platforms: [discord]\n  b: 1\n  c: 2\n",
    );
  });

  it("says so where no folder can be made", async () => {
    const { code, stderr } = await cli(["init", "/proc/harbour", "--yes"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^botctl: The system does not let botctl .*\/proc/);
  });
});
