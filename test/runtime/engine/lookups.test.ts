import { afterEach, expect, test } from "vitest";
import type { NameAnswer } from "../../../src/contracts/platform.ts";
import type { DataStore } from "../../../src/contracts/store.ts";
import { open } from "../../../src/stores/sqlite/index.ts";
import { type ConsoleBot, startConsoleBot } from "../../support/console-bot.ts";

const bots: ConsoleBot[] = [];
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
});

const head = "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n";

test("a channel that the file names is followed when it is renamed; one that a person names is not", async () => {
  // The ids of channels, by what they are called now.
  let channels: Record<string, string> = { news: "first" };
  const find = async (name: string): Promise<NameAnswer> => {
    const known = Object.entries(channels).find(([called, id]) => called === name || id === name);
    return known === undefined ? { found: "none" } : { found: "one", id: known[1], name: known[0] };
  };
  const yaml = `${head}commands:
  file: { do: [{ send: { to: news, text: hello } }] }
  typed: { options: { to: text }, do: [{ send: { to: "{{ options.to }}", text: hello } }] }
  option: { options: { to: channel }, do: [{ send: { to: "{{ options.to }}", text: hello } }] }
`;
  const bot = await startConsoleBot(yaml, {
    around: (connect) => (plan, dependencies) => {
      const connection = connect(plan, dependencies);
      return { ...connection, port: { ...connection.port, find: (_kind, _server, name) => find(name) } };
    },
  });
  bots.push(bot);
  const all = async () => {
    for (const line of ["/file", "/typed news", "/option news"]) await bot.type(line);
    return bot.shown();
  };
  expect(await all()).toEqual(["#first: hello", "#first: hello", "#first: hello"]);
  channels = { "old news": "first", news: "second" };
  expect(await all()).toEqual(["#first: hello", "#second: hello", "#second: hello"]);
  channels = { news: "second" };
  expect(await all()).toEqual(["#second: hello", "#second: hello", "#second: hello"]);
});

test("a rule that does not apply asks the storage for nothing, and one that does asks once", async () => {
  const store = await open({ kind: "sqlite", path: ":memory:" }, () => 0);
  const asked: string[][] = [];
  const data: DataStore = {
    ...store.data,
    read(keys) {
      asked.push(keys.map((key) => `${key.owner.subject || key.owner.scope} ${key.name}`));
      return store.data.read(keys);
    },
  };
  const yaml = `${head}data: { coins: integer, motd: { type: text, scope: server }, open: { type: yes_no, scope: bot } }
rules:
  - name: Worth
    when: message
    if: { text: { matches: "how (rich|poor)" } }
    do: [{ reply: "{{ data.coins }} {{ user.data.coins }} {{ data.motd }}" }, { reply: "{{ data.coins }}" }]
  - { name: Open, when: message, if: data.open, do: [{ reply: "{{ data.coins }}" }] }
`;
  const bot = await startConsoleBot(yaml, { store: { ...store, data } });
  bots.push(bot);
  await bot.type("hello");
  expect(asked.splice(0)).toEqual([["bot open", "you coins"]]);
  await bot.type("how rich am I");
  expect(asked).toEqual([
    ["you coins", "you coins", "server motd"],
    ["bot open", "you coins"],
  ]);
  expect(bot.shown()).toEqual(["0 0 ", "0"]);
});
