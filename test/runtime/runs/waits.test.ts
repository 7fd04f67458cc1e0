import { expect, test } from "vitest";
import type { StoredWait } from "../../../src/contracts/store.ts";
import { createWaits } from "../../../src/runtime/runs/waits.ts";
import { open } from "../../../src/stores/sqlite/index.ts";

const wait = (id: string): StoredWait => ({
  id,
  runId: `run of ${id}`,
  platform: "console",
  channelId: id,
  personId: "ada",
  questionId: "",
  askedAt: 0,
});

test("questions whose runs have ended unseen make room for others, looked up once a minute", async () => {
  const store = await open({ kind: "sqlite", path: ":memory:" }, () => 0);
  const { id, runId } = wait("still open");
  const run = { id: runId, ruleId: "r", ruleHash: "h", platform: "console", state: null, createdAt: 0, overlap: "" };
  const wake = { key: "wake", owner: "run", platform: "console", dueAt: 1, payload: null };
  await store.runs.suspend(run, null, wake, { again: false, wait: wait(id) });
  let now = 0;
  const waits = createWaits(
    store.runs,
    () => "new",
    () => now,
  );
  await waits.load();
  for (let at = 0; at < 49_998; at++) waits.put(wait(`over ${at}`));
  expect(await waits.hasRoom()).toBe(true);
  expect(waits.get("over 0")).toBeDefined();
  waits.put(wait("the last"));
  expect(await waits.hasRoom()).toBe(true);
  expect(waits.get("over 0")).toBeUndefined();
  expect(waits.get(id)).toBeDefined();
  for (let at = 0; at < 49_999; at++) waits.put(wait(`again ${at}`));
  expect(await waits.hasRoom()).toBe(false);
  now += 60_000;
  expect(await waits.hasRoom()).toBe(true);
  await store.close();
});
