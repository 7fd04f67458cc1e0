import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    globalSetup: ["test/support/build.ts"],
    // For what hangs: no test may fail because the machine is busy with something else.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    // A test that waits on a socket or a file uses awaited events; a retry would only hide a flaw.
    retry: 0,
  },
});
