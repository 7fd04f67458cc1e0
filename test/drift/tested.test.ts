import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { actions, conditions, triggers } from "../../src/words/registry.ts";

const scenarios = readdirSync("test/scenarios")
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => readFileSync(`test/scenarios/${name}`, "utf8"))
  .join("\n");

/** Words that their place in the file gives, by the section that stands for them. */
const places: Readonly<Record<string, string>> = { command: "commands", schedule: "schedules" };

test.each([...actions.keys(), ...conditions.keys(), ...triggers.keys()])("%s is tried in a scenario", (name) => {
  const written = places[name] ?? name;
  // As a key, as an item that stands alone, or behind `when:`.
  const isWritten = new RegExp(`(^|[\\s{[,-])${written}(:|\\s*[,\\]}\\n])`, "m");
  expect(isWritten.test(scenarios)).toBe(true);
});

test("every kind of word has its page in the reference, with each word on it", () => {
  for (const [page, words] of Object.entries({ actions, conditions, triggers })) {
    const path = `docs/reference/${page}.md`;
    expect(existsSync(path)).toBe(true);
    const text = readFileSync(path, "utf8");
    for (const name of words.keys()) expect(text).toContain(`\n## ${name}\n`);
  }
});
