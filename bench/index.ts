/**
 * Prints how fast botctl is beside something to compare it with, both measured in the same run. Nothing passes or fails
 * here: a timing on a shared machine is no test.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "./figure.ts";
import { benchMatching } from "./matching.ts";
import { benchReload } from "./reload.ts";
import { benchTelegram } from "./telegram.ts";
import { benchTests } from "./tests.ts";
import { benchValidate } from "./validate.ts";

const parts: Readonly<Record<string, (folder: string) => Promise<readonly Figure[]>>> = {
  validate: benchValidate,
  telegram: benchTelegram,
  matching: benchMatching,
  reload: benchReload,
  tests: benchTests,
};

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "botctl-bench-"));
try {
  for (const [name, run] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stdout.write(`\n${name}\n`);
    for (const { what, value, wish } of await run(folder)) {
      process.stdout.write(`  ${what.padEnd(64)} ${value.padStart(14)}   (wish: ${wish})\n`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
