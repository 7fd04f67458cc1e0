import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { BotEvent, EventSink, MessageEvent } from "../../../src/contracts/event.ts";
import type { Connect } from "../../../src/contracts/platform.ts";
import { type ConsoleBot, startConsoleBot } from "../../support/console-bot.ts";

const bots: ConsoleBot[] = [];
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
});

/** A bot on the console, and the sink that its platform hands events to. */
async function start(yaml: string): Promise<{ bot: ConsoleBot; sink: EventSink }> {
  let sink: EventSink | undefined;
  const around =
    (connect: Connect): Connect =>
    (plan, dependencies) => {
      sink = dependencies.sink;
      return connect(plan, dependencies);
    };
  const text = `version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n${yaml}`;
  const bot = await startConsoleBot(text, { around });
  bots.push(bot);
  return { bot, sink: sink! };
}

const place = {
  platform: "console",
  at: 0,
  server: { id: "console", name: "console" },
  channel: { id: "general", name: "general", direct: false },
  origin: { channel: "general" },
};
const person = (id: string) => ({ platform: "console", id, name: id, username: id, isBot: false });

function message(key: string, text: string, user = person("ada")): MessageEvent {
  return { ...place, kind: "message", key, user, message: { id: key, text, entities: [] } };
}

function command(key: string, name: string, text: string, user = person("ada")): MessageEvent {
  const input = { kind: "text", text, entities: [] } as const;
  return { ...message(key, `/${name} ${text}`, user), call: { name, addressed: true, input } };
}

const yaml = `
permissions: { staff: { allow: [{ role: Staff }, { can: ban_members }] } }
data:
  coins: { type: integer, default: 3, minimum: 0 }
  note: { type: text, max_length: 10 }
commands:
  hello: "Hello {{ user.name }}"
  pay: { options: { amount: integer }, rate_limit: 20 per 1m per user, do: [{ subtract: { data: coins, amount: "{{ options.amount }}" } }, { reply: "{{ data.coins }}" }] }
  note: { options: { text: text }, do: [{ set: { data: note, value: "{{ options.text }}" } }, { wait: 1s }, { reply: "{{ data.note }}" }] }
  ban: { allow: staff, options: { member: member, time: { type: duration, required: no } }, do: [{ ban: { member: "{{ options.member }}", for: 1h } }] }
  post: { options: { to: text }, do: [{ send: { to: "{{ options.to }}", text: hi, buttons: [{ label: Press, do: [{ reply: pressed }] }] } }] }
rules:
  - { name: Clean, when: message, if: { text: bad }, do: [delete_message, { warn: "{{ user }}" }] }
  - { name: Join, when: member_joined, do: [{ add_role: { role: New, for: 1m } }, { send: { to: welcome, text: "{{ user.mention }}" } }] }
`;

const users = fc
  .oneof(fc.constantFrom("ada", "bob", "bot", "__proto__"), fc.string({ unit: "binary", maxLength: 8 }))
  .map(person);
const words = fc.oneof(
  fc.constantFrom(
    "hello",
    "pay",
    "note",
    "ban",
    "post",
    "help",
    "bad",
    "5",
    "-1",
    "@bob",
    "general",
    "constructor",
    "1h",
  ),
  fc.string({ unit: "binary", maxLength: 10 }),
);
const texts = fc.array(words, { maxLength: 4 }).map((list) => list.join(" "));
const events: fc.Arbitrary<(key: string) => BotEvent> = fc.oneof(
  fc.record({ text: texts, user: users }).map(
    ({ text, user }) =>
      (key: string) =>
        message(key, text, user),
  ),
  fc.record({ name: words, text: texts, user: users }).map(
    ({ name, text, user }) =>
      (key: string) =>
        command(key, name, text, user),
  ),
  fc.record({ button: texts, user: users }).map(({ button, user }) => (key: string): BotEvent => {
    return { ...place, kind: "button", key, user, button };
  }),
  users.map(
    (user) =>
      (key: string): BotEvent => ({ ...place, kind: "member_joined", key, user }),
  ),
  fc.record({ text: texts, user: users }).map(({ text, user }) => (key: string): BotEvent => {
    const { server: _server, ...direct } = command(key, "post", text, user);
    return direct;
  }),
);

