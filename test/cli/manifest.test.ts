import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cli } from "../support/build.ts";
import { folderWith, pingBot } from "./files.ts";

const slackBot = pingBot.replace(
  "console: {}",
  'slack: { bot_token: "${SLACK_BOT_TOKEN}", app_token: "${SLACK_APP_TOKEN}", command: /harbour }',
);

describe("botctl manifest slack", () => {
  it("prints what the file needs, as YAML or JSON, and beside it where to paste it", async () => {
    const cwd = folderWith({ "bot.yaml": slackBot });
    const yaml = await cli(["manifest", "slack"], { cwd });
    expect(yaml.code).toBe(0);
    expect(yaml.stderr).toContain("https://api.slack.com/apps");
    const manifest = parse(yaml.stdout) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      display_information: { name: "Harbour" },
      features: { slash_commands: [{ command: "/harbour" }] },
      settings: { socket_mode_enabled: true },
    });
    const json = await cli(["manifest", "slack", "-", "--json"], { cwd, input: slackBot });
    expect(JSON.parse(json.stdout)).toEqual(manifest);
  });

  it("needs a file without errors, with slack in it", async () => {
    const without = await cli(["manifest", "slack"], { cwd: folderWith({ "bot.yaml": pingBot }) });
    expect(without).toMatchObject({ code: 2, stdout: "", stderr: "bot.yaml has no slack under platforms.\n" });
    const wrong = await cli(["manifest", "slack"], {
      cwd: folderWith({ "bot.yaml": slackBot.replace("reply:", "repy:") }),
    });
    expect(wrong).toMatchObject({ code: 1, stdout: "" });
    expect(wrong.stderr).toContain("repy");
    expect((await cli(["manifest", "slack", "other.yaml"], { cwd: folderWith({}) })).code).toBe(2);
  });
});
