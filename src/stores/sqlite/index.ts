import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import SqliteDatabase, { type Database } from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { makeFolder } from "../../contracts/make-folder.ts";
import type { OpenStore } from "../../contracts/store.ts";
import { recordStore } from "../records/index.ts";
import { migrate } from "../records/migrations.ts";
import type { Tables } from "../records/tables.ts";
import { sqliteEngine } from "./engine.ts";
import { explainSqliteError, isHeld } from "./errors.ts";
import { keeping } from "./keeping.ts";

/** SQLite's own wait, in milliseconds, for what another process does in a moment; it stops the loop. */
const busyTimeoutMs = 50;
/** How often a start asks for the file again, every 20 ms: SQLite's own wait would stop whoever holds it in this process. */
const mostTries = 500;

/** Opens the file, which with its folder is made where it is not there; `:memory:` keeps nothing. */
export const open: OpenStore<"sqlite"> = async ({ path }, now) => {
  const explain = (error: unknown) => explainSqliteError(error, path);
  let database: Database | undefined;
  try {
    if (path !== ":memory:") makeFolder(dirname(path));
    database = new SqliteDatabase(path, { timeout: 0 });
    await untilFree(database, "pragma journal_mode = WAL");
    // NORMAL would let the last commits go in a power cut; an answer "done" must stay true.
    database.exec("pragma synchronous = FULL");
    database.exec("pragma foreign_keys = ON");
    const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keeping(database) }) });
    // kysely has no lock for migrations on SQLite: whoever comes second waits here and finds them done.
    await untilFree(database, "begin immediate");
    await migrate(query as unknown as Kysely<unknown>);
    database.exec("commit");
    database.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
    return recordStore(sqliteEngine(database, query, explain), now);
  } catch (error) {
    database?.close();
    throw explain(error);
  }
};

async function untilFree(database: Database, statement: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      database.exec(statement);
      return;
    } catch (error) {
      if (!isHeld(error) || tries === mostTries) throw error;
      await setTimeout(20);
    }
  }
}
