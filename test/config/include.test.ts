import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { nodeReader } from "../../src/config/node-reader.ts";
import { registry } from "../../src/words/registry.ts";
import { folderWith } from "../cli/files.ts";

const head = "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n";
const load = (file: string) => loadConfig({ file, reader: nodeReader, words: registry });

test("a link that leads out of the folder is not followed, one inside of it is", async () => {
  const folder = folderWith({
    "secret.yaml": "commands: { secret: Buried }\n",
    "bot/bot.yaml": `${head}include: [out.yaml, away/secret.yaml, in.yaml]\n`,
    "bot/..data/in.yaml": "commands: { inside: Here }\n",
  });
  const at = (name: string) => join(folder, name);
  await symlink("../secret.yaml", at("bot/out.yaml"));
  await symlink("..", at("bot/away"));
  await symlink("..data/in.yaml", at("bot/in.yaml"));
  const loaded = await load(at("bot/bot.yaml"));
  if (loaded.ok) throw new Error("it was accepted");
  expect(loaded.diagnostics.map(({ code, line, column }) => ({ code, line, column }))).toEqual([
    { code: "outside-folder", line: 4, column: 11 },
    { code: "outside-folder", line: 4, column: 21 },
  ]);
  expect([...loaded.sources.keys()].some((name) => name.includes("secret"))).toBe(false);
  await writeFile(at("bot/bot.yaml"), `${head}include: in.yaml\n`);
  const right = await load(at("bot/bot.yaml"));
  expect(right.ok && right.config.rules.map((rule) => rule.name)).toEqual(["inside"]);
  expect(right.files).toEqual([at("bot/in.yaml")]);
});

test("a folder, a file that is not there and one that is no text", async () => {
  const folder = folderWith({ "bot.yaml": `${head}include: [parts, gone.yaml, binary.yaml]\n` });
  await mkdir(join(folder, "parts"));
  await writeFile(join(folder, "binary.yaml"), new Uint8Array([1, 0, 2]));
  const loaded = await load(join(folder, "bot.yaml"));
  if (loaded.ok) throw new Error("it was accepted");
  expect(loaded.diagnostics.map(({ code }) => code)).toEqual(["file-binary", "cannot-include", "cannot-include"]);
  // What is not there may come to be there.
  expect(loaded.files).toContain(join(folder, "gone.yaml"));
});

test("a hundred files that include each other are read once each, and too many are refused", async () => {
  const count = 300;
  const files = Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`f${n}.yaml`, `include: [f${n + 1}.yaml]\ncommands: { c${n}: Hi }\n`]),
  );
  const folder = folderWith({ ...files, "bot.yaml": `${head}include: [f0.yaml]\n` });
  const loaded = await load(join(folder, "bot.yaml"));
  if (loaded.ok) throw new Error("it was accepted");
  expect(loaded.diagnostics).toMatchObject([{ code: "cannot-include", message: expect.stringContaining("200 files") }]);
});
