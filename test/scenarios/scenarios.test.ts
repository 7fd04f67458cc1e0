import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readScenarios, runScenario } from "./runner.ts";

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".yaml"));

describe.each(files)("%s", (file) => {
  const scenarios = readScenarios(join(import.meta.dirname, file));

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", async (_name, scenario) => {
    await expect(runScenario(`test/scenarios/${file}`, scenario)).resolves.toBeUndefined();
  });
});
