import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../../src/contracts/store.ts";
import { open } from "../../src/stores/sqlite/index.ts";
import { type ConsoleBot, startConsoleBot } from "../support/console-bot.ts";

let store: Store;
let bot: ConsoleBot | undefined;

beforeEach(async () => {
  store = await open({ kind: "sqlite", path: ":memory:" }, () => 0);
});
afterEach(async () => {
  await bot?.halt();
  await store.close();
});

const file = (data: string, commands = "show: { do: [{ log: shown }] }") =>
  `version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\ndata:\n  ${data}\ncommands:\n  ${commands}\n`;
const show = 'show: { do: [{ reply: "{{ data.coins }}" }] }';
const earn = 'show: { do: [{ add: { data: coins, amount: 5 } }, { reply: "{{ data.coins }}" }] }';

async function shown(): Promise<string> {
  bot!.shown();
  await bot!.type("/show");
  return bot!.shown().join("\n");
}

async function start(yaml: string): Promise<void> {
  bot = await startConsoleBot(yaml, { store });
}

test("a type is free to change until something is stored", async () => {
  await start(file("coins: { type: integer }"));
  expect((await bot!.reload(file("coins: { type: text, scope: server }"))).ok).toBe(true);
  expect((await bot!.reload(file("coins: { type: integer }", earn))).ok).toBe(true);
  expect(await shown()).toBe("5");
});

test.each([
  ["text", "coins: { type: text }", '"coins" is stored as integer, and the file says text.', /write convert: yes/],
  ["a list", "coins: { type: list, of: integer, convert: yes }", "says a list of integer.", /^give it a new name/],
  ["a scope", "coins: { type: integer, scope: user, convert: yes }", "with the scope member", /^give it a new name/],
])("what is stored is not misread as %s", async (_, data, message, hint) => {
  await start(file("coins: { type: integer }", earn));
  await shown();
  const report = await bot!.reload(file(data));
  expect(report).toMatchObject({ ok: false, problems: [{ code: "data-changed", line: 5, column: 3 }] });
  expect(report.problems[0]).toMatchObject({
    message: expect.stringContaining(message),
    hint: expect.stringMatching(hint),
  });
  expect(await shown()).toBe("10");
  await bot!.halt();
  bot = undefined;
  await expect(start(file(data))).rejects.toThrow(message.replaceAll('"', '\\"'));
});

test("numbers become texts, texts numbers, and choices, where every value can", async () => {
  await start(file("coins: { type: integer }", earn));
  await shown();
  expect((await bot!.reload(file("coins: { type: text, convert: yes }", show))).ok).toBe(true);
  expect(await shown()).toBe("5");
  const asChoice = file("coins: { type: choice, choices: ['5', many], convert: yes }", show);
  expect((await bot!.reload(asChoice)).ok).toBe(true);
  expect(await shown()).toBe("5");
  expect((await bot!.reload(file("coins: { type: number, convert: yes }", earn))).ok).toBe(true);
  expect(await shown()).toBe("10");
  await bot!.halt();
  await start(file("coins: { type: number }", earn));
  expect(await shown()).toBe("15");
});

test("one value that cannot be converted is told, and nothing is converted", async () => {
  const set = (value: string) => `show: { do: [{ set: { data: coins, value: ${value} } }] }`;
  await start(file("coins: { type: text }\n  points: { type: integer, scope: bot }", set("many")));
  await store.data.set("points", { scope: "bot", platform: "", server: "", subject: "" }, 7);
  await shown();
  const wanted = file("points: { type: text, scope: bot, convert: yes }\n  coins: { type: number, convert: yes }");
  const report = await bot!.reload(wanted);
  expect(report).toMatchObject({
    ok: false,
    problems: [{ line: 6, message: '"coins" cannot be converted: "many" is stored in it, which is not number.' }],
  });
  const [points] = await store.data.read([
    { name: "points", owner: { scope: "bot", platform: "", server: "", subject: "" } },
  ]);
  expect(points).toBe(7);
  expect(await store.facts.get("data", "points")).toEqual({ type: "integer", scope: "bot" });
});
