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

  it("asks for nothing that only what is never done on Slack needs", async () => {
    const scopes = async (commands: string) => {
      const input = `version: 1
bot: { name: Harbour }
platforms:
  console: {}
  discord: { token: "\${DISCORD_TOKEN}" }
  slack: { bot_token: "\${SLACK_BOT_TOKEN}", app_token: "\${SLACK_APP_TOKEN}", command: /harbour }
blocks:
  praise: [ { react: "⭐" } ]
  keep: [ { pin: {} } ]
commands:
${commands}`;
      const { stdout, stderr } = await cli(["manifest", "slack", "-", "--json"], { input });
      if (stdout === "") throw new Error(stderr);
      return (JSON.parse(stdout) as { oauth_config: { scopes: { bot: string[] } } }).oauth_config.scopes.bot;
    };
    const bare = await scopes("  star: { do: [ { reply: Hello } ] }");
    const guarded = `  star:
    do:
      - if: { not: { platform: [discord, console] } }
        do: [ { call: praise } ]
        else: [ { call: keep } ]
      - if: { platform: discord }
        do: [ { call: keep } ]
      - remove_role: Old
        if: { platform: [discord, console] }
      - ban: { member: "{{ user }}" } # botctl: allow not-on-platform
`;
    expect((await scopes(guarded)).filter((scope) => !bare.includes(scope))).toEqual(["reactions:write"]);
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
