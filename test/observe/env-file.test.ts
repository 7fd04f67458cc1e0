import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { readEnvironment } from "../../src/observe/env-file.ts";

const run = promisify(execFile);
const root = await mkdtemp(join(tmpdir(), "botctl-env-"));
afterAll(() => rm(root, { recursive: true, force: true }));
let serial = 0;

async function folderWith(files: Record<string, string | Buffer>): Promise<string> {
  const folder = join(root, String(++serial));
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

test("the real environment is preferred, and left alone", async () => {
  const folder = await folderWith({ ".env": '\uFEFFA=from file\nB="two\\nlines"\n# c\nexport C=3 # note\n' });
  const environment = { A: "real", PATH: "x" };
  const read = await readEnvironment({ folder, environment });
  expect(read.ok && ["A", "B", "C", "D"].map(read.lookup)).toEqual(["real", "two\nlines", "3", undefined]);
  expect(environment).toEqual({ A: "real", PATH: "x" });
  expect(process.env.B).toBeUndefined();
});

test("a named file is read instead, and must be there", async () => {
  const folder = await folderWith({ ".env": "A=1", ".env.staging": "A=2" });
  const read = await readEnvironment({ folder, name: "staging", environment: {} });
  expect(read.ok && read.lookup("A")).toBe("2");
  expect(await readEnvironment({ folder, name: "prod", environment: {} })).toEqual({
    ok: false,
    problem: `there is no file .env.prod in ${folder}`,
  });
});

test("no file is no mistake", async () => {
  const folder = await folderWith({});
  const read = await readEnvironment({ folder, environment: { A: "1" } });
  expect(read).toMatchObject({ ok: true, path: join(folder, ".env") });
  expect(read.ok && [read.lookup("A"), read.lookup("B")]).toEqual(["1", undefined]);
});

test("a file in another encoding is told", async () => {
  const folder = await folderWith({ ".env": Buffer.from("A=1", "utf16le") });
  expect(await readEnvironment({ folder, environment: {} })).toMatchObject({
    ok: false,
    problem: expect.stringContaining("save it as UTF-8"),
  });
});

const git = await run("git", ["--version"]).then(
  () => true,
  () => false,
);
test.runIf(git)("a file that git tracks is refused, one that it ignores is read", async () => {
  const folder = await folderWith({ ".env": "TOKEN=secret-value", ".env.local": "TOKEN=2" });
  await mkdir(join(folder, "bots"));
  await writeFile(join(folder, "bots", ".env"), "TOKEN=3");
  await run("git", ["init", "-q"], { cwd: folder });
  await run("git", ["add", ".env", "bots/.env"], { cwd: folder });
  const refused = await readEnvironment({ folder, environment: {} });
  expect(refused).toMatchObject({ ok: false, problem: expect.stringContaining("git rm --cached .env") });
  expect(JSON.stringify(refused)).not.toContain("secret-value");
  expect((await readEnvironment({ folder: join(folder, "bots"), environment: {} })).ok).toBe(false);
  expect((await readEnvironment({ folder, name: "local", environment: {} })).ok).toBe(true);
});
