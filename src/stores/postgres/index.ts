import { Kysely, PostgresDialect, sql } from "kysely";
import type { OpenStore } from "../../contracts/store.ts";
import { recordStore } from "../records/index.ts";
import { migrate } from "../records/migrations.ts";
import type { Tables } from "../records/tables.ts";
import { postgresEngine } from "./engine.ts";
import { addressOf, explainPostgresError } from "./errors.ts";
import { keptPool } from "./pool.ts";

/** Connects, and holds between `min` and `max` connections. */
export const open: OpenStore<"postgres"> = async (settings, now) => {
  const address = addressOf(settings.url, settings.timeoutMs);
  const explain = (error: unknown) => explainPostgresError(error, address);
  const { pool, fill, end } = keptPool(settings);
  try {
    const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    const schema = await query.selectNoFrom(sql<string | null>`current_schema()`.as("name")).executeTakeFirst();
    await migrate(query as unknown as Kysely<unknown>, schema?.name ?? "public");
    await fill();
    return recordStore(postgresEngine(pool, query, explain, end), now);
  } catch (error) {
    await end();
    throw explain(error);
  }
};
