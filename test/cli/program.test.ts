import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sectionPages } from "../../src/config/json-schema/sections.ts";
import { sections } from "../../src/config/shape/section-names.ts";
import { bin, cli } from "../support/build.ts";
import { folderWith, pingBot } from "./files.ts";
import { talk } from "./process.ts";

const version = (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;

describe("botctl", () => {
  it("prints its version", async () => {
    expect(await cli(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each(["init", "validate", "run", "explain", "eject", "schema", "manifest slack"])(
    "explains %s with examples",
    async (name) => {
      const { code, stdout } = await cli([...name.split(" "), "--help"]);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: botctl ${name}`);
      expect(stdout).toMatch(new RegExp(`Examples:\\n +.*botctl ${name}`));
    },
  );

  it("suggests the command that was meant", async () => {
    const { code, stderr, stdout } = await cli(["valdate"]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("unknown command 'valdate'");
    expect(stderr).toContain("(Did you mean validate?)");
  });

  it("does not take the help of a command that it has not for the help of all", async () => {
    const { code, stderr, stdout } = await cli(["valdate", "--help"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("(Did you mean validate?)");
  });

  it("points at the help of the command that was written wrong", async () => {
    const { code, stderr } = await cli(["run", "--platfrom", "console"]);
    expect(code).toBe(2);
    expect(stderr).toContain("(Did you mean --platform?)");
    expect(stderr).toContain("Run botctl run --help");
  });

  it.each([[[]], [["run", "--no-wach"]], [["validate", "--format", "xml"]], [["init", "a", "b"]]])(
    "exits with 2 for a wrong use: %j",
    async (args) => {
      const { code, stderr } = await cli(args);
      expect(code).toBe(2);
      expect(stderr).not.toBe("");
    },
  );

  it("tells its own trouble in one sentence, and the stack only when asked", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot, ".env": "a\0b" });
    const plain = await cli(["validate"], { cwd });
    expect(plain.code).toBe(2);
    expect(plain.stderr).toMatch(/^botctl: .*is not plain text: save it as UTF-8\n$/);
    const debug = await cli(["validate"], { cwd, env: { BOTCTL_DEBUG: "1" } });
    expect(debug.stderr).toMatch(/^botctl: .*\n[\s\S]*\n {4}at /);
  });

  it("prints the schema", async () => {
    const { code, stdout } = await cli(["schema"], { cwd: folderWith() });
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync("schemas/bot.schema.json", "utf8"));
  });

  it("ends quietly when nobody reads any more, as behind | head", async () => {
    const process = talk(["schema"], { cwd: folderWith() });
    process.closeOutput();
    expect(await process.ended).toEqual({ code: 0, signal: null });
    expect(process.output()).toBe("");
  });

  it.runIf(existsSync("/dev/full"))("exits with 2 when the disk that it writes to is full", async () => {
    const command = ["sh", "-c", '"$0" "$1" schema > /dev/full', process.execPath, bin];
    expect(await talk([], { cwd: folderWith(), command }).ended).toEqual({ code: 2, signal: null });
  });
});

describe("botctl explain", () => {
  it("explains a mistake", async () => {
    const { code, stdout } = await cli(["explain", "unknown-action"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^unknown-action: .+\n\n[\s\S]+\nWrong:\n {2}[\s\S]+\nRight:\n {2}/);
  });

  it("explains a word by what can be written in it, how it ends and examples", async () => {
    const { stdout } = await cli(["explain", "mute"]);
    expect(stdout).toContain("mute (action)");
    expect(stdout).toContain("  for: How long.");
    expect(stdout).toContain("  not done: ");
    expect(stdout).toContain('  - mute: { member: "{{ user }}", for: 10m, reason: Flooding }');
  });

  it.each([
    ["mute", "member: ", "(a person; needed)"],
    ["lock", "channel: ", "(the name of a channel, or several)"],
    ["role", "name: ", "(the name of a role, or several; needed)"],
    ["discord", "token: ", "(text; may hold ${NAME}; needed)"],
  ])("says what is written for the keys of %s as the reference does", async (name, key, written) => {
    const { stdout } = await cli(["explain", name]);
    const line = stdout
      .replace(/\n {6,}/g, " ")
      .split("\n")
      .find((one) => one.trimStart().startsWith(key));
    expect(line?.endsWith(written), line).toBe(true);
    const reference = readFileSync(
      name === "discord"
        ? "docs/reference/platforms.md"
        : `docs/reference/${name === "role" ? "conditions" : "actions"}.md`,
      "utf8",
    );
    expect(reference.replaceAll("`", "")).toContain(`| ${written.slice(1, -1)}`);
  });

  it.each(["sections", "actions", "conditions", "triggers", "filters", "variables", "platforms", "codes"])(
    "lists %s",
    async (name) => {
      const { code, stdout } = await cli(["explain", name]);
      expect(code).toBe(0);
      expect(stdout.split("\n").filter((line) => line.startsWith("  ")).length).toBeGreaterThan(2);
    },
  );

  it.each(sections)("explains the section %s with its keys and an example", async (name) => {
    const { code, stdout } = await cli(["explain", name]);
    expect(code).toBe(0);
    const { about, example } = sectionPages[name];
    expect(stdout.replaceAll("\n", " ")).toContain(`${name} (section)  ${about}`);
    expect(stdout).toContain(`Example:\n${example.replace(/^(?=.)/gm, "  ")}`);
  });

  it("shows the keys of a section as they are written", async () => {
    const { stdout } = await cli(["explain", "rate_limits"]);
    expect(stdout).toContain(
      "  <name>:\n    limit: How often. (whole number; needed)\n    window: In which time: 10s, or minute, hour, day, week, month. (text; needed)\n    per: Who is counted. (one of user, member, channel, server, everyone; user if left out)\n",
    );
    expect((await cli(["explain", "tests"])).stdout).toContain(
      "    steps: What happens, and what comes of it. (a list; needed)\n      - as: Who does it. (text; needed)\n        say: ",
    );
  });

  it("explains what can be set in a pack", async () => {
    const { code, stdout } = await cli(["explain", "block_words"]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "block_words (setting of the pack moderation)\n\n  block_words: Words that nobody may write;",
    );
    expect(stdout).toContain("Example:\n  packs:\n    moderation:\n      block_words: [");
    expect(stdout).toContain("All that can be set in it: botctl explain moderation\n");
    const { stdout: flood } = await cli(["explain", "new_accounts"]);
    expect(flood).toContain("  new_accounts.under: How young is too young.");
    expect((await cli(["explain", "blok_words"])).stderr).toContain('Did you mean "block_words"?');
    expect((await cli(["explain", "http"])).stdout).toContain("what it holds as .json");
  });

  it("explains a key wherever it stands", async () => {
    const { stdout } = await cli(["explain", "timezone"]);
    expect(stdout).toContain("In bot:\n  timezone: The time zone that now, today");
    expect(stdout).toContain("In schedules.<name>, schedule:\n  timezone: The time zone of its times.");
    const { stdout: options } = await cli(["explain", "options:"]);
    expect(options).toContain("In commands.<name>:\n  options: What the person gives along, in this order.");
    expect(options).toContain("\nExample:\n  commands:\n");
  });

  it.each([
    ["comands", "commands"],
    ["events", "rules"],
    ["befehle", "commands"],
    ["dm", "direct_message"],
    ["webhooks", "webhook"],
  ])("knows what is meant by %s", async (name, meant) => {
    expect((await cli(["explain", name])).stderr).toBe(`There is no page "${name}". Did you mean "${meant}"?\n`);
  });

  it("suggests the page that was meant", async () => {
    expect(await cli(["explain", "rply"])).toEqual({
      code: 2,
      stdout: "",
      stderr: 'There is no page "rply". Did you mean "reply"?\n',
    });
  });
});
