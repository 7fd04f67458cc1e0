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
import { among, atOnce, moveCoins, people, startCoins } from "./moving.ts";

const folder = await mkdtemp(join(tmpdir(), "botctl-transfers-"));
const script = await bundleScript(join(import.meta.dirname, "mover.ts"));
const schema = await freshPostgresSchema();
const children = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await schema?.drop();
  await rm(folder, { recursive: true, force: true });
});

const databases: StoreSettings[] = [{ kind: "sqlite", path: join(folder, "bot.db") }];
if (schema !== undefined) databases.push({ kind: "postgres", url: schema.url, min: 2, max: 6, timeoutMs: 20_000 });

/** Each of two processes is killed after this many, in the middle of the next ones; a third goes on meanwhile. */
const transfersEach = 2_500;
const transfersHere = 5_000;

/** One process that moves coins until it is killed. @returns how many moves it was promised. */
async function moveAndKill(settings: StoreSettings, firstRound: number): Promise<number> {
  const child = spawn(process.execPath, [script, JSON.stringify(settings), String(firstRound)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  const closed = once(child, "close");
  let moved = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    moved += Number(line);
    if (moved >= transfersEach) child.kill("SIGKILL");
  }
  const [, signal] = await closed;
  expect(signal).toBe("SIGKILL");
  children.delete(child);
  return moved;
}

test.each(databases)(
  "10,000 transfers and kills make and lose nothing: $kind",
  { timeout: 60_000 },
  async (settings) => {
    const store = await (settings.kind === "sqlite"
      ? openSqlite(settings, Date.now)
      : openPostgres(settings, Date.now));
    const others = Promise.all([moveAndKill(settings, 1_000), moveAndKill(settings, 2_000)]);
    for (let round = 0; round * atOnce < transfersHere; round++) await moveCoins(store, round);
    expect((await others).every((moved) => moved >= transfersEach)).toBe(true);
    const rows = await store.data.ranking("coins", among, "lowest", 100);
    expect(rows).toHaveLength(people);
    expect(rows.reduce((sum, { value }) => sum + value, 0)).toBe(people * startCoins);
    expect(rows[0]!.value).toBeGreaterThanOrEqual(0);
    await store.close();
  },
);
