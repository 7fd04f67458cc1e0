import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, cli, plainEnv } from "../support/build.ts";
import { folderWith, pingBot } from "./files.ts";

const mistaken = `version: 1
bot: { name: Harbour }
platforms: { console: {} }
commands:
  hello:
    description: Say hello
    do:
      - repy: Hello
  bye:
    description: Say goodbye
    do:
      - reply: "Bye {{ usr.name }}"
`;
const misspelt = mistaken.replace("{{ usr.name }}", "{{ user.name }}");
const expression = mistaken.replace("repy", "reply");
const withToken = pingBot.replace(
  "{ console: {} }",
  '{ telegram: { token: "${TELEGRAM_TOKEN}" } } # botctl: allow needs-switch',
);

describe("botctl validate", () => {
  it.each([
    ["pretty", "txt"],
    ["json", "json"],
    ["github", "txt"],
  ])("shows mistakes as %s", async (format, ending) => {
    const cwd = folderWith({ "bot.yaml": misspelt, "token.yaml": withToken });
    const result = await cli(["validate", "bot.yaml", "token.yaml", "--format", format], { cwd });
    expect(result.code).toBe(1);
    expect(result.stderr).toBe("");
    await expect(result.stdout).toMatchFileSnapshot(`golden/validate.${format}.${ending}`);
  });

  it("checks texts and expressions too", async () => {
    const cwd = folderWith({ "bot.yaml": expression });
    const { code, stdout } = await cli(["validate"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain("bot.yaml:12:24  error  unknown-variable");
    expect(stdout).toContain('did you mean "user"?');
  });

  it("says what a valid file holds", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot });
    expect(await cli(["validate"], { cwd })).toEqual({
      code: 0,
      stdout: "bot.yaml is valid (2 commands, 1 rule)\n",
      stderr: "",
    });
  });

  it("reads standard input", async () => {
    expect(await cli(["validate", "-"], { input: pingBot })).toMatchObject({
      code: 0,
      stdout: "(standard input) is valid (2 commands, 1 rule)\n",
    });
    const wrong = await cli(["validate", "-", "--format", "github"], { input: misspelt });
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain("::error file=(standard input),line=8,col=9");
  });

  it("answers each file, and exits by the worst", async () => {
    const cwd = folderWith({ "a.yaml": pingBot, "b.yaml": misspelt });
    const both = await cli(["validate", "a.yaml", "b.yaml"], { cwd });
    expect(both.code).toBe(1);
    expect(both.stdout).toContain("a.yaml is valid (2 commands, 1 rule)\nb.yaml has 1 error\n");
    const missing = await cli(["validate", "a.yaml", "b.yaml", "c.yaml"], { cwd });
    expect(missing.code).toBe(2);
    expect(missing.stdout).toContain('there is no file "c.yaml" here');
  });

  it("exits with 2 where there is no file to check", async () => {
    const cwd = folderWith({ "bots/bot.yaml": pingBot });
    const none = await cli(["validate"], { cwd });
    expect(none.code).toBe(2);
    expect(none.stdout).toContain("bot.yaml");
    expect((await cli(["validate", "bots"], { cwd })).code).toBe(2);
  });

  it("lets warnings pass, but not with --strict", async () => {
    const cwd = folderWith({ "bot.yaml": withToken });
    const loose = await cli(["validate"], { cwd });
    expect(loose.code).toBe(0);
    expect(loose.stdout).toContain("TELEGRAM_TOKEN is not set");
    expect(loose.stdout).toContain("bot.yaml is valid (2 commands, 1 rule; 1 warning)");
    const strict = await cli(["validate", "--strict"], { cwd });
    expect(strict.code).toBe(1);
    expect(strict.stdout).toContain("bot.yaml has 1 warning, which --strict does not accept");
  });

  it("knows the secrets of the environment, of .env and of .env.<name>", async () => {
    const cwd = folderWith({
      "bot.yaml": withToken,
      "sub/bot.yaml": withToken,
      "sub/.env": "TELEGRAM_TOKEN=42:aaa\n",
      ".env.staging": "TELEGRAM_TOKEN=42:bbb\n",
    });
    const valid = "is valid (2 commands, 1 rule)\n";
    const set = await cli(["validate"], { cwd, env: { TELEGRAM_TOKEN: "42:ccc" } });
    expect(set.stdout).toBe(`bot.yaml ${valid}`);
    expect((await cli(["validate", "sub/bot.yaml"], { cwd })).stdout).toBe(`sub/bot.yaml ${valid}`);
    expect((await cli(["validate", "--env", "staging"], { cwd })).stdout).toBe(`bot.yaml ${valid}`);
    const none = await cli(["validate", "--env", "production"], { cwd });
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("there is no file .env.production");
  });

  it("shows colours only where a person asks for them", async () => {
    const cwd = folderWith({ "bot.yaml": misspelt });
    expect((await cli(["validate"], { cwd })).stdout).not.toContain("\u001b[");
    expect((await cli(["validate"], { cwd, env: { FORCE_COLOR: "1" } })).stdout).toContain("\u001b[31merror");
    expect((await cli(["validate"], { cwd, env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).stdout).not.toContain(
      "\u001b[",
    );
  });

  it("loads no library of platforms, stores, logs or views", () => {
    const folder = folderWith();
    // Beside these there is nothing that a library could be loaded from.
    for (const name of ["main.cjs", "cli"]) cpSync(join(dirname(bin), name), join(folder, name), { recursive: true });
    const plain = { encoding: "utf8", stdio: "pipe", env: plainEnv() } as const;
    const run = (...args: string[]) => execFileSync(process.execPath, [join(folder, "main.cjs"), ...args], plain);
    expect(run("validate", "examples/bot.yaml", "--explain")).toContain("examples/bot.yaml is valid");
    expect(() => run("run", "examples/bot.yaml", "--platform", "console")).toThrow("Cannot find");
  });
});
