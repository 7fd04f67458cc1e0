import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { StoreSettings } from "../../src/contracts/store.ts";
import { freshPostgresSchema } from "./databases.ts";

/** One storage of each kind for the tests of one file, gone with them; PostgreSQL only where a server answers. */
export async function freshStorages(): Promise<readonly StoreSettings[]> {
  const folder = await mkdtemp(join(tmpdir(), "botctl-storage-"));
  const schema = await freshPostgresSchema();
  afterAll(async () => {
    await schema?.drop();
    await rm(folder, { recursive: true, force: true });
  });
  const sqlite: StoreSettings = { kind: "sqlite", path: join(folder, "deep", "bot.db") };
  if (schema === undefined) return [sqlite];
  return [sqlite, { kind: "postgres", url: schema.url, min: 2, max: 8, timeoutMs: 20_000 }];
}
