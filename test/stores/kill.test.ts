import { expect, test } from "vitest";
import type { StoreSettings } from "../../src/contracts/store.ts";
import { opened } from "../support/opened.ts";
import { storesToKill } from "./killing.ts";

const { databases, untilKilled } = await storesToKill("writer.ts");

/** Lets a child write, kills it in the middle, and tells the last batch that it was promised. */
async function writeAndKill(settings: StoreSettings, batches: number): Promise<number> {
  let last = -1;
  await untilKilled(settings, [], (batch) => {
    last = batch;
    return batch === batches;
  });
  return last;
}

test.each(databases)("nothing that was acknowledged is lost to a kill: $kind", async (settings) => {
  const last = await writeAndKill(settings, 60);
  const store = await opened(settings);
  const rows = await store.audit.page(0, 1_000_000);
  expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: rows.length }, (_, place) => place + 1));
  expect(rows.length).toBeGreaterThanOrEqual((last + 1) * 5);
  expect(rows.length % 5).toBe(0);
  const owner = { scope: "bot", platform: "", server: "", subject: "" } as const;
  const [coins] = await store.data.read([{ name: "coins", owner }]);
  expect(coins).toBeGreaterThanOrEqual(last + 1);
  expect((await store.jobs.claim(1_000_000, 2_000_000, 1_000_000, [""])).length).toBeGreaterThanOrEqual(last + 1);
  await store.close();
});

test.each(databases)("two processes may write at once: $kind", async (settings) => {
  const store = await opened(settings);
  while ((await store.audit.purge(2, 1_000)) > 0);
  const owner = { scope: "bot", platform: "", server: "", subject: "" } as const;
  let finished = false;
  const child = writeAndKill(settings, 30).finally(() => {
    finished = true;
  });
  let added = 0;
  while (!finished) {
    expect(await store.data.add("mine", owner, 1, { start: 0 })).toEqual({ ok: true, value: ++added });
  }
  expect(await child).toBeGreaterThanOrEqual(30);
  expect(added).toBeGreaterThan(0);
  await store.close();
});
