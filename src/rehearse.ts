import type { ProjectFiles } from "./contracts/files.ts";
import type { CanonicalTest } from "./contracts/rehearsal.ts";
import type { BotPlan } from "./plan/program.ts";
import { runTest, type TestResult } from "./runtime/rehearsal/run-test.ts";
import { memoryCounters } from "./stores/counters/memory.ts";
import { emptyStores } from "./stores/sqlite/memory.ts";
import { registry } from "./words/registry.ts";

/** The composition root of `botctl test`: the engine that runs the bot, on platforms and a storage in memory. */

export interface Rehearsed {
  readonly test: CanonicalTest;
  readonly platform: string;
  readonly result: TestResult;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

/** Runs tests one after the other, each on those of the platforms that it is for. */
export async function* rehearse(
  plan: BotPlan,
  tests: readonly CanonicalTest[],
  platforms: readonly string[],
  files: ProjectFiles,
  clock: () => number,
): AsyncGenerator<Rehearsed> {
  const stores = await emptyStores();
  try {
    for (const test of tests)
      for (const platform of platforms) {
        if (test.platforms.length > 0 && !test.platforms.includes(platform)) continue;
        const began = clock();
        const result = await runTest(
          {
            plan,
            platforms: registry.platforms,
            words: registry.actions,
            openStore: (now) => stores.next(now),
            files,
            counters: (now) => memoryCounters({ now }),
          },
          test,
          platform,
        );
        yield { test, platform, result, ms: clock() - began };
      }
  } finally {
    stores.close();
  }
}
