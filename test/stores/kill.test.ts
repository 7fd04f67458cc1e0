import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, test } from "vitest";
import type { StoreSettings } from "../../src/contracts/store.ts";
import { open as openPostgres } from "../../src/stores/postgres/index.ts";
import { open as openSqlite } from "../../src/stores/sqlite/index.ts";
import { freshPostgresSchema } from "../support/databases.ts";
import { bundleScript } from "../support/script.ts";

const folder = await mkdtemp(join(tmpdir(), "botctl-kill-"));
const script = await bundleScript(join(import.meta.dirname, "writer.ts"));
const schema = await freshPostgresSchema();
const children = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await schema?.drop();
  await rm(folder, { recursive: true, force: true });
});

const databases: StoreSettings[] = [{ kind: "sqlite", path: join(folder, "bot.db") }];
if (schema !== undefined) databases.push({ kind: "postgres", url: schema.url, min: 1, max: 4, timeoutMs: 20_000 });

/** Lets a child write, kills it in the middle, and tells the last batch that it was promised. */
async function writeAndKill(settings: StoreSettings, batches: number): Promise<number> {
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  const closed = once(child, "close");
  let last = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last === batches) child.kill("SIGKILL");
  }
  const [, signal] = await closed;
  expect(signal).toBe("SIGKILL");
  children.delete(child);
  return last;
}

test.each(databases)("nothing that was acknowledged is lost to a kill: $kind", async (settings) => {
  const last = await writeAndKill(settings, 60);
  const store = await (settings.kind === "sqlite" ? openSqlite(settings, Date.now) : openPostgres(settings, Date.now));
  const rows = await store.audit.page(0, 1_000_000);
  expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: rows.length }, (_, place) => place + 1));
  expect(rows.length).toBeGreaterThanOrEqual((last + 1) * 5);
  expect(rows.length % 5).toBe(0);
  const owner = { scope: "bot", platform: "", server: "", subject: "" } as const;
  const [coins] = await store.data.read([{ name: "coins", owner }]);
  expect(coins).toBeGreaterThanOrEqual(last + 1);
  expect((await store.jobs.claim(1_000_000, 2_000_000, 1_000_000, [""])).length).toBeGreaterThanOrEqual(last + 1);
  await store.close();
});

test.each(databases)("two processes may write at once: $kind", async (settings) => {
  const store = await (settings.kind === "sqlite" ? openSqlite(settings, Date.now) : openPostgres(settings, Date.now));
  while ((await store.audit.purge(2, 1_000)) > 0);
  const owner = { scope: "bot", platform: "", server: "", subject: "" } as const;
  let finished = false;
  const child = writeAndKill(settings, 30).finally(() => {
    finished = true;
  });
  let added = 0;
  while (!finished) {
    expect(await store.data.add("mine", owner, 1, { start: 0 })).toEqual({ ok: true, value: ++added });
  }
  expect(await child).toBeGreaterThanOrEqual(30);
  expect(added).toBeGreaterThan(0);
  await store.close();
});
