import SqliteDatabase from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import type { Store } from "../../contracts/store.ts";
import { recordStore } from "../records/index.ts";
import { migrate } from "../records/migrations.ts";
import { peopleStore } from "../records/people.ts";
import type { Tables } from "../records/tables.ts";
import { sqliteEngine } from "./engine.ts";
import { explainSqliteError } from "./errors.ts";
import { keeping } from "./keeping.ts";

export interface EmptyStores {
  /** An empty storage; the one before it must not be used any more. */
  next(now: () => number): Store;
  close(): void;
}

/** Storages in memory, one after the other, for short lives: tables and prepared queries are made once for all of them. */
export async function emptyStores(): Promise<EmptyStores> {
  const database = new SqliteDatabase(":memory:");
  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keeping(database) }) });
  await migrate(query as unknown as Kysely<unknown>);
  const tables = keeping(database).prepare("select name from sqlite_master where type = 'table'").all();
  const named = (tables as readonly { readonly name: string }[]).map(({ name }) => name);
  const emptying = named
    .filter((name) => !name.startsWith("botctl_migrations"))
    .map((name) => `delete from "${name}"`)
    .join(";");
  let now = (): number => 0;
  const engine = sqliteEngine(database, query, (error) => explainSqliteError(error, ":memory:"));
  const store = recordStore(engine, () => now());
  return {
    next(clock) {
      now = clock;
      database.exec(`pragma foreign_keys = off; ${emptying}; pragma foreign_keys = on`);
      // Whom it has seen it remembers beside the database.
      return { ...store, people: peopleStore(engine), close: async () => undefined };
    },
    close: () => void database.close(),
  };
}
