import SqliteDatabase from "better-sqlite3";
import { type KeepingDatabase, keeping } from "../../src/stores/sqlite/keeping.ts";

/** A SQLite file as another program has it open. Nothing of it is collected as garbage, which some Nodes cannot do. */
export interface OtherProgram extends KeepingDatabase {
  exec(sql: string): void;
}

export function otherProgram(path: string): OtherProgram {
  const database = new SqliteDatabase(path);
  return { ...keeping(database), exec: (sql) => void database.exec(sql) };
}
