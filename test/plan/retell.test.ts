import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { textReader } from "../../src/config/text-reader.ts";
import { compilePlan } from "../../src/plan/compile.ts";
import { retell } from "../../src/plan/retell/index.ts";
import { registry } from "../../src/words/registry.ts";

/** A Saturday. */
const now = Date.UTC(2026, 10, 21, 12);

test("a bot is read back in plain sentences", async () => {
  const text = readFileSync("test/plan/retell/harbour.yaml", "utf8");
  const loaded = await loadConfig({ file: "bot.yaml", reader: textReader({ "bot.yaml": text }), words: registry });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const planned = compilePlan(loaded.config, loaded.origins, registry);
  if (!planned.ok) throw new Error(JSON.stringify(planned.diagnostics));
  await expect(`${retell(planned.plan, registry, now).join("\n")}\n`).toMatchFileSnapshot("retell/harbour.txt");
});

test("what an action says of itself names its own fields only", () => {
  for (const { name, tells = "", fields } of registry.actions.values())
    for (const [, field] of tells.matchAll(/\{(\w+)\}/g)) expect(Object.keys(fields), name).toContain(field);
});
