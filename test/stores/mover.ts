/** Moves coins for ever, as one of several processes, and says so after each round. */
import { writeSync } from "node:fs";
import type { StoreSettings } from "../../src/contracts/store.ts";
import { opened } from "../support/opened.ts";
import { atOnce, moveCoins } from "./moving.ts";

const settings = JSON.parse(process.argv[2]!) as StoreSettings;
const store = await opened(settings);

for (let round = Number(process.argv[3]); ; round++) {
  await moveCoins(store, round);
  writeSync(1, `${atOnce}\n`);
}
