import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { cli } from "../support/build.ts";
import { folderWith, pingBot } from "./files.ts";
import { talk } from "./process.ts";

describe("botctl run", () => {
  it("answers each line before the next one, and ends with the input", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot });
    const input = "/ping\n/greet @bob\n/press 1\nmarco\n/as bob\n/press wave\n/nope\n";
    const { code, stdout, stderr } = await cli(["run"], { cwd, input });
    expect(code, stderr).toBe(0);
    expect(stdout.split("\n").slice(0, 7)).toEqual([
      "Pong!",
      "Hello @bob",
      "[1] Wave",
      "you waves",
      "polo",
      "(you type as bob)",
      "bob waves",
    ]);
  });

  it("takes the console although the file does not name it, and needs no token then", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot.replace("console: {}", 'telegram: { token: "${TELEGRAM_TOKEN}" }') });
    const { code, stdout } = await cli(["run", "--platform", "console"], { cwd, input: "/ping\n" });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Pong!\n" });
  });

  it("tells rules and schedules of the only server that the console has", async () => {
    const rule = "  - { name: S, when: startup, do: [{ send: { to: hall, text: Here I am. } }] }\n";
    const schedules = 'schedules:\n  noon: { at: "12:00", do: [{ send: { to: hall, text: Noon } }] }\n';
    const running = talk(["run"], { cwd: folderWith({ "bot.yaml": pingBot + rule + schedules }) });
    await running.sees("[#hall] Here I am.");
    running.write("/ping\n");
    await running.sees("Pong!");
    running.end();
    expect((await running.ended).code).toBe(0);
    expect(running.output()).not.toContain("schedules could not be set");
  });

  it("says nothing about platforms that it does not run", async () => {
    const welcome = "  - { name: W, when: member_joined, do: [{ send: { to: hall, text: Welcome } }] }\n";
    const file = pingBot.replace("console: {}", 'discord: { token: "${DISCORD_TOKEN}" }') + welcome;
    const cwd = folderWith({ "bot.yaml": file });
    const { code, stdout, stderr } = await cli(["run", "--platform", "console"], {
      cwd,
      input: "/ping\n/join carol\n",
    });
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "Pong!\n(carol joins)\n[#hall] Welcome\n" });
    expect(stderr).not.toContain("Discord");
  });

  it("could not do its job where there is no file", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot });
    const run = await cli(["run", "other.yaml", "--platform", "console"], { cwd, input: "" });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('there is no file "other.yaml" here');
    expect((await cli(["run", ".", "--platform", "console"], { cwd, input: "" })).code).toBe(2);
  });

  it("keeps signs that would steer the terminal out of it", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot.replace("reply: polo", 'reply: "{{ message.text }}"') });
    const { stdout } = await cli(["run"], { cwd, input: "ma\u001b[2Jrco\nmarco\n/as b\u001b[2Job\n" });
    expect(stdout).not.toContain("\u001b");
  });

  it("lets people be who the flags say", async () => {
    const guarded = pingBot.replace(
      "ping: Pong!",
      "ping: { description: P, allow: [{ role: Staff }], do: [{ reply: Pong! }] }",
    );
    const cwd = folderWith({ "bot.yaml": guarded });
    const asked = async (...flags: string[]) => (await cli(["run", ...flags], { cwd, input: "/ping\n" })).stdout;
    expect(await asked("--as", "ada", "--role", "Staff")).toBe("Pong!\n");
    expect(await asked("--as", "ada", "--role", "Guest")).toContain("may not use");
    expect(await asked("--as", "ada")).toContain("may not use");
  });

  it("refuses a file with mistakes, and shows them like validate", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot.replace("reply: polo", "repy: polo") });
    const { code, stdout, stderr } = await cli(["run"], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain('^^^^ there is no action "repy". Did you mean "reply"?');
  });

  it("shows nothing of a file that is no text, and nothing of a token beside another mistake", async () => {
    const cwd = folderWith({ "bot.yaml": "version: 1\n\0\u0001\n" });
    const binary = await cli(["run"], { cwd });
    expect(binary.code).toBe(1);
    expect(binary.stderr).toContain("is not a text file.");
    expect(binary.stderr).not.toContain("version: 1");
    const token = "MTAwMDAwMDAwMDAwMDAwMDAw.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB";
    const entry = `discord: { tokn: x, token: "${token}" }`;
    const leaking = folderWith({ "bot.yaml": pingBot.replace("console: {}", entry) });
    const { stderr } = await cli(["run"], { cwd: leaking });
    expect(stderr).toContain('"tokn"');
    expect(stderr).toContain("*****");
    expect(stderr).not.toContain(token);
  });

  it("says which line a secret that is not set is in", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot.replace("console: {}", 'telegram: { token: "${TELEGRAM_TOKEN}" }') });
    const { code, stderr } = await cli(["run"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("bot.yaml:3:");
    expect(stderr).toContain("TELEGRAM_TOKEN is not set");
  });

  it("names everything that is not set at once, and runs on without a platform whose token alone is missing", async () => {
    const slack = 'slack: { bot_token: "${SLACK_BOT_TOKEN}", app_token: "${SLACK_APP_TOKEN}", command: /harbour }';
    const platforms = `console: {}, telegram: { token: "\${TELEGRAM_TOKEN}" }, ${slack}`;
    const bot = pingBot.replace("console: {}", platforms);
    const hook = `  - name: Ships
    when: { webhook: { path: ships, secret: "\${SHIPS_SECRET}" } }
    do: [ { log: A ship } ]
`;
    const cwd = folderWith({ "bot.yaml": `${bot}${hook}`, "tokens.yaml": bot });
    const all = await cli(["run"], { cwd, input: "/ping\n" });
    expect(all).toMatchObject({ code: 1, stdout: "" });
    const unset = [...all.stderr.matchAll(/(\w+) is not set/g)].map(([, name]) => name);
    expect(unset).toEqual(["TELEGRAM_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SHIPS_SECRET"]);
    const alone = await cli(["run", "--platform", "console"], { cwd, input: "/ping\n" });
    expect(alone).toMatchObject({ code: 1, stdout: "" });
    expect([...alone.stderr.matchAll(/(\w+) is not set/g)].map(([, name]) => name)).toEqual(["SHIPS_SECRET"]);
    const without = await cli(["run", "tokens.yaml"], { cwd, input: "/ping\n" });
    expect(without).toMatchObject({ code: 0, stdout: "Pong!\n" });
    expect(without.stderr).toContain("TELEGRAM_TOKEN is not set");
  });

  it.each([
    [["-"], "needs a file and not -"],
    [["--as", "ada", "--platform", "telegram"], "add --platform console"],
    [["--as", "@", "--platform", "console"], 'Nobody can type as "@"'],
    [["--platform", "dicord"], 'no platform "dicord"'],
  ])("refuses %j with a sentence", async (args, sentence) => {
    const cwd = folderWith({ "bot.yaml": pingBot });
    const { code, stderr } = await cli(["run", ...args], { cwd });
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(sentence);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("stops on %s", async (signal) => {
    const cwd = folderWith({ "bot.yaml": pingBot });
    const bot = talk(["run"], { cwd });
    bot.write("/ping\n");
    await bot.sees("Pong!");
    bot.kill(signal);
    expect(await bot.ended).toEqual({ code: 0, signal: null });
  });

  it("ends at once on a second signal", async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    const asked = new Promise<void>((resolve) => server.once("connection", () => resolve()));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const storage = `storage: postgres://nobody@127.0.0.1:${port}/none\n`;
    const bot = talk(["run"], { cwd: folderWith({ "bot.yaml": pingBot + storage }) });
    await asked;
    bot.kill("SIGTERM");
    bot.kill("SIGINT");
    expect([130, 143]).toContain((await bot.ended).code);
  });

  it("reads its file again on SIGHUP, and when it changes", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot });
    const still = talk(["run", "--no-watch"], { cwd });
    still.write("/ping\n");
    await still.sees("Pong!");
    writeFileSync(join(cwd, "bot.yaml"), pingBot.replace("Pong!", "Second"));
    still.kill("SIGHUP");
    await still.sees("1 command changed: ping");
    still.write("/ping\n");
    await still.sees("Second");
    still.end();
    expect((await still.ended).code).toBe(0);

    const watching = talk(["run"], { cwd });
    watching.write("/ping\n");
    await watching.sees("Second");
    writeFileSync(join(cwd, "bot.yaml"), pingBot.replace("Pong!", '"{{ nobody }}"'));
    await watching.sees("unknown-variable");
    await watching.sees("the bot goes on as before");
    writeFileSync(join(cwd, "bot.yaml"), pingBot.replace("Pong!", "Third"));
    await watching.sees("1 command changed: ping");
    watching.write("/ping\n");
    await watching.sees("Third");
    watching.end();
    expect((await watching.ended).code).toBe(0);
    expect(watching.output().match(/bot\.yaml:5:\d+/g)).toHaveLength(1);
  });

  it("says once what keeps a platform from running, at the start and when the file is read again", async () => {
    const yaml = pingBot.replace("{ console: {} }", '{ console: {}, telegram: { token: "${TELEGRAM_TOKEN}" } }');
    const cwd = folderWith({ "bot.yaml": yaml });
    const bot = talk(["run", "--no-watch"], { cwd });
    bot.write("/ping\n");
    await bot.sees("Pong!");
    await bot.sees("TELEGRAM_TOKEN is not set");
    writeFileSync(join(cwd, "bot.yaml"), yaml.replace("Pong!", "Second"));
    bot.kill("SIGHUP");
    await bot.sees("1 command changed: ping");
    bot.write("/ping\n");
    await bot.sees("Second");
    bot.end();
    expect((await bot.ended).code).toBe(0);
    expect(bot.output().match(/bot\.yaml:3:\d+/g)).toHaveLength(2);
  });

  it("stops when nobody reads its answers any more", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot });
    const bot = talk(["run"], { cwd });
    bot.write("/ping\n");
    await bot.sees("Pong!");
    bot.closeOutput();
    bot.write("/ping\n/ping\n");
    expect((await bot.ended).code).toBe(0);
  });
});
