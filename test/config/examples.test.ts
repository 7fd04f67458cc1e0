import { describe, expect, test } from "vitest";
import { registry } from "../../src/words/registry.ts";
import { loadText } from "./support.ts";

const head = "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n";

const indent = (text: string, columns: number) => text.split("\n").join(`\n${" ".repeat(columns)}`);

/** Names that an example may use without declaring them. */
const undeclared = [
  ...["undeclared-platform", "unknown-data", "unknown-group", "unknown-command", "unknown-limit"],
  ...["unknown-block", "unheard-event", "unused-save", "nothing-to-switch"],
];

async function mistakesIn(text: string): Promise<readonly string[]> {
  const loaded = await loadText(head + text);
  const found = loaded.ok ? loaded.warnings : loaded.diagnostics;
  return found.filter((one) => !undeclared.includes(one.code)).map((one) => `${one.code} ${one.message}`);
}

const examplesOf = (definitions: Iterable<{ name: string; examples: readonly { yaml: string }[] }>) =>
  [...definitions].flatMap((word) =>
    word.examples.map(({ yaml }, index) => [`${word.name} ${index + 1}`, yaml] as const),
  );

describe("the examples of every word can be read", () => {
  test.each(examplesOf(registry.actions.values()))("action %s", async (_name, yaml) => {
    const text = `commands:\n  try:\n    do:\n      - ${indent(yaml, 8)}\n`;
    expect(await mistakesIn(text)).toEqual([]);
  });

  test.each(examplesOf(registry.conditions.values()))("condition %s", async (_name, yaml) => {
    const text = `rules:\n  - name: Try\n    when: message\n    bots: yes\n    if:\n      - ${indent(yaml, 8)}\n    do: [ stop ]\n`;
    expect(await mistakesIn(text)).toEqual([]);
  });

  test.each(examplesOf(registry.triggers.values()))("trigger %s", async (_name, yaml) => {
    const text = `rules:\n  - name: Try\n    when:\n      - ${indent(yaml, 8)}\n    do: [ stop ]\n`;
    expect(await mistakesIn(text)).toEqual([]);
  });
});
