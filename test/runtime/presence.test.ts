import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Connect, PlatformPort } from "../../src/contracts/platform.ts";
import type { Store } from "../../src/contracts/store.ts";
import { open } from "../../src/stores/postgres/index.ts";
import { type ConsoleBot, startConsoleBot } from "../support/console-bot.ts";
import { freshPostgresSchema } from "../support/databases.ts";
import { type FakeClock, fakeClock } from "../support/fake-clock.ts";

const schema = await freshPostgresSchema();
afterAll(() => schema?.drop());

const minute = 60_000;
const yaml = `version: 1
bot: { name: Harbour }
platforms: { console: {} }
commands:
  kick: { options: { member: member }, do: [{ kick: "{{ options.member }}" }] }
`;

describe.skipIf(schema === undefined)("bots that share a database", () => {
  const bots: ConsoleBot[] = [];
  const stores: Store[] = [];
  let letGo: () => void;
  let kicking: Promise<void>;

  beforeEach(() => {
    letGo = () => undefined;
  });
  afterEach(async () => {
    letGo();
    for (const bot of bots.splice(0)) await bot.halt();
    for (const store of stores.splice(0)) await store.close();
  });

  /** A bot with a clock and connections of its own: one whose clock stands still says nothing more of itself. */
  async function started(clock: FakeClock): Promise<ConsoleBot> {
    const store = await open({ kind: "postgres", url: schema!.url, min: 1, max: 4, timeoutMs: 20_000 }, clock.now);
    stores.push(store);
    let begun: () => void;
    kicking = new Promise((resolve) => {
      begun = resolve;
    });
    const kick: PlatformPort["kick"] = () =>
      new Promise((resolve) => {
        letGo = resolve;
        begun();
      });
    const around =
      (connect: Connect): Connect =>
      (plan, dependencies) => {
        const connection = connect(plan, dependencies);
        return { ...connection, port: { ...connection.port, kick } };
      };
    const bot = await startConsoleBot(yaml, {
      clock,
      store,
      around,
      person: { name: "ada", roles: [], owner: true },
    });
    bots.push(bot);
    return bot;
  }

  const outcomes = async (bot: ConsoleBot) =>
    (await bot.audit()).filter(({ kind }) => kind === "moderation").map(({ outcome }) => outcome);
  const processes = async (bot: ConsoleBot) => (await bot.store.jobs.list("process", [""])).length;

  test("what another one is doing is left alone; what a silent one was doing is marked, and may still end", async () => {
    const first = await started(fakeClock());
    const typed = first.type("/kick bob");
    await kicking;
    const second = await started(fakeClock());
    expect(await outcomes(second)).toEqual(["intent"]);
    for (let passed = 0; passed < 5; passed++) {
      await first.clock.advance(minute);
      await second.clock.advance(minute);
    }
    expect(await outcomes(second)).toEqual(["intent"]);
    expect(await processes(second)).toBe(2);

    // As if the first had been killed.
    await second.clock.advance(2 * minute);
    expect(await outcomes(second)).toEqual(["intent", "interrupted"]);
    expect(await processes(second)).toBe(1);
    expect(second.log.filter(({ message }) => message.includes("a sudden end"))).toMatchObject([
      { fields: { interrupted: 1 } },
    ]);
    letGo();
    await typed;
    expect(await outcomes(second)).toEqual(["intent", "interrupted", "done"]);
    await first.halt();
    await second.halt();
    expect(await processes(second)).toBe(0);
  });

  test("a start marks at once what nobody alive was doing", async () => {
    const first = await started(fakeClock());
    void first.type("/kick carl");
    await kicking;
    const later = fakeClock(first.clock.now() + 10 * minute);
    const second = await started(later);
    expect((await outcomes(second)).slice(-2)).toEqual(["intent", "interrupted"]);
    await later.advance(0);
    expect(await processes(second)).toBe(1);
    expect((await outcomes(second)).slice(-2)).toEqual(["intent", "interrupted"]);
  });
});