test("whatever arrives, it is handled: nothing rejects and nothing is left over", async () => {
  const { bot, sink } = await start(yaml);
  let count = 0;
  const property = fc.asyncProperty(fc.array(events, { minLength: 1, maxLength: 20 }), async (makers) => {
    await Promise.all(makers.map((make) => sink.handle(make(`fuzz ${++count}`))));
    await bot.clock.advance(1000);
  });
  await fc.assert(property, { seed: 5, numRuns: 60 });
  const told = bot.log.filter(({ message }) =>
    /could not be handled|could not begin|could not be settled|given up/.test(message),
  );
  expect(told).toEqual([]);
  await bot.clock.advance(3_600_000);
  expect(await bot.store.runs.count()).toBe(0);
});

test("200 payments at once take no more than there is", async () => {
  const { bot, sink } = await start(`
data: { till: { type: integer, scope: server, default: 150, minimum: 0 } }
commands:
  take: { do: [{ subtract: { data: till, amount: 1 }, else: [{ reply: empty }, stop] }, { reply: taken }] }
`);
  await Promise.all(
    Array.from({ length: 200 }, (_, n) => sink.handle(command(`take ${n}`, "take", "", person(`p${n}`)))),
  );
  const shown = bot.shown();
  expect(shown.filter((line) => line === "taken")).toHaveLength(150);
  expect(shown.filter((line) => line === "empty")).toHaveLength(50);
  const owner = { scope: "server", platform: "console", server: "console", subject: "" } as const;
  expect(await bot.store.data.read([{ name: "till", owner }])).toEqual([0]);
});

test("a thousand messages during five reloads are each answered once, by one generation", async () => {
  const version = (n: number) => `
data: { seen: { type: integer, scope: bot } }
commands: { ask: { options: { n: integer }, do: [{ add: { data: seen, amount: 1 } }, { reply: "command v${n} {{ options.n }}" }] } }
rules: [{ name: Echo, when: message, if: data.seen >= 0, do: [{ reply: "rule v${n} {{ message.text }}" }] }]
`;
  const { bot, sink } = await start(version(0));
  const head = "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n";
  const handled: (Promise<void> | undefined)[] = [];
  for (let n = 0; n < 1000; n++) {
    handled.push(sink.handle(command(`ask ${n}`, "ask", String(n), person(`p${n}`))));
    if (n % 200 === 100) {
      const report = bot.reload(head + version(1 + Math.floor(n / 200)));
      // Some are taken while the reload is being prepared, some wait for their data while the plans are swapped.
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      handled.push(report.then(({ ok, problems }) => expect({ ok, problems }).toEqual({ ok: true, problems: [] })));
      if (n % 400 === 100) await report;
    }
  }
  await Promise.all(handled);
  const versions = new Set<string>();
  const answers = new Map<string, string[]>();
  for (const line of bot.shown()) {
    const [, what, by, n] = /^(command|rule) (v\d) (?:\/ask )?(\d+)$/.exec(line)!;
    versions.add(by!);
    answers.set(n!, [...(answers.get(n!) ?? []), `${what} ${by}`]);
  }
  expect(answers.size).toBe(1000);
  for (const said of answers.values()) {
    expect(said.map((one) => one.split(" ")[0])).toEqual(["rule", "command"]);
    expect(new Set(said.map((one) => one.split(" ")[1])).size).toBe(1);
  }
  expect(versions.size).toBeGreaterThanOrEqual(3);
  const owner = { scope: "bot", platform: "", server: "", subject: "" } as const;
  expect(await bot.store.data.read([{ name: "seen", owner }])).toEqual([1000]);
});
