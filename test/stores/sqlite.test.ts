import { fork } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { open } from "../../src/stores/sqlite/index.ts";
import { otherProgram } from "../support/other-program.ts";
import { bundleScript } from "../support/script.ts";

const script = await bundleScript(join(import.meta.dirname, "opener.ts"));
const folder = await mkdtemp(join(tmpdir(), "botctl-sqlite-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const now = () => 1;
const bot = { scope: "bot", platform: "", server: "", subject: "" } as const;

test("the folder of the file is made", async () => {
  const store = await open({ kind: "sqlite", path: join(folder, "a", "b", "bot.db") }, now);
  await store.data.set("x", bot, 1);
  await store.close();
  expect(await readdir(join(folder, "a", "b"))).toEqual(["bot.db"]);
});

test(":memory: keeps nothing on disk", async () => {
  const before = await readdir(".");
  const store = await open({ kind: "sqlite", path: ":memory:" }, now);
  await store.data.set("x", bot, 1);
  expect(await store.data.read([{ name: "x", owner: bot }])).toEqual([1]);
  await store.close();
  expect(await readdir(".")).toEqual(before);
});

test("a file that is no database is told in words, and left as it is", async () => {
  const path = join(folder, "notes.txt");
  await writeFile(path, "my notes, longer than a header of a database would be.".repeat(20));
  await expect(open({ kind: "sqlite", path }, now)).rejects.toThrow(
    `the database file ${path} is not a database: name another file under "storage"`,
  );
});

test("a path through a file is told in words", async () => {
  await writeFile(join(folder, "file"), "x");
  await expect(open({ kind: "sqlite", path: join(folder, "file", "bot.db") }, now)).rejects.toThrow(
    "a part of its path is a file, not a folder",
  );
});

test("a database of a newer botctl is refused and left as it is", async () => {
  const path = join(folder, "newer.db");
  await (await open({ kind: "sqlite", path }, now)).close();
  const database = otherProgram(path);
  database.exec("insert into botctl_migrations (name, timestamp) values ('9999', 'later')");
  database.close();
  await expect(open({ kind: "sqlite", path }, now)).rejects.toThrow("written by a newer botctl");
});

test("a write waits for another program that holds the file, while everything else goes on", async () => {
  const path = join(folder, "held.db");
  const store = await open({ kind: "sqlite", path }, now);
  await store.data.set("x", bot, 1);
  const other = otherProgram(path);
  other.exec("begin immediate");
  const writes = Promise.all([store.data.set("x", bot, 2), store.data.set("y", bot, 1)]);
  expect(await store.data.read([{ name: "x", owner: bot }])).toEqual([1]);
  // Only a loop that goes round can let go of it.
  setTimeout(() => other.exec("commit"), 300);
  await writes;
  expect(await store.data.read([{ name: "x", owner: bot }])).toEqual([2]);
  other.exec("begin immediate");
  const last = store.data.set("x", bot, 3);
  await expect(last).rejects.toThrow(`the database file ${path} is held by another program`);
  other.exec("commit");
  await store.data.set("x", bot, 4);
  other.close();
  await store.close();
}, 20_000);

test("writes of one moment share a commit, so that each costs little", async () => {
  const path = join(folder, "group.db");
  const store = await open({ kind: "sqlite", path }, now);
  const watcher = otherProgram(path);
  await Promise.all(Array.from({ length: 300 }, (_, n) => store.data.set(`n${n}`, bot, n)));
  // Each commit leaves one frame per changed page in the log: 300 commits would leave at least 300.
  const { log } = watcher.prepare("pragma wal_checkpoint(passive)").get() as { log: number };
  watcher.close();
  await store.close();
  expect(log).toBeLessThan(100);
});

test("three processes that start at once all find the tables", async () => {
  const path = join(folder, "together.db");
  const children = Array.from({ length: 3 }, () => fork(script, [path]));
  const codes = await Promise.all(
    children.map((child) => new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)))),
  );
  expect(codes).toEqual([0, 0, 0]);
});
