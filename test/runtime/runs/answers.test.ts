import { expect, test } from "vitest";
import type { BotEvent, EventSink } from "../../../src/contracts/event.ts";
import type { OutMessage } from "../../../src/contracts/message.ts";
import type { Connect } from "../../../src/contracts/platform.ts";
import { startConsoleBot } from "../../support/console-bot.ts";

const yaml = `
version: 1
bot: { name: Harbour }
platforms: { console: {} }
data: { done: { type: integer, scope: bot, default: 0 } }
commands:
  go:
    do:
      - confirm: Sure?
      - add: { data: done, amount: 1 }
      - reply: "done {{ data.done }}"
`;

interface Tap {
  sink: EventSink | undefined;
  key: string;
  /** Called when the question goes out, before the bot knows that it did. */
  asked: () => void;
}

function tapped(tap: Tap): (connect: Connect) => Connect {
  return (connect) => (plan, dependencies) => {
    tap.sink = dependencies.sink;
    const connection = connect(plan, dependencies);
    const reply = (origin: never, message: OutMessage) => {
      const key = message.buttons?.[0]?.key;
      const sent = connection.port.reply(origin, message);
      if (key === undefined) return sent;
      tap.key = key;
      tap.asked();
      return sent;
    };
    return { ...connection, port: { ...connection.port, reply } };
  };
}

const press = (tap: Tap, key: string): BotEvent => ({
  kind: "button",
  key,
  platform: "console",
  at: 0,
  server: { id: "console", name: "console" },
  channel: { id: "general", name: "general", direct: false },
  user: { platform: "console", id: "you", name: "you", isBot: false },
  origin: { channel: "general", person: "you" },
  button: tap.key,
});

test("presses at the same moment count once", async () => {
  const tap: Tap = { sink: undefined, key: "", asked: () => undefined };
  const bot = await startConsoleBot(yaml, { around: tapped(tap) });
  await bot.type("/go");
  await Promise.all([1, 2, 3, 4].map((n) => tap.sink!.handle(press(tap, `press-${n}`))));
  const shown = bot.shown();
  expect(shown.filter((line) => line.includes("done"))).toEqual(["done 1"]);
  expect(shown.filter((line) => line === "This question is no longer open.")).toHaveLength(3);
  const owner = { scope: "bot", platform: "", server: "", subject: "" } as const;
  expect(await bot.store.data.read([{ name: "done", owner }])).toEqual([1]);
  await bot.stop();
});

test("a press that is faster than the storage is not lost", async () => {
  const tap: Tap = { sink: undefined, key: "", asked: () => undefined };
  const bot = await startConsoleBot(yaml, { around: tapped(tap) });
  let pressed: Promise<void> | undefined;
  tap.asked = () => {
    pressed = Promise.resolve(tap.sink!.handle(press(tap, "early")));
  };
  await bot.type("/go");
  await pressed;
  expect(bot.shown().filter((line) => line.includes("done"))).toHaveLength(1);
  await bot.stop();
});

test("an answer that is too large to be kept is not taken, and the question stays open", async () => {
  const file = `
version: 1
bot: { name: Harbour }
platforms: { console: {} }
commands:
  go:
    do:
      - form: { title: Tell, fields: { one: One, two: Two, three: Three } }
        save_as: told
      - reply: "{{ steps.told.two }} and {{ steps.told.three }}"
`;
  const bot = await startConsoleBot(file, { without: ["forms"] });
  await bot.type("/go");
  await bot.type("x".repeat(600_000));
  await bot.type("y".repeat(600_000));
  expect(JSON.stringify(bot.log)).toContain("too large to be kept");
  await bot.type("small");
  await bot.type("as well");
  expect(bot.shown().at(-1)).toBe("small and as well");
  await bot.stop();
});
