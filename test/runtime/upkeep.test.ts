import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { verifyStoredChain } from "../../src/audit/chain.ts";
import { openAuditLog } from "../../src/audit/log.ts";
import { auditKinds } from "../../src/contracts/audit.ts";
import type { Store, StoreSettings } from "../../src/contracts/store.ts";
import { steppedClock } from "../../src/runtime/simulated/clock.ts";
import { type ConsoleBot, recordingLog, startConsoleBot } from "../support/console-bot.ts";
import { freshPostgresSchema } from "../support/databases.ts";
import type { FakeClock } from "../support/fake-clock.ts";
import { opened } from "../support/opened.ts";

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 5, 12);

const folder = await mkdtemp(join(tmpdir(), "botctl-upkeep-"));
const schema = await freshPostgresSchema();
let files = 0;
const databases: { readonly kind: string; settings(): StoreSettings }[] = [
  { kind: "sqlite", settings: () => ({ kind: "sqlite", path: join(folder, `${++files}.db`) }) },
];
const postgres = (url: string): StoreSettings => ({ kind: "postgres", url, min: 1, max: 4, timeoutMs: 20_000 });
if (schema !== undefined) databases.push({ kind: "postgres", settings: () => postgres(schema.url) });

afterAll(async () => {
  await schema?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Steady, so that months pass from one stored moment to the next. */
const steadyClock = (): FakeClock => ({ ...steppedClock(start), leap: () => undefined });

const keeping = (keep: string) => `version: 1
bot: { name: Harbour }
platforms: { console: {} }
audit: { keep: ${keep} }
commands: { hello: Hi }
`;

describe.each(databases)("old rows on $kind", ({ kind, settings }) => {
  const bots: ConsoleBot[] = [];
  const stores: Store[] = [];
  let clock: FakeClock;
  let at: StoreSettings;

  beforeEach(async () => {
    clock = steadyClock();
    at = settings();
    const store = await openedAlone();
    while ((await store.audit.purge(Number.MAX_SAFE_INTEGER, 500)) > 0);
    for (const { key } of await store.jobs.list("upkeep", [""])) await store.jobs.remove(key);
  });

  afterEach(async () => {
    for (const bot of bots.splice(0)) await bot.halt();
    for (const store of stores.splice(0)) await store.close();
  });

  async function openedAlone(): Promise<Store> {
    const store = await opened(at, clock.now);
    stores.push(store);
    // Nobody says here three times a minute that it is alive: months pass.
    return { ...store, shared: false };
  }

  /** A bot with its own connection to the storage, as a process of its own has it. */
  async function started(keep: string, change: (store: Store) => Store = (store) => store): Promise<ConsoleBot> {
    const bot = await startConsoleBot(keeping(keep), { clock, store: change(await openedAlone()) });
    bots.push(bot);
    return bot;
  }

  /** Calls `before` each time that audit rows are to be deleted. */
  const watching =
    (before: (most: number) => void) =>
    (store: Store): Store => ({
      ...store,
      audit: {
        ...store.audit,
        purge(...args) {
          before(args[1]);
          return store.audit.purge(...args);
        },
      },
    });

  const write = async (store: Store, rows: number): Promise<void> => {
    const audit = openAuditLog({
      store: store.audit,
      policy: { record: auditKinds, keepMs: day, redact: [], also: [] },
      now: clock.now,
      salt: () => "salt",
      log: recordingLog([]),
      sinks: { append: async () => undefined, send: async () => undefined },
    });
    await Promise.all(Array.from({ length: rows }, () => audit.write({ kind: "config", action: "x", outcome: "" })));
  };

  const waiting = async (bot: ConsoleBot) =>
    Object.fromEntries((await bot.store.jobs.list("upkeep", [""])).map(({ key, dueAt }) => [key, dueAt - clock.now()]));

  test("audit rows go when they are as old as the file says, and the chain of the rest verifies", async () => {
    const bot = await started("90d");
    await bot.type("/hello");
    await clock.advance(89 * day);
    await bot.type("/hello");
    expect(await bot.store.audit.page(0, 10)).toHaveLength(2);
    await clock.advance(2 * day);
    expect(await bot.store.audit.page(0, 10)).toHaveLength(1);
    expect(await verifyStoredChain(bot.store.audit)).toMatchObject({ ok: true, rows: 1 });
    expect(Object.keys(await waiting(bot)).sort()).toEqual(["upkeep:audit", "upkeep:data"]);
  });

  test("many rows go in portions; what a stop leaves goes at the next start", async () => {
    const first = await started("1d");
    await write(first.store, 1300);
    await first.halt();
    await clock.advance(2 * day);
    await write(first.store, 20);
    const portions: number[] = [];
    let stopping: Promise<void> | undefined;
    const bot = await started(
      "1d",
      watching((most) => {
        portions.push(most);
        stopping ??= bots.at(-1)?.halt();
      }),
    );
    await clock.advance(0);
    await stopping;
    expect(await bot.store.audit.page(0, 2000)).toHaveLength(820);

    const next = await started(
      "1d",
      watching((most) => portions.push(most)),
    );
    await clock.advance(0);
    expect(portions).toEqual([500, 500, 500]);
    expect(await verifyStoredChain(next.store.audit)).toMatchObject({ ok: true, rows: 20 });
    expect(next.log.filter(({ message }) => message === "old rows were deleted")).toMatchObject([
      { fields: { audit: 800 } },
    ]);
  });

  test("nothing is deleted in a new database, and a reload moves the time where rows are kept shorter", async () => {
    const purges: number[] = [];
    const bot = await started(
      "90d",
      watching(() => purges.push(clock.now())),
    );
    await clock.advance(0);
    expect(purges).toEqual([]);
    expect(await waiting(bot)).toEqual({ "upkeep:audit": 7 * day, "upkeep:data": 7 * day });
    await bot.type("/hello");
    await clock.advance(2 * day);
    const before = { "upkeep:audit": 5 * day, "upkeep:data": 5 * day };
    expect(await waiting(bot)).toEqual(before);
    await bot.reload(keeping("91d"));
    expect(await waiting(bot)).toEqual(before);
    await bot.reload(keeping("1d"));
    expect(await waiting(bot)).toEqual({ ...before, "upkeep:audit": hour });
    await clock.advance(hour);
    expect((await bot.store.audit.page(0, 10)).map(({ kind }) => kind)).toEqual(["permissions", "permissions"]);
    expect(await waiting(bot)).toEqual({ "upkeep:audit": 23 * hour, "upkeep:data": 5 * day - hour });
  });

  test("a storage that refuses is told in the log and asked again", async () => {
    let refusals = 15;
    const bot = await started(
      "1d",
      watching(() => {
        if (refusals-- > 0) throw new Error("the disk is full");
      }),
    );
    await bot.type("/hello");
    await clock.advance(2 * day);
    const told = bot.log.filter(({ message }) => message === "stored work failed and is tried again");
    expect(told).toHaveLength(15);
    expect(told[0]).toMatchObject({ level: "warn", fields: { job: "upkeep:audit", error: "the disk is full" } });
    expect(await bot.store.audit.page(0, 10)).toEqual([]);
  });

  // A file of SQLite is one bot's own: whoever starts takes all of its jobs.
  if (kind === "sqlite") return;

  test("of two bots on one database, one purges", async () => {
    const first = await started("1d");
    await first.type("/hello");
    await first.halt();
    await clock.advance(2 * day);
    let purges = 0;
    const counting = watching(() => void purges++);
    const both = await Promise.all([started("1d", counting), started("1d", counting)]);
    await clock.advance(0);
    expect(purges).toBe(1);
    await clock.advance(day);
    expect(purges).toBe(2);
    expect(await waiting(both[0])).toEqual({ "upkeep:audit": day, "upkeep:data": 4 * day });
  });
});
