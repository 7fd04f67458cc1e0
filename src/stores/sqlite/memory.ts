import SqliteDatabase from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import type { Store } from "../../contracts/store.ts";
import { recordStore } from "../records/index.ts";
import { migrate } from "../records/migrations.ts";
import { peopleQueries, peopleStore } from "../records/people.ts";
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
  const { prepare } = keeping(database);
  // A table was made after those that it refers to, so the newest is emptied first.
  const tables = prepare("select name from sqlite_master where type = 'table' order by rowid desc").all();
  const emptying = (tables as readonly { readonly name: string }[])
    .filter(({ name }) => !name.startsWith("botctl_migrations"))
    .map(({ name }) => prepare(`delete from "${name}"`));
  let now = (): number => 0;
  const engine = sqliteEngine(database, query, (error) => explainSqliteError(error, ":memory:"));
  const store = recordStore(engine, () => now());
  const queries = peopleQueries(engine);
  return {
    next(clock) {
      now = clock;
      for (const statement of emptying) statement.run();
      // Whom it has seen it remembers beside the database.
      return { ...store, people: peopleStore(engine, queries), close: async () => undefined };
    },
    close: () => void database.close(),
  };
}
