import { afterEach, expect, test } from "vitest";
import { type Connect, PlatformError, type PlatformPort } from "../../../src/contracts/platform.ts";
import { open } from "../../../src/stores/sqlite/index.ts";
import { type ConsoleBot, type ConsoleBotOptions, startConsoleBot } from "../../support/console-bot.ts";
import { fakeClock } from "../../support/fake-clock.ts";

const bots: ConsoleBot[] = [];
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
});

const yaml = `version: 1
bot: { name: Harbour }
platforms: { console: {} }
commands:
  mute: { options: { member: member }, do: [{ mute: { member: "{{ options.member }}", for: 1m } }] }
  hush: { options: { member: member }, do: [{ mute: { member: "{{ options.member }}", for: 5h } }] }
  again: { do: [{ wait: 1s }, { log: first }, { wait: 1s }, { log: second }, { wait: 0s }, { reply: third }] }
`;

async function start(unmute: PlatformPort["unmute"] | undefined, options: ConsoleBotOptions = {}): Promise<ConsoleBot> {
  const around =
    (connect: Connect): Connect =>
    (plan, dependencies) => {
      const connection = connect(plan, dependencies);
      return { ...connection, port: { ...connection.port, ...(unmute === undefined ? {} : { unmute }) } };
    };
  const bot = await startConsoleBot(yaml, { around, ...options });
  bots.push(bot);
  return bot;
}

/** A call that is answered when its caller is handed back. */
const held = (give: (release: () => void) => void): Promise<void> => new Promise((resolve) => give(resolve));

test("a platform that does not answer holds up nobody else's work", async () => {
  const asked: string[] = [];
  let letGo = (): void => undefined;
  const bot = await start((_server, user) => {
    asked.push(user);
    return user === "bob"
      ? held((release) => {
          letGo = release;
        })
      : Promise.resolve();
  });
  await bot.type("/mute @bob");
  await bot.clock.advance(1000);
  await bot.type("/mute @carl");
  await bot.clock.advance(120_000);
  expect(asked).toEqual(["bob", "carl"]);
  expect(await bot.store.jobs.next(["console"])).toBeUndefined();
  letGo();
  await bot.clock.advance(0);
  const rows = (await bot.audit())
    .filter((row) => row.action === "unmute")
    .map((row) => [row.target?.name, row.outcome]);
  expect(rows).toEqual([
    ["bob", "intent"],
    ["carl", "intent"],
    ["carl", "done"],
    ["bob", "done"],
  ]);
});

test("work that fails is tried again with growing pauses, and given up in the end with a row that says so", async () => {
  const at: number[] = [];
  const bot: ConsoleBot = await start(async () => {
    at.push(bot.clock.now());
    throw new PlatformError("unavailable", "The console is away.");
  });
  await bot.type("/mute @bob");
  await bot.clock.advance(4 * 3_600_000);
  const pauses = at.slice(1).map((time, index) => (time - at[index]!) / 1000);
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600]);
  expect((await bot.audit()).at(-1)).toMatchObject({
    kind: "errors",
    outcome: "failed",
    details: { error: "The console is away." },
  });
  expect(await bot.store.jobs.next(["console"])).toBeUndefined();
});

test("a later mute takes the place of an earlier one's end", async () => {
  const ended: number[] = [];
  const bot: ConsoleBot = await start(async () => void ended.push(bot.clock.now()));
  const began = bot.clock.now();
  await bot.type("/mute @bob");
  await bot.clock.advance(30_000);
  await bot.type("/mute @bob");
  await bot.clock.advance(3_600_000);
  expect(ended).toEqual([began + 90_000]);
});

test("a run that waits again and again leaves nothing behind", async () => {
  const bot = await start(undefined);
  await bot.type("/again");
  await bot.clock.advance(2000);
  expect(bot.shown()).toEqual(["third"]);
  const logged = bot.log.map(({ message }) => message).filter((message) => message === "first" || message === "second");
  expect(logged).toEqual(["first", "second"]);
  expect(await bot.store.runs.count()).toBe(0);
  expect(await bot.store.jobs.next(["console"])).toBeUndefined();
});

test("stopping waits for the work that was begun", async () => {
  let letGo = (): void => undefined;
  const bot = await start(() =>
    held((release) => {
      letGo = release;
    }),
  );
  await bot.type("/mute @bob");
  await bot.clock.advance(60_000);
  let stopped = false;
  const stopping = bot.halt().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  letGo();
  await stopping;
  expect((await bot.audit()).at(-1)).toMatchObject({ action: "unmute", outcome: "done" });
});

test("work for a platform that is not among those that run stays as it is", async () => {
  const clock = fakeClock();
  const store = await open({ kind: "sqlite", path: ":memory:" }, clock.now);
  const dueAt = clock.now() + 1000;
  await store.jobs.put({ key: "mute", owner: "word:mute", platform: "discord", dueAt, payload: {} });
  const bot = await start(undefined, { clock, store });
  await bot.clock.advance(3 * 86_400_000);
  expect(await store.jobs.claim(clock.now(), clock.now() + 1, 10, ["discord"])).toMatchObject([{ dueAt, attempts: 1 }]);
});

test("work belongs to who has begun it for as long as it takes, and is taken over a minute after it was left", async () => {
  const asked: string[] = [];
  let letGo = (): void => undefined;
  const clock = fakeClock();
  const store = await open({ kind: "sqlite", path: ":memory:" }, clock.now);
  const unmute = (_server: string, user: string) => {
    asked.push(user);
    return held((release) => {
      letGo = release;
    });
  };
  const bot = await start(unmute, { clock, store });
  const claim = () => store.jobs.claim(clock.now(), clock.now() + 1000, 10, ["console"]);
  await bot.type("/mute @bob");
  await clock.advance(60_000);
  for (let minutes = 0; minutes < 15; minutes++) {
    await clock.advance(60_000);
    expect(await claim()).toEqual([]);
  }
  letGo();
  await clock.advance(0);
  expect((await bot.audit()).at(-1)).toMatchObject({ action: "unmute", outcome: "done" });

  // Another process is quicker, and is killed then.
  await bot.type("/mute @eve");
  clock.leap(60_000);
  expect(await claim()).toHaveLength(1);
  await clock.advance(60_000);
  expect(asked).toEqual(["bob", "eve"]);
  letGo();
});

test("a clock that is set, or a machine that slept, holds work up by a minute at most", async () => {
  const unmuted: string[] = [];
  const bot = await start(async (_server, user) => void unmuted.push(user));
  await bot.type("/hush @bob");
  bot.clock.leap(6 * 3_600_000);
  await bot.type("/hush @eve");
  await bot.clock.advance(60_000);
  expect(unmuted).toEqual(["bob"]);
  bot.clock.leap(6 * 3_600_000);
  await bot.clock.advance(60_000);
  expect(unmuted).toEqual(["bob", "eve"]);
});
