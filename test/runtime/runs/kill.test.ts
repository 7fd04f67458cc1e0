import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { entryOf } from "../../../src/audit/rows.ts";
import { open } from "../../../src/stores/sqlite/index.ts";
import { bundleScript } from "../../support/script.ts";
import type { KilledBotSettings } from "./killed-bot.ts";

const folder = await mkdtemp(join(tmpdir(), "botctl-killed-bot-"));
const script = await bundleScript(join(import.meta.dirname, "killed-bot.ts"));
const children = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const yaml = `
version: 1
bot: { name: Harbour }
platforms: { console: {} }
data: { paid: { type: integer, scope: bot, default: 0 } }
commands:
  work:
    options: { n: integer }
    do:
      - wait: 1m
      - reply: "step one of {{ options.n }}"
      - add: { data: paid, amount: 1 }
        save_as: paid
      - mute: { member: bob, for: 10m, reason: "work {{ options.n }}" }
      - wait: 1m
      - reply: "step two of {{ options.n }}"
      - kick: { member: carl, reason: "work {{ options.n }}" }
`;
const start = Date.UTC(2026, 0, 5, 12);
const minute = 60_000;

/** Runs the bot until its input is done or it kills itself. @returns whether it did. */
async function session(
  settings: Omit<KilledBotSettings, "yaml"> & { readonly yaml?: string },
  lines: readonly string[],
): Promise<boolean> {
  const child = spawn(process.execPath, [script, JSON.stringify({ yaml, ...settings })], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  children.add(child);
  const closed = once(child, "close");
  // A process that is gone takes no more input.
  child.stdin.on("error", () => undefined);
  child.stdin.end(`${lines.join("\n")}\n`);
  const [code, signal] = (await closed) as [number | null, NodeJS.Signals | null];
  children.delete(child);
  if (signal === null) expect(code).toBe(0);
  return signal === "SIGKILL";
}

function callsIn(ledger: string): (readonly [string, readonly unknown[]])[] {
  if (!existsSync(ledger)) return [];
  const lines = readFileSync(ledger, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as [string, readonly unknown[]]);
}

/** A generator of numbers with a fixed seed (Park and Miller, "Random number generators", 1988). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test("a kill loses nothing, and does nothing twice that must not be done twice", { timeout: 180_000 }, async () => {
  const [path, ledger] = [join(folder, "bot.db"), join(folder, "ledger")];
  const works = Array.from({ length: 6 }, (_, n) => n);
  const random = seeded(20_260_105);
  await session(
    { path, ledger, startAt: start },
    works.map((n) => `/work ${n}`),
  );
  let now = start;
  let kills = 0;
  for (let round = 0; round < 8; round++) {
    now += minute;
    const kill = { operation: 5 + Math.floor(random() * 60) };
    if (await session({ path, ledger, startAt: now, kill }, ["!advance 0", "!advance 1000"])) kills++;
  }
  // What was claimed by a process that is gone is free again at the next start.
  await session({ path, ledger, startAt: now + minute }, ["!advance 0", `!advance ${60 * minute}`]);
  expect(kills).toBeGreaterThanOrEqual(3);

  const calls = callsIn(ledger);
  const count = (name: string, text: string) =>
    calls.filter(([called, args]) => called === name && JSON.stringify(args).includes(`"${text}"`)).length;
  for (const n of works) {
    expect(count("reply", `step one of ${n}`)).toBeLessThanOrEqual(1);
    expect(count("reply", `step two of ${n}`)).toBeLessThanOrEqual(1);
    expect(count("kick", `work ${n}`)).toBeLessThanOrEqual(1);
    expect(count("mute", `work ${n}`)).toBeGreaterThanOrEqual(1);
  }
  expect(calls.filter(([name]) => name === "unmute").length).toBeGreaterThanOrEqual(1);

  const store = await open({ kind: "sqlite", path }, () => now);
  expect(await store.runs.count()).toBe(0);
  expect(await store.jobs.next(["console"])).toBeUndefined();
  const owner = { scope: "bot", platform: "", server: "", subject: "" } as const;
  const [paid] = await store.data.read([{ name: "paid", owner }]);
  expect(paid ?? 0).toBeLessThanOrEqual(works.length);
  const rows = (await store.audit.page(0, 10_000)).map(entryOf);
  await store.close();
  const intents = rows.filter((row) => row.outcome === "intent").map((row) => row.ref);
  const ends = rows.filter((row) => row.ref !== undefined && row.outcome !== "intent").map((row) => row.ref);
  expect(ends.toSorted()).toEqual(intents.toSorted());
});

test.each([
  { call: "mute", repeated: true },
  { call: "kick", repeated: false },
])(
  "killed in the middle of a $call: interrupted in the audit log, done again: $repeated",
  async ({ call, repeated }) => {
    const [path, ledger] = [join(folder, `${call}.db`), join(folder, `${call}-ledger`)];
    await session({ path, ledger, startAt: start }, ["/work 1"]);
    const minutes = `!advance ${5 * minute}`;
    expect(await session({ path, ledger, startAt: start + minute, kill: { call } }, [minutes])).toBe(true);
    expect(await session({ path, ledger, startAt: start + 10 * minute }, [minutes])).toBe(false);
    expect(callsIn(ledger).filter(([name]) => name === call)).toHaveLength(repeated ? 2 : 1);
    const store = await open({ kind: "sqlite", path }, () => start);
    const rows = (await store.audit.page(0, 1000)).map(entryOf).filter((row) => row.action === call);
    await store.close();
    const outcomes = repeated ? ["intent", "interrupted", "intent", "done"] : ["intent", "interrupted"];
    expect(rows.map((row) => row.outcome)).toEqual(outcomes);
    expect(rows[1]!.ref).toBe(rows[0]!.ref);
  },
  60_000,
);

const scheduled = `
version: 1
bot: { name: Harbour }
platforms: { console: {} }
data: { runs: { type: integer, scope: bot, default: 0 } }
schedules:
  minute:
    every: 1m
    do:
      - send: { to: log, text: "of {{ moment | date: '%H:%M' }}" }
      - add: { data: runs, amount: 1 }
`;

test("a kill neither loses a moment of a schedule nor repeats it", { timeout: 180_000 }, async () => {
  const files = { path: join(folder, "schedule.db"), ledger: join(folder, "schedule-ledger"), yaml: scheduled };
  const random = seeded(20_260_106);
  await session({ ...files, startAt: start }, ["!advance 0"]);
  let now = start;
  let kills = 0;
  for (let round = 0; round < 10; round++) {
    now += minute;
    const kill = { operation: 8 + Math.floor(random() * 40) };
    if (await session({ ...files, startAt: now, kill }, ["!advance 0", "!advance 1000"])) kills++;
  }
  await session({ ...files, startAt: now + 2000 }, ["!advance 0", "!advance 1000"]);
  expect(kills).toBeGreaterThanOrEqual(4);

  const sent = callsIn(files.ledger).flatMap(([name, args]) => (name === "send" ? [JSON.stringify(args[1])] : []));
  const moments = sent.map((text) => /of (\d\d:\d\d)/.exec(text)![1]);
  expect(moments).toEqual([...new Set(moments)]);
  expect(moments.length).toBeGreaterThanOrEqual(3);
  const store = await open({ kind: "sqlite", path: files.path }, () => now);
  const owner = { scope: "bot", platform: "", server: "", subject: "" } as const;
  const [runs] = await store.data.read([{ name: "runs", owner }]);
  const [job, ...others] = await store.jobs.list("schedule", ["console"]);
  expect(await store.runs.count()).toBe(0);
  await store.close();
  expect(runs).toBeLessThanOrEqual(10);
  expect(others).toEqual([]);
  expect(job!.dueAt).toBe(now + minute);
});

const kept = `
version: 1
bot: { name: Harbour }
platforms: { console: {} }
audit: { keep: 1d }
commands: { hello: Hi }
`;

test("killed while old rows are deleted: the next start deletes them, and the job is there once", {
  timeout: 60_000,
}, async () => {
  const [path, ledger] = [join(folder, "upkeep.db"), join(folder, "upkeep-ledger")];
  const settings = { path, ledger, yaml: kept };
  await session({ ...settings, startAt: start }, ["/hello", "/hello"]);
  const later = start + 3 * 24 * 60 * minute;
  expect(await session({ ...settings, startAt: later, kill: { call: "purge" } }, ["!advance 1000"])).toBe(true);
  let store = await open({ kind: "sqlite", path }, () => later);
  expect(await store.audit.page(0, 10)).toHaveLength(2);
  await store.close();

  await session({ ...settings, startAt: later }, ["!advance 1000"]);
  store = await open({ kind: "sqlite", path }, () => later);
  expect(await store.audit.page(0, 10)).toEqual([]);
  const jobs = await store.jobs.list("upkeep", [""]);
  await store.close();
  expect(jobs.map(({ key }) => key).sort()).toEqual(["upkeep:audit", "upkeep:data"]);
  for (const { dueAt } of jobs) expect(dueAt).toBeGreaterThan(later);
});

const asking = `
version: 1
bot: { name: Harbour }
platforms: { console: {} }
data: { sold: { type: integer, scope: bot, default: 0 } }
commands:
  sell:
    do:
      - ask: { question: How many?, type: integer }
        save_as: n
      - add: { data: sold, amount: 1 }
      - reply: "sold {{ steps.n }}"
  drop:
    do:
      - confirm: Really?
      - kick: { member: carl }
`;

test("a kill takes no answer twice, and never for a yes", { timeout: 180_000 }, async () => {
  let kills = 0;
  let answered = 0;
  for (const operation of [4, 14, 23, 27, 31, 60]) {
    const files = {
      path: join(folder, `asking-${operation}.db`),
      ledger: join(folder, `asking-${operation}-ledger`),
      yaml: asking,
    };
    if (await session({ ...files, startAt: start, kill: { operation } }, ["/drop", "/sell", "42"])) kills++;
    await session({ ...files, startAt: start + 1000 }, ["!advance 0", "42", `!advance ${60 * minute}`]);
    const calls = callsIn(files.ledger);
    const sold = calls.filter(([name, args]) => name === "reply" && JSON.stringify(args).includes("sold 42"));
    answered += sold.length;
    expect(sold.length).toBeLessThanOrEqual(1);
    expect(calls.filter(([name]) => name === "kick")).toEqual([]);
    const store = await open({ kind: "sqlite", path: files.path }, () => start);
    const owner = { scope: "bot", platform: "", server: "", subject: "" } as const;
    const [value] = await store.data.read([{ name: "sold", owner }]);
    expect(await store.runs.count()).toBe(0);
    expect(await store.runs.waits()).toEqual([]);
    await store.close();
    expect(value ?? 0).toBeLessThanOrEqual(1);
  }
  expect(kills).toBeGreaterThanOrEqual(3);
  expect(answered).toBeGreaterThanOrEqual(1);
});

const branches = `
version: 1
bot: { name: Harbour }
platforms: { console: {} }
commands:
  meet:
    overlap: queue
    options: { n: integer }
    do:
      - for_each: { items: [a, b, c], as: one, together: yes }
        do:
          - wait: 1m
          - reply: "{{ one }} of {{ options.n }}"
            save_as: said
          - parallel:
            do:
              - wait: 30s
              - reply: "{{ one }} again of {{ options.n }}"
        save_as: all
      - reply: "{{ options.n }} is over with {{ steps.all | size }}"
`;

test("killed among branches: none is done twice, and what waits for them always goes on", {
  timeout: 180_000,
}, async () => {
  const [path, ledger] = [join(folder, "branches.db"), join(folder, "branches-ledger")];
  const settings = { path, ledger, yaml: branches };
  const random = seeded(20_261_121);
  await session({ ...settings, startAt: start }, ["/meet 1", "/meet 2", "!advance 1000"]);
  let now = start;
  let kills = 0;
  for (let round = 0; round < 6; round++) {
    now += minute;
    const kill = { operation: 5 + Math.floor(random() * 60) };
    if (await session({ ...settings, startAt: now, kill }, ["!advance 0", "!advance 40000"])) kills++;
  }
  await session({ ...settings, startAt: now + minute }, ["!advance 0", `!advance ${10 * minute}`]);
  expect(kills).toBeGreaterThanOrEqual(3);
  const said = callsIn(ledger).map(([, args]) => JSON.stringify(args));
  const count = (text: string) => said.filter((one) => one.includes(`"${text}"`)).length;
  for (const n of [1, 2]) {
    expect(count(`${n} is over with 3`)).toBeLessThanOrEqual(1);
    for (const one of ["a", "b", "c"]) {
      expect(count(`${one} of ${n}`)).toBeLessThanOrEqual(1);
      expect(count(`${one} again of ${n}`)).toBeLessThanOrEqual(1);
    }
  }
  // Whatever the kills took, most of it was said.
  expect(said.length).toBeGreaterThanOrEqual(8);
  const store = await open({ kind: "sqlite", path }, () => now);
  expect(await store.runs.count()).toBe(0);
  expect(await store.runs.queues()).toEqual([]);
  expect(await store.jobs.next(["console"])).toBeUndefined();
  await store.close();
});
