import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect } from "vitest";
import type { StoreSettings } from "../../src/contracts/store.ts";
import { freshPostgresSchema } from "../support/databases.ts";
import { bundleScript } from "../support/script.ts";

/** Storages of a test's own that several processes open, and processes that are killed while they write there. */
export async function storesToKill(scriptFile: string, postgres: { readonly min: number; readonly max: number }) {
  const folder = await mkdtemp(join(tmpdir(), "botctl-kill-"));
  const script = await bundleScript(join(import.meta.dirname, scriptFile));
  const schema = await freshPostgresSchema();
  const children = new Set<ChildProcess>();

  afterAll(async () => {
    for (const child of children) child.kill("SIGKILL");
    await schema?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const databases: StoreSettings[] = [{ kind: "sqlite", path: join(folder, "bot.db") }];
  if (schema !== undefined) databases.push({ kind: "postgres", url: schema.url, timeoutMs: 20_000, ...postgres });

  return {
    databases,
    /** Runs the script until `enough` says so of a number that it has printed, and kills it in the middle of what it does next. */
    async untilKilled(
      settings: StoreSettings,
      more: readonly string[],
      enough: (printed: number) => boolean,
    ): Promise<void> {
      const child = spawn(process.execPath, [script, JSON.stringify(settings), ...more], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.add(child);
      const closed = once(child, "close");
      for await (const line of createInterface({ input: child.stdout }))
        if (enough(Number(line))) child.kill("SIGKILL");
      const [, signal] = await closed;
      expect(signal).toBe("SIGKILL");
      children.delete(child);
    },
  };
}
