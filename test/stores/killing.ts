import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect } from "vitest";
import type { StoreSettings } from "../../src/contracts/store.ts";
import { bundleScript } from "../support/script.ts";
import { freshStorages } from "../support/storages.ts";

/** Storages of a test's own that several processes open, and processes that are killed while they write there. */
export async function storesToKill(scriptFile: string) {
  const script = await bundleScript(join(import.meta.dirname, scriptFile));
  const databases = await freshStorages();
  const children = new Set<ChildProcess>();
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
  });

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
