import { expect, test } from "vitest";
import type { AuditEntry } from "../../../src/contracts/audit.ts";
import { denials } from "../../../src/runtime/engine/denials.ts";
import { fakeClock } from "../../support/fake-clock.ts";

const entry: AuditEntry = { kind: "denied", action: "ban", outcome: "refused" };

function counted() {
  const rows: AuditEntry[] = [];
  const clock = fakeClock();
  const refused = denials(clock, async (row) => void rows.push(row));
  return { rows, clock, refused };
}

test("the first is told, the rest are counted in one row when the window is over", async () => {
  const { rows, clock, refused } = counted();
  expect([1, 2, 3].map(() => refused.first("ada", entry))).toEqual([true, false, false]);
  expect(refused.first("bob", entry)).toBe(true);
  await clock.advance(60_000);
  expect(rows).toEqual([{ ...entry, details: { repeated: 2 } }]);
  expect(refused.first("ada", entry)).toBe(true);
});

test("a window may be as long as the limit's, but no longer than an hour", async () => {
  const { rows, clock, refused } = counted();
  refused.first("short", entry, clock.now() + 5_000);
  refused.first("long", entry, clock.now() + 86_400_000);
  await clock.advance(5_000);
  expect(refused.first("short", entry)).toBe(true);
  expect(refused.first("long", entry)).toBe(false);
  await clock.advance(3_600_000);
  expect(refused.first("long", entry)).toBe(true);
  expect(rows).toEqual([{ ...entry, details: { repeated: 1 } }]);
});

test("ten thousand people are remembered; whoever is let go for another is counted first", async () => {
  const { rows, refused } = counted();
  refused.first("p0", entry);
  refused.first("p0", entry);
  for (let n = 1; n <= 10_000; n++) refused.first(`p${n}`, entry);
  await Promise.resolve();
  expect(rows).toEqual([{ ...entry, details: { repeated: 1 } }]);
  expect(refused.first("p0", entry)).toBe(true);
});

test("what is still counted in memory is written before the bot stops", async () => {
  const { rows, refused } = counted();
  refused.first("ada", entry);
  refused.first("ada", entry);
  await refused.flush();
  expect(rows).toHaveLength(1);
});
