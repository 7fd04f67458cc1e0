import { expect, test } from "vitest";
import { spelling, usageOf } from "../../src/plan/spelling.ts";
import { planned, planOf } from "./support.ts";

const three = "platforms: { discord: { token: x, prefix: '!' }, telegram: { token: x }, console: {} }\n";

test("message rules are found by their words, in file order, with those that have none", async () => {
  const plan = await planOf(`
rules:
  - { name: Cats, when: message, if: { text: [Cat, kitten] }, do: [{ reply: cat }] }
  - { name: Every, when: message, do: [{ log: seen }] }
  - { name: Dogs, when: message, if: [{ text: dog }, { text: cat }], do: [{ reply: dog }] }
  - { name: Otherwise, when: message, if: { text: bird }, do: [{ log: bird }], else: [{ log: no bird }] }
  - { name: Pattern, when: message, if: { text: { matches: "fi.h" } }, do: [{ reply: fish }] }
`);
  const names = (text: string) => plan.messageRules(text).map((rule) => rule.name);
  expect(names("nothing")).toEqual(["Every", "Otherwise", "Pattern"]);
  expect(names("a kitten")).toEqual(["Cats", "Every", "Otherwise", "Pattern"]);
  expect(names("cat and dog")).toEqual(["Cats", "Every", "Dogs", "Otherwise", "Pattern"]);
});

test("names that must exist before the start: those of conditions too, and only where they can", async () => {
  const plan = await planOf(`${three}
names: { log: { discord: mod-log } }
permissions: { staff: { allow: [{ role: Staff }] } }
commands:
  a: { if: { permission: [{ role: Helper }] }, do: [{ send: { to: [log, news], text: hi } }] }
  b: { platforms: [discord], do: [{ if: { permission: [{ role: Red }] }, do: [{ send: { to: red, text: hi } }] }] }
  c: { enabled: no, do: [{ send: { to: nowhere, text: hi } }] }
`);
  expect(plan.nameUses.map(({ kind, platform, name }) => `${platform} ${kind} ${name}`).sort()).toEqual([
    "console channel news",
    "console role Helper",
    "console role Staff",
    "discord channel log",
    "discord channel news",
    "discord channel red",
    "discord role Helper",
    "discord role Red",
    "discord role Staff",
    "telegram channel news",
  ]);
});

test("a platform is asked for exactly what the rules on it use", async () => {
  const plan = await planOf(`${three}
commands:
  a: { platforms: [discord], if: { text: now }, do: [{ mute: { member: "{{ user }}", for: 1m } }] }
  b: { platforms: [telegram], do: [{ reply: { text: hi, buttons: [{ label: Ban, do: [{ ban: "{{ user }}" }] }] } }] }
`);
  const [discord, telegram] = plan.connections;
  expect(discord).toMatchObject({
    feeds: ["commands", "message_text"],
    capabilities: ["members.mute"],
    rights: ["mute_members"],
  });
  expect(telegram).toMatchObject({
    feeds: ["buttons", "commands"],
    capabilities: ["members.ban", "messages.buttons", "messages.send"],
    rights: ["ban_members"],
  });
  expect(telegram!.commands.map((command) => command.name)).toEqual(["b", "help"]);
});

test("commands are shown as people type them", async () => {
  const plan = await planOf(`
platforms:
  discord: { token: x }
  slack: { bot_token: x, app_token: y, command: /harbour }
commands:
  give: { names: { slack: gib }, options: { member: member, amount: { type: integer, required: no } }, do: [{ reply: hi }] }
`);
  const rule = plan.rules.get("command:give")!;
  const usage = (platform: string) =>
    usageOf(plan.spelled(platform, spelling(rule.canonical, platform)), rule.command!.options);
  expect(usage("discord")).toBe("/give <member> [amount]");
  expect(usage("slack")).toBe("/harbour gib <member> [amount]");
  expect([...plan.commands.get("slack")!.keys()]).toEqual(["gib", "help"]);
});

test("what is written for declared data must be of its type", async () => {
  const data = `data: { level: integer, on_duty: yes_no, pause: duration, motto: text, size: { type: choice, choices: [small, large] } }\n`;
  const set = (name: string, value: string, options = "") =>
    planned(`${data}commands: { a: { ${options} do: [{ set: { data: ${name}, value: ${value} } }] } }`);
  for (const [name, value] of [
    ["level", "5"],
    ["level", '"{{ data.level | plus: 1 }}"'],
    ["on_duty", "yes"],
    ["pause", "10m"],
    ["motto", "007"],
    ["size", "large"],
  ] as const) {
    const result = await set(name, value);
    if (!result.ok) throw new Error(`${name}: ${value}: ${result.diagnostics[0]!.message}`);
  }
  const message = async (name: string, value: string, options?: string) => {
    const result = await set(name, value, options);
    return result.ok ? "planned" : result.diagnostics[0]!.message;
  };
  expect(await message("level", "high")).toBe('this must be a whole number, and it is "high".');
  expect(await message("level", "1.5")).toMatch(/^this must be a whole number/);
  expect(await message("on_duty", "maybe")).toBe('this must be yes or no, and it is "maybe".');
  expect(await message("pause", "soon")).toMatch(/^this must be a duration, such as 10m/);
  expect(await message("size", "huge")).toBe('this must be one of small, large, and it is "huge".');
  expect(await message("level", '"{{ options.who }}"', "options: { who: member },")).toMatch(
    /^this must be a whole number, and it is a person/,
  );
});

test("only an action makes a file to send: nobody types the path of one", async () => {
  const sent = async (file: string) => {
    const result = await planned(
      `commands: { a: { options: { name: text }, do: [{ transcript: , save_as: talk }, { reply: { file: "${file}" } }] } }`,
    );
    return result.ok ? "planned" : result.diagnostics[0]!.message;
  };
  expect(await sent("{{ steps.talk }}")).toBe("planned");
  expect(await sent("{{ options.name }}")).toBe(
    "this must be a file that an action has made, such as the one that transcript saves, and it is text.",
  );
});

test("a rule that was kept is compiled under today's declarations, or not at all", async () => {
  const before = await planOf("data: { coins: integer }\ncommands: { a: { do: [{ reply: '{{ data.coins }}' }] } }");
  const canonical = before.rules.get("command:a")!.canonical;
  const kept = JSON.parse(JSON.stringify(canonical)) as typeof canonical;
  expect(before.compileStored(kept)!.hash()).toBe(before.rules.get("command:a")!.hash());
  const today = await planOf("commands: { a: hello }");
  expect(today.compileStored(kept)).toBeUndefined();
});
