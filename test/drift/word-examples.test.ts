import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { textReader } from "../../src/config/text-reader.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { compilePlan } from "../../src/plan/compile.ts";
import { registry } from "../../src/words/registry.ts";

/** What the examples may name. */
const head = `version: 1
bot: { name: Harbour }
platforms:
  discord: { token: "\${DISCORD_TOKEN}", servers: [Harbour] }
  telegram: { token: "\${TELEGRAM_TOKEN}", servers: ["-1001234567890"] }
  console: {}
permissions:
  moderators: { allow: [ { can: ban_members } ] }
data:
  coins: { type: integer, scope: member, minimum: 0 }
  motd: { type: text, scope: server }
  news: { type: list, of: text, scope: server }
  queue: { type: list, of: user, scope: server }
`;

const under = (indent: string, yaml: string): string => yaml.replaceAll("\n", `\n${indent}`);

/** Both sides of the event that examples name. */
const bothSides = `
  - name: Rise
    platforms: console
    when: message
    do: [ { emit: level_up } ]
  - name: Level up
    platforms: console
    when: { custom_event: level_up }`;

const action = (yaml: string) => `${head}
commands:
  try_it:
    platforms: console
    options: { member: member }
    do:
      - { reply: Hello, save_as: sent }
      - { create_thread: Help, save_as: thread }
      - ${under("        ", yaml)}
  give: { platforms: console, do: [ { reply: Given } ] }
  party: { platforms: console, do: [ { reply: Party } ] }

blocks:
  greet: { options: { who: member }, do: [ { log: "Hello {{ options.who.name }}" } ] }
  goodbye: [ { log: Goodbye } ]
rules:${bothSides}
    do: [ { call: { block: greet, with: { who: "{{ user }}" } } }, { call: goodbye } ]
  - { name: party, platforms: console, when: message, if: message.text == "party", do: [ { reply: Party } ] }
`;

const condition = (yaml: string) => `${head}
rules:
  - name: Try it
    platforms: discord
    bots: yes
    when: message
    if:
      ${under("      ", yaml)}
    do: [ { log: It holds } ]
`;

const trigger = (yaml: string) => `${head}
rules:${bothSides}
    do: [ { log: Up } ]
  - name: Try it
    platforms: console
    when:
      - ${under("        ", yaml)}
    do: [ { log: It happened } ]
`;

async function check(text: string): Promise<readonly Diagnostic[]> {
  const loaded = await loadConfig({ file: "bot.yaml", reader: textReader({ "bot.yaml": text }), words: registry });
  if (!loaded.ok) return loaded.diagnostics;
  const planned = compilePlan(loaded.config, loaded.origins, registry);
  const told = [...loaded.warnings, ...(planned.ok ? planned.warnings : planned.diagnostics)];
  // What is declared around an example for others to use is not used by each.
  return told.filter((one) => one.severity !== "notice");
}

const wrappers = { action, condition, combinator: condition, trigger };
const words = [...registry.actions.values(), ...registry.conditions.values(), ...registry.triggers.values()];
const examples = words.flatMap((word) =>
  word.examples.map(({ about, yaml }) => [word.kind, word.name, about, wrappers[word.kind](yaml)] as const),
);

test.each(examples)("the example of the %s %s is right: %s", async (_, __, ___, file) => {
  const found = await check(file);
  expect(found.map(({ line, message, hint }) => ({ line, message, hint }))).toEqual([]);
});
