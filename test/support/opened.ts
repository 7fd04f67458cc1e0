import type { Store, StoreSettings } from "../../src/contracts/store.ts";
import { open as openPostgres } from "../../src/stores/postgres/index.ts";
import { open as openSqlite } from "../../src/stores/sqlite/index.ts";

/** The storage that settings name. */
export const opened = (settings: StoreSettings, now = Date.now): Promise<Store> =>
  settings.kind === "sqlite" ? openSqlite(settings, now) : openPostgres(settings, now);
