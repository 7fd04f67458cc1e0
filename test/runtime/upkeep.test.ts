import { expect, test } from "vitest";
import { verifyStoredChain } from "../../src/audit/chain.ts";
import { openAuditLog } from "../../src/audit/log.ts";
import { auditKinds } from "../../src/contracts/audit.ts";
import { startUpkeep } from "../../src/runtime/upkeep.ts";
import { open } from "../../src/stores/sqlite/index.ts";
import { type LogLine, recordingLog } from "../support/console-bot.ts";
import { fakeClock } from "../support/fake-clock.ts";

const hour = 3_600_000;
const day = 24 * hour;

test("what has outlived its time goes at the start and every hour, in portions, and the audit chain still verifies", async () => {
  const clock = fakeClock();
  const store = await open({ kind: "sqlite", path: ":memory:" }, clock.now);
  const lines: LogLine[] = [];
  const log = recordingLog(lines);
  const audit = openAuditLog({
    store: store.audit,
    policy: { record: auditKinds, keepMs: day, redact: [], also: [] },
    now: clock.now,
    salt: () => "salt",
    log,
    sinks: { append: async () => undefined, send: async () => undefined },
  });
  const write = (rows: number) =>
    Promise.all(Array.from({ length: rows }, () => audit.write({ kind: "config", action: "x", outcome: "" })));
  await write(1_300);
  await clock.advance(day + 1);
  await write(20);

  const portions: number[] = [];
  const watched = {
    ...store,
    audit: {
      ...store.audit,
      purge(before: number, most: number) {
        portions.push(most);
        return clock.during(store.audit.purge(before, most));
      },
    },
    jobs: {
      ...store.jobs,
      purge: (...args: Parameters<typeof store.jobs.purge>) => clock.during(store.jobs.purge(...args)),
    },
    runs: {
      ...store.runs,
      purge: (...args: Parameters<typeof store.runs.purge>) => clock.during(store.runs.purge(...args)),
    },
  };
  const upkeep = startUpkeep(clock, watched, log, () => ({ auditKeepMs: day, platforms: ["console"] }));
  await clock.advance(0);
  expect(portions).toEqual([500, 500, 500]);
  expect(await verifyStoredChain(store.audit)).toMatchObject({ ok: true, rows: 20 });
  expect(lines.map(({ fields }) => fields)).toEqual([{ audit: 1_300, jobs: 0, runs: 0, cooldowns: 0 }]);

  await clock.advance(day + hour);
  expect(await store.audit.last()).toBeUndefined();
  await upkeep.stop();
  const before = portions.length;
  await clock.advance(day);
  expect(portions).toHaveLength(before);
  await store.close();
});
