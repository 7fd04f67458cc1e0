import { appendFile, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { verifyChain, verifyStoredChain } from "../../src/audit/chain.ts";
import { lineFiles } from "../../src/audit/files.ts";
import { markInterrupted } from "../../src/audit/interrupted.ts";
import { openAuditLog } from "../../src/audit/log.ts";
import { entryOf } from "../../src/audit/rows.ts";
import { type AuditEntry, type AuditPolicy, auditKinds } from "../../src/contracts/audit.ts";
import type { Logger } from "../../src/contracts/logger.ts";
import type { AuditRow, Store } from "../../src/contracts/store.ts";
import { open as openPostgres } from "../../src/stores/postgres/index.ts";
import { open as openSqlite } from "../../src/stores/sqlite/index.ts";
import { freshPostgresSchema } from "../support/databases.ts";

const folder = await mkdtemp(join(tmpdir(), "botctl-audit-"));
const schema = await freshPostgresSchema();
afterAll(async () => {
  await schema?.drop();
  await rm(folder, { recursive: true, force: true });
});

const clock = { now: 1_700_000_000_000 };
const now = () => clock.now;
const everything: AuditPolicy = { record: auditKinds, keepMs: 90 * 86_400_000, redact: [], also: [] };
const ada = { id: "1", name: "ada" };
const bob = { id: "2", name: "bob" };
const warned: AuditEntry = {
  ...{ kind: "moderation", platform: "discord", serverId: "9", actor: ada, target: bob, action: "warn" },
  ...{ outcome: "done", details: { reason: "spamming" } },
};

function setUp(store: Store, policy: Partial<AuditPolicy> = {}) {
  const errors: string[] = [];
  const sent: string[] = [];
  const log: Logger = {
    ...{ debug: () => {}, info: () => {}, warn: () => {} },
    error: (_: object, message: string) => errors.push(message),
    child: () => log,
  };
  const files = lineFiles(folder);
  let serial = 0;
  const audit = openAuditLog({
    store: store.audit,
    policy: { ...everything, ...policy },
    now,
    salt: () => `salt-${++serial}`,
    log,
    sinks: {
      append: files.append,
      send: async (place, sentence) => {
        if (place === "gone") throw new Error("no such channel");
        sent.push(`${place}: ${sentence}`);
      },
    },
  });
  return { audit, errors, sent, files };
}

const openMemory = () => openSqlite({ kind: "sqlite", path: ":memory:" }, now);
const all = (store: Store) => store.audit.page(0, 10_000);

describe("the audit log", () => {
  let store: Store;
  beforeEach(async () => {
    store = await openMemory();
    return () => store.close();
  });

  test("keeps what happened, and gives it back", async () => {
    const { audit } = setUp(store);
    await audit.write(warned);
    await audit.write({ kind: "errors", action: "a \ud800 half and a \0", outcome: "failed" });
    const rows = await all(store);
    expect(rows.map(entryOf)).toEqual([
      warned,
      { kind: "errors", action: "a \uFFFD half and a \uFFFD", outcome: "failed" },
    ]);
    expect(await verifyStoredChain(store.audit)).toMatchObject({ ok: true, rows: 2 });
  });

  test("chains rows that were written at once, in the order they came", async () => {
    const { audit } = setUp(store);
    await Promise.all(Array.from({ length: 700 }, (_, n) => audit.write({ ...warned, action: `a${n}` })));
    const rows = await all(store);
    expect(rows.map(({ action }) => action)).toEqual(Array.from({ length: 700 }, (_, n) => `a${n}`));
    expect(verifyChain(rows)).toMatchObject({ ok: true, rows: 700 });
  });

  test("goes on with the chain after a restart and after a new policy", async () => {
    await setUp(store).audit.write(warned);
    const { audit } = setUp(store);
    await audit.write(warned);
    audit.setPolicy({ ...everything, record: ["errors"] });
    await audit.write({ kind: "commands", action: "/give", outcome: "done" });
    await audit.write({ kind: "errors", action: "x", outcome: "failed" });
    expect((await all(store)).map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, "moderation"],
      [2, "moderation"],
      [3, "errors"],
    ]);
    expect(await verifyStoredChain(store.audit, 2)).toMatchObject({ ok: true, rows: 3 });
  });

  test("drops kinds that are not recorded, but never an intent of moderation nor its outcome", async () => {
    const { audit, sent } = setUp(store, { record: ["errors"], also: [{ send: "mod-log" }] });
    await audit.write(warned);
    await audit.write({ ...warned, outcome: "intent", ref: "r1" });
    await audit.write({ ...warned, ref: "r1" });
    expect((await all(store)).map(({ outcome, ref }) => [outcome, ref])).toEqual([
      ["intent", "r1"],
      ["done", "r1"],
    ]);
    expect(await store.audit.unfinished()).toEqual([]);
    await audit.flush();
    expect(sent).toEqual([]);
  });

  test("stores nothing of what is redacted", async () => {
    const file = "redacted.jsonl";
    const { audit, sent, files } = setUp(store, {
      redact: ["options.password", "reason"],
      also: [{ file }, { send: "mod-log" }],
    });
    await audit.write({ ...warned, details: { options: { password: "hunter22", name: "x" }, reason: "private" } });
    await audit.flush();
    const everywhere = [JSON.stringify(await all(store)), await readFile(join(folder, file), "utf8"), ...sent].join();
    expect(everywhere).not.toMatch(/hunter22|private/);
    expect(everywhere).toContain("[redacted]");
    await files.close();
  });

  test("copies entries to files as lines, and to places as sentences without intents", async () => {
    const file = "deep/audit.jsonl";
    const { audit, sent, files, errors } = setUp(store, { also: [{ file }, { send: "mod-log" }, { send: "gone" }] });
    await Promise.all([audit.write({ ...warned, outcome: "intent", ref: "r" }), audit.write({ ...warned, ref: "r" })]);
    await audit.flush();
    const read = async () =>
      (await readFile(join(folder, file), "utf8"))
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
    expect(await read()).toMatchObject([
      { sequence: 1, at: "2023-11-14T22:13:20.000Z", outcome: "intent", actor: ada },
      { sequence: 2, sentence: "ada warned bob: spamming", details: { reason: "spamming" } },
    ]);
    expect(sent).toEqual(["mod-log: ada warned bob: spamming"]);
    expect(errors).toEqual(["the audit log could not be sent to gone"]);
    await rename(join(folder, file), join(folder, "deep/rotated.jsonl"));
    await audit.write(warned);
    await audit.flush();
    expect(await read()).toMatchObject([{ sequence: 3 }]);
    await files.close();
  });

  test("a file that cannot be written stops nothing", async () => {
    await appendFile(join(folder, "file"), "x");
    const { audit, errors } = setUp(store, { also: [{ file: "file/below.jsonl" }] });
    await audit.write(warned);
    await audit.flush();
    expect(errors).toEqual(["the audit log could not be copied to file/below.jsonl"]);
  });

  test("a row that could not be written rejects, and the chain goes on without it", async () => {
    const { audit } = setUp(store);
    await audit.write(warned);
    const entry = {
      ...warned,
      details: {
        get reason(): string {
          throw new Error("no reason");
        },
      },
    };
    await expect(audit.write(entry)).rejects.toThrow("no reason");
    await audit.write(warned);
    expect(await verifyStoredChain(store.audit)).toMatchObject({ ok: true, rows: 2 });
    await store.close();
    await expect(audit.write(warned)).rejects.toThrow("closed");
    store = await openMemory();
  });

  test("marks what a kill interrupted, once", async () => {
    const first = setUp(store);
    await first.audit.write({ ...warned, action: "ban", outcome: "intent", ref: "r1" });
    await first.audit.write({ ...warned, action: "kick", outcome: "intent", ref: "r2" });
    await first.audit.write({ ...warned, action: "kick", outcome: "done", ref: "r2" });
    const { audit } = setUp(store);
    expect(await markInterrupted(store.audit, audit, (ref) => ref !== "r1")).toBe(0);
    expect(await markInterrupted(store.audit, audit, (ref) => ref === "r1")).toBe(1);
    expect(await markInterrupted(store.audit, audit, () => true)).toBe(0);
    expect(entryOf((await all(store)).at(-1)!)).toEqual({
      ...warned,
      action: "ban",
      outcome: "interrupted",
      ref: "r1",
    });
  });
});

