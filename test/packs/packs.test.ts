import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { exampleFile } from "../../src/cli/packs.ts";
import { platformsThatCan } from "../../src/config/checks/capabilities.ts";
import { testsOf } from "../../src/config/checks/walk.ts";
import { loadConfig } from "../../src/config/load.ts";
import { builtPack } from "../../src/config/packs/find-pack.ts";
import { settingTypes } from "../../src/config/packs/setting-types.ts";
import { textReader } from "../../src/config/text-reader.ts";
import { hasErrors } from "../../src/diagnostics/diagnostic.ts";
import { compilePlan } from "../../src/plan/compile.ts";
import { packs, registry } from "../../src/words/registry.ts";

const at = { file: "bot.yaml", line: 1, column: 1, length: 0 };

/** The pack's head, and the plan of a bot on every platform that uses it with its examples. */
async function planOf(name: string) {
  const built = await packs.get(name)!();
  const { head } = builtPack(name, built, at, registry);
  const reader = textReader({ "bot.yaml": exampleFile(head) });
  const loaded = await loadConfig({ file: "bot.yaml", reader, words: registry });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
  const planned = compilePlan(loaded.config, loaded.origins, registry);
  if (!planned.ok) throw new Error(JSON.stringify(planned.diagnostics, null, 2));
  return { head, built, loaded, planned };
}

test("the packs are the files of their folder", () => {
  const files = readdirSync("src/packs").filter((file) => file.endsWith(".yaml"));
  expect([...packs.keys()].sort()).toEqual(files.map((file) => file.slice(0, -".yaml".length)).sort());
});

describe.each([...packs.keys()])("the pack %s", (name) => {
  test("has nothing wrong with it on any platform", async () => {
    const { loaded, planned } = await planOf(name);
    expect(loaded.warnings.filter(({ code }) => code !== "no-home-server")).toEqual([]);
    expect(hasErrors(planned.warnings)).toBe(false);
  });

  test.each(["console", "discord", "telegram", "slack"])(
    "has nothing wrong with it for a bot on %s alone",
    async (platform) => {
      const { head } = builtPack(name, await packs.get(name)!(), at, registry);
      const whole = JSON.parse(exampleFile(head)) as {
        platforms: Record<string, object>;
        packs: Record<string, object>;
      };
      const platforms = { [platform]: whole.platforms[platform]! };
      for (const settings of [{}, whole.packs[name]!]) {
        const file = JSON.stringify({ ...whole, platforms, packs: { [name]: settings } });
        const loaded = await loadConfig({
          file: "bot.yaml",
          reader: textReader({ "bot.yaml": file }),
          words: registry,
        });
        if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
        expect(loaded.warnings.filter(({ code }) => code !== "no-home-server")).toEqual([]);
        expect(compilePlan(loaded.config, loaded.origins, registry)).toMatchObject({ ok: true });
      }
    },
  );

  test("works wherever its words do; parts for one platform stand in for those that do not work there", async () => {
    const { loaded } = await planOf(name);
    const context = { config: loaded.config, origins: loaded.origins, words: registry, partial: false };
    const left = loaded.config.rules.flatMap((rule) => {
      if (rule.platforms.length < 2) return [];
      const asked = [...testsOf(context, rule)].flatMap(({ test: word }) => {
        const found = registry.conditions.get(word);
        return found?.kind === "condition" ? (found.uses ?? []) : [];
      });
      const able = platformsThatCan(context, { ...rule, platforms: [] }).filter((platform) =>
        asked.every((one) => registry.platforms.get(platform)?.capabilities.has(one)),
      );
      return able.filter((one) => !rule.platforms.includes(one)).map((one) => `${rule.name}, on ${one}`);
    });
    expect(left).toEqual([]);
  });

  test("says what each command, option and setting is for", async () => {
    const { head, loaded } = await planOf(name);
    expect(head.description).toMatch(/^[A-Z].*\.$/);
    for (const { about } of Object.values(head.settings)) expect(about).toMatch(/^[A-Z].*\.$/);
    for (const { command } of loaded.config.rules) {
      if (command === undefined) continue;
      expect(command.description).toMatch(/^[A-Z].*[^.]$/);
      for (const option of command.options) expect(option.description).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  test("keeps what is not for everyone from everyone, also where the file names nobody", async () => {
    const { built, planned } = await planOf(name);
    const written = (built.value.commands ?? {}) as Readonly<Record<string, { allow?: unknown }>>;
    const restricted = Object.keys(written).filter((command) => written[command]?.allow !== undefined);
    for (const rule of planned.plan.rules.values()) {
      if (!restricted.includes(rule.name)) continue;
      const open = rule.rights.length === 0 && rule.canonical.command?.allow === undefined;
      expect({ command: rule.name, open }).toEqual({ command: rule.name, open: false });
    }
  });

  test("is data that says what its text does", async () => {
    const built = await packs.get(name)!();
    const text = readFileSync(`src/packs/${name}.yaml`, "utf8");
    expect(built.value).toEqual(parse(text, { intAsBigInt: false }));
  });
});

test.each([
  ["all of them together", "{ moderation: {}, economy: {}, fun: {}, admin: {} }"],
  ["parts of them", "{ moderation: { only: [warn, warnings] }, economy: { only: [balance, daily], currency: gold } }"],
  ["newcomers that are only told of, without a log", "{ moderation: { new_accounts: { do: tell } } }"],
  [
    "roles of the bot's own",
    "{ moderation: { allow: { role: Mod }, exempt: { role: Crew }, log: mods, block_links: yes, then: mute } }",
  ],
])("packs fit: %s", async (_what, used) => {
  const file = `version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\npacks: ${used}\n`;
  const loaded = await loadConfig({ file: "bot.yaml", reader: textReader({ "bot.yaml": file }), words: registry });
  expect(loaded).toMatchObject({ ok: true, warnings: [] });
  if (loaded.ok) expect(compilePlan(loaded.config, loaded.origins, registry)).toMatchObject({ ok: true, warnings: [] });
});

describe("the guide", () => {
  const blocks = [...readFileSync("docs/packs.md", "utf8").matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(
    ([, yaml]) => yaml!,
  );
  const find = (start: string) => blocks.find((yaml) => yaml.startsWith(start))!;

  test("shows files and a pack that work", async () => {
    const head =
      "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\npermissions: { crew: [ { can: ban_members } ] }\n";
    const files = {
      "bot.yaml": `${head}${find("include:")}${find("packs:")}    reminders: [ { after: 1h }, { after: 2d } ]\n`,
      "commands/games.yaml": "commands: { tide: Low. }\n",
      "rules.yaml": "rules: []\n",
      "packs/greetings.yaml": find("pack:"),
    };
    const loaded = await loadConfig({ file: "bot.yaml", reader: textReader(files), words: registry });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
    expect(loaded.warnings).toEqual([]);
    expect(compilePlan(loaded.config, loaded.origins, registry)).toMatchObject({ ok: true, warnings: [] });
    const names = loaded.config.rules.map((rule) => rule.name);
    expect(names).toEqual(expect.arrayContaining(["tide", "greet", "Wave back", "Look after them for 2d"]));
    expect(names).not.toContain("Greet newcomers");
  });

  test("names every type of setting", () => {
    const text = readFileSync("docs/packs.md", "utf8");
    for (const type of settingTypes) expect(text).toMatch(new RegExp(`\\b${type}\\b`));
  });
});
