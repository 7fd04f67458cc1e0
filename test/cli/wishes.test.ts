import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cli } from "../support/build.ts";

const folder = "examples/wishes";
const files = readdirSync(folder).map((name) => `${folder}/${name}`);
const secrets = {
  DISCORD_TOKEN: "discord-token",
  TELEGRAM_TOKEN: "42:telegram-token",
  SLACK_BOT_TOKEN: "xoxb-token",
  SLACK_APP_TOKEN: "xapp-token",
};

describe("each wish", () => {
  it.each(files)("%s is short and valid", async (file) => {
    const [bot] = readFileSync(file, "utf8").split(/^tests:/m) as [string];
    const written = bot.split("\n").filter((line) => /\S/.test(line) && !/^\s*#/.test(line));
    expect(written.length).toBeLessThanOrEqual(40);
    expect(await cli(["validate", "--strict", file], { env: secrets })).toMatchObject({ code: 0 });
  });

  it("passes its own tests", async () => {
    const { code, stdout, stderr } = await cli(["test", "--reporter", "json", "examples/bot.yaml", ...files]);
    expect(stderr).toBe("");
    const ran = JSON.parse(stdout) as readonly { file: string; tests: readonly { ok: boolean }[] }[];
    expect(ran.map(({ file, tests }) => [file, tests.length > 0 && tests.every(({ ok }) => ok)])).toEqual(
      ["examples/bot.yaml", ...files].map((file) => [file, true]),
    );
    expect(code).toBe(0);
  });
});
