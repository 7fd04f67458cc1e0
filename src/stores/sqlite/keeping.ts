import type { Database, Statement } from "better-sqlite3";

/** What was ever prepared, and the databases it belongs to. */
const kept = new Set<object>();

/** The part of a database that runs prepared statements; the query builder needs no more. */
export interface KeepingDatabase {
  prepare(sql: string): Statement<unknown[]>;
  close(): void;
}

/**
 * Lets nothing that the database prepares be collected as garbage. From 24.19 on, Node ends the process when one of
 * better-sqlite3's statements is collected: the header that it is built with then asks for an environment that is not
 * there ("Assertion failed: (env) != nullptr"). There are few statements, a fixed number for each opened database.
 */
export function keeping(database: Database): KeepingDatabase {
  kept.add(database);
  return {
    prepare(sql) {
      const statement = database.prepare<unknown[]>(sql);
      kept.add(statement);
      return statement;
    },
    close: () => void database.close(),
  };
}
