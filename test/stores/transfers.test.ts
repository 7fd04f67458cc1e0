import { expect, test } from "vitest";
import type { StoreSettings } from "../../src/contracts/store.ts";
import { opened } from "../support/opened.ts";
import { storesToKill } from "./killing.ts";
import { among, atOnce, moveCoins, people, startCoins } from "./moving.ts";

const { databases, untilKilled } = await storesToKill("mover.ts");

/** Each of two processes is killed after this many, in the middle of the next ones; a third goes on meanwhile. */
const transfersEach = 2_500;
const transfersHere = 5_000;

/** One process that moves coins until it is killed. @returns how many moves it was promised. */
async function moveAndKill(settings: StoreSettings, firstRound: number): Promise<number> {
  let moved = 0;
  await untilKilled(settings, [String(firstRound)], (more) => {
    moved += more;
    return moved >= transfersEach;
  });
  return moved;
}

test.each(databases)(
  "10,000 transfers and kills make and lose nothing: $kind",
  { timeout: 60_000 },
  async (settings) => {
    const store = await opened(settings);
    const others = Promise.all([moveAndKill(settings, 1_000), moveAndKill(settings, 2_000)]);
    for (let round = 0; round * atOnce < transfersHere; round++) await moveCoins(store, round);
    expect((await others).every((moved) => moved >= transfersEach)).toBe(true);
    const rows = await store.data.ranking("coins", among, "lowest", 100);
    expect(rows).toHaveLength(people);
    expect(rows.reduce((sum, { value }) => sum + value, 0)).toBe(people * startCoins);
    expect(rows[0]!.value).toBeGreaterThanOrEqual(0);
    await store.close();
  },
);
