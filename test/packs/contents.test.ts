import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { nodeReader } from "../../src/config/node-reader.ts";
import { compilePlan } from "../../src/plan/compile.ts";
import { type Rehearsed, rehearse } from "../../src/rehearse.ts";
import { projectFiles } from "../../src/runtime/project-files.ts";
import { packs, registry } from "../../src/words/registry.ts";

/** Each file is a bot that uses a pack, with tests in the language itself; they are run as `botctl test` does. */
const folder = join(import.meta.dirname, "contents");
const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));

/** Said of every bot that is not at home anywhere. */
const expected = new Set(["no-home-server"]);

async function planOf(file: string) {
  const loaded = await loadConfig({ file: resolve(folder, file), reader: nodeReader, words: registry });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
  const planned = compilePlan(loaded.config, loaded.origins, registry);
  if (!planned.ok) throw new Error(JSON.stringify(planned.diagnostics, null, 2));
  const warnings = [...loaded.warnings, ...planned.warnings].filter(({ code }) => !expected.has(code));
  return { plan: planned.plan, warnings };
}

test("every pack that comes with botctl is tried by a bot of its name", () => {
  for (const name of packs.keys()) expect(files).toContain(`${name}.yaml`);
});

test("a bot that uses all of them together, with settings and commands of its own", async () => {
  const { plan } = await planOf(resolve("test/configs/ok/whole-file.yaml"));
  const failed: Rehearsed[] = [];
  const platforms = Object.keys(plan.config.platforms);
  for await (const one of rehearse(plan, plan.config.tests, platforms, projectFiles(folder, nodeReader), Date.now))
    if (!one.result.ok) failed.push(one);
  expect(failed).toEqual([]);
});

describe.each(files)("%s", async (file) => {
  const { plan, warnings } = await planOf(file);

  test("is a bot with nothing wrong in it", () => {
    // What the platforms want switched on is right to be told.
    expect(warnings.filter(({ code }) => code !== "needs-switch")).toEqual([]);
  });

  test.each(plan.config.tests.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const wanted = one.platforms.length > 0 ? one.platforms : Object.keys(plan.config.platforms);
    const failed: Rehearsed[] = [];
    const ran: string[] = [];
    for await (const rehearsed of rehearse(plan, [one], wanted, projectFiles(folder, nodeReader), Date.now)) {
      ran.push(rehearsed.platform);
      if (!rehearsed.result.ok) failed.push(rehearsed);
    }
    expect(failed.map(({ platform, result }) => ({ platform, result }))).toEqual([]);
    expect(ran).toEqual(wanted);
  });
});