describe("the chain", () => {
  let rows: AuditRow[];
  beforeEach(async () => {
    const store = await openMemory();
    const { audit } = setUp(store);
    for (const action of ["warn", "mute", "kick", "ban"]) await audit.write({ ...warned, action });
    rows = [...(await all(store))];
    await store.close();
  });
  const changed = (place: number, by: Partial<AuditRow>) =>
    rows.map((row, at) => (at === place ? { ...row, ...by } : row));

  test("verifies after contents were erased and the oldest rows purged", () => {
    expect(verifyChain(changed(1, { content: "", salt: "" }))).toMatchObject({ ok: true });
    expect(verifyChain(rows.slice(2).map((row) => ({ ...row, content: "", salt: "" })))).toMatchObject({ ok: true });
    expect(verifyChain([])).toMatchObject({ ok: true, rows: 0 });
    const verdict = verifyChain(rows.slice(0, 2));
    expect(verifyChain(rows.slice(2), verdict.ok ? verdict.tip : undefined)).toMatchObject({ ok: true });
  });

  test.each<[string, Partial<AuditRow>]>([
    ["content", { content: '{"actor":"eve"}' }],
    ["salt", { salt: "other" }],
    ["digest", { digest: "0" }],
    ["actor", { actorId: "666" }],
    ["action", { action: "hug" }],
    ["time", { at: 1 }],
    ["outcome", { outcome: "failed" }],
    ["chain", { chain: "0" }],
    ["ref", { ref: "other" }],
  ])("shows a changed %s", (_, by) => {
    expect(verifyChain(changed(1, by)).ok).toBe(false);
  });

  test("shows a row that is missing, moved or added", () => {
    expect(verifyChain([rows[0]!, ...rows.slice(2)])).toMatchObject({ ok: false, sequence: 3 });
    expect(verifyChain([rows[0]!, rows[2]!, rows[1]!, rows[3]!]).ok).toBe(false);
    expect(verifyChain([...rows, { ...rows[3]!, sequence: 5 }])).toMatchObject({ ok: false, sequence: 5 });
  });
});

test.runIf(schema !== undefined)("two processes that write to one log share one chain", async () => {
  const settings = { kind: "postgres", url: schema!.url, min: 1, max: 4, timeoutMs: 20_000 } as const;
  const stores = [await openPostgres(settings, now), await openPostgres(settings, now)];
  const logs = stores.map((store) => setUp(store).audit);
  await Promise.all(
    logs.map(async (audit, process) => {
      for (let n = 0; n < 30; n++)
        await Promise.all([0, 1].map((m) => audit.write({ ...warned, action: `${process}-${n}-${m}` })));
    }),
  );
  const rows = await all(stores[0]!);
  expect(new Set(rows.map(({ action }) => action)).size).toBe(120);
  expect(verifyChain(rows)).toMatchObject({ ok: true, rows: 120 });
  for (const store of stores) await store.close();
});
