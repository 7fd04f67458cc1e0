import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { textReader } from "../../src/config/text-reader.ts";
import { compilePlan } from "../../src/plan/compile.ts";
import { retell } from "../../src/plan/retell/index.ts";
import { registry } from "../../src/words/registry.ts";

/** A Saturday. */
const now = Date.UTC(2026, 10, 21, 12);

async function readBack(name: string): Promise<string> {
  const reader = textReader({
    "bot.yaml": readFileSync(`test/plan/retell/${name}.yaml`, "utf8"),
    "harbour.yaml": "",
  });
  const loaded = await loadConfig({ file: "bot.yaml", reader, words: registry });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const planned = compilePlan(loaded.config, loaded.origins, registry);
  if (!planned.ok) throw new Error(JSON.stringify(planned.diagnostics));
  return `${retell(planned.plan, registry, now).join("\n")}\n`;
}

test.each(["harbour", "words", "packs"])("a bot is read back in plain sentences: %s", async (name) => {
  await expect(await readBack(name)).toMatchFileSnapshot(`retell/${name}.txt`);
});

test("nothing is left unsaid or said in the language of programs", async () => {
  for (const name of ["harbour", "words", "packs"]) {
    const text = await readBack(name);
    expect(text).not.toMatch(/object Object|undefined|\boptions\.|\bsteps\.|[{}]| ,|,,/);
  }
});

const words = [...registry.actions.values(), ...registry.conditions.values(), ...registry.triggers.values()];
const written = readFileSync("test/plan/retell/words.yaml", "utf8");

test.each(words.map((word) => [word.kind, word.name, word] as const))("the %s %s is read back", (_kind, name, word) => {
  if (!("tells" in word)) return;
  if (!("implicit" in word && word.implicit)) expect(written).toMatch(new RegExp(`\\b${name}\\b`));
  for (const sentence of [word.tells].flat())
    for (const [, field = ""] of sentence.matchAll(/\{(\w+)/g))
      expect([...Object.keys(word.fields), "server"], sentence).toContain(field);
});

test("what acts on people says what it does to them", () => {
  for (const { name, moderation, target, toPeople } of registry.actions.values())
    if (moderation === true && target !== undefined) expect(toPeople, name).toBeDefined();
});
