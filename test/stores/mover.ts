/** Moves coins for ever, as one of several processes, and says so after each round. */
import { writeSync } from "node:fs";
import type { StoreSettings } from "../../src/contracts/store.ts";
import { open as openPostgres } from "../../src/stores/postgres/index.ts";
import { open as openSqlite } from "../../src/stores/sqlite/index.ts";
import { atOnce, moveCoins } from "./moving.ts";

const settings = JSON.parse(process.argv[2]!) as StoreSettings;
const store = await (settings.kind === "sqlite" ? openSqlite(settings, Date.now) : openPostgres(settings, Date.now));

for (let round = Number(process.argv[3]); ; round++) {
  await moveCoins(store, round);
  writeSync(1, `${atOnce}\n`);
}
