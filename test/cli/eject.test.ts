import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { nodeReader } from "../../src/config/node-reader.ts";
import { registry } from "../../src/words/registry.ts";
import { cli } from "../support/build.ts";
import { folderWith } from "./files.ts";

const head = "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n";

async function canonical(file: string) {
  const loaded = await loadConfig({ file, reader: nodeReader, words: registry });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
  const byId = [...loaded.config.rules].sort((a, b) => a.id.localeCompare(b.id));
  return { ...loaded.config, rules: byId };
}

/** Ejects a pack, puts what was printed in its place, and compares what the two files mean. */
async function sameAfterEjecting(cwd: string, pack: string): Promise<string> {
  const file = join(cwd, "bot.yaml");
  const before = await canonical(file);
  const { code, stdout, stderr } = await cli(["eject", pack], { cwd });
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("include: [") });
  writeFileSync(join(cwd, "ejected.yaml"), stdout);
  const own = readFileSync(file, "utf8").replace(/^packs:\n( .*\n)+/m, "");
  writeFileSync(file, `${own}include: [ejected.yaml]\n`);
  expect(await canonical(file)).toEqual(before);
  expect((await cli(["validate"], { cwd })).code).toBe(0);
  return stdout;
}

describe("botctl eject", () => {
  it("prints a pack that comes with botctl, filled in with the settings of the file", async () => {
    const settings = "{ die: [1, 007], prefix: f_, except: [coin], wave_back: yes, allow: crew }";
    const text = `${head}permissions: { crew: [ { can: ban_members } ] }\npacks:\n  fun: ${settings}\ncommands:\n  f_hug: Mine\n`;
    const ejected = await sameAfterEjecting(folderWith({ "bot.yaml": text }), "fun");
    expect(ejected).toContain("rolls {{ [1, 7] | random }}");
    expect(ejected).not.toContain("f_hug");
    expect(ejected).toContain("# The bot hears its own name only");
  });

  it("prints a pack of one's own", async () => {
    const cwd = folderWith();
    cpSync("test/configs/ok/pack-of-our-own", cwd, { recursive: true });
    cpSync("test/configs/ok/pack-of-our-own.yaml", join(cwd, "bot.yaml"));
    const ejected = await sameAfterEjecting(cwd, "./packs/watch.yaml");
    expect(ejected).toContain("if: data.points >= 3");
  });

  it("fills in a pack that the file does not use as it is by itself", async () => {
    const { code, stdout, stderr } = await cli(["eject", "fun"], { cwd: folderWith({ "bot.yaml": head }) });
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("write in bot.yaml: include:") });
    expect(stdout).toContain("  eight_ball:");
  });

  it("leaves out what nothing uses any more", async () => {
    const settings = (only: string) => `${head}packs:\n  fun: { only: [${only}] }\n`;
    const hug = await cli(["eject", "fun"], { cwd: folderWith({ "bot.yaml": settings("hug") }) });
    expect(hug.stdout).toContain("hug:");
    expect(hug.stdout).not.toContain("data:");
    const quote = await cli(["eject", "fun"], { cwd: folderWith({ "bot.yaml": settings("quote") }) });
    expect(quote.stdout).toContain("data:\n  quotes:");
    const mine = `${settings("hug")}commands:\n  mine: "{{ data.quotes | size }}"\n`;
    const used = await cli(["eject", "fun"], { cwd: folderWith({ "bot.yaml": mine }) });
    expect(used.stdout).toContain("data:\n  quotes:");
  });

  it("says what is wrong", async () => {
    const cwd = folderWith({ "bot.yaml": `${head}packs:\n  fun: { dice: 3 }\n` });
    const wrong = await cli(["eject", "fun"], { cwd });
    expect(wrong).toMatchObject({ code: 1, stdout: "" });
    expect(wrong.stderr).toContain("bot.yaml:5:10  error  unknown-key");
    const unknown = await cli(["eject", "fan"], { cwd });
    expect(unknown).toMatchObject({ code: 2, stdout: "" });
    expect(unknown.stderr).toContain('There is no pack "fan". Did you mean "fun"?\nbotctl has moderation,');
    expect(unknown.stderr).not.toContain("bot.yaml:");
    const absent = await cli(["eject", "./fan.yaml"], { cwd });
    expect(absent).toMatchObject({ code: 2, stdout: "" });
    expect(absent.stderr).toContain('There is no file "./fan.yaml" here.');
    const named = await cli(["eject", "fan"], { cwd: folderWith({ "bot.yaml": `${head}packs:\n  fan: {}\n` }) });
    expect(named).toMatchObject({ code: 1, stdout: "" });
    expect(named.stderr).toContain("bot.yaml:5:3  error  unknown-pack");
    expect((await cli(["eject", "fun"], { cwd: folderWith() })).code).toBe(2);
  });
});
