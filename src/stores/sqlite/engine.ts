import type { Database, Statement as Prepared } from "better-sqlite3";
import type { Engine, Statement, Unit } from "../records/engine.ts";
import type { QueryBuilder } from "../records/tables.ts";

/** Writes that share one commit at most, so that a flood does not stop the loop for long. */
const mostTogether = 500;

interface Task {
  readonly several: boolean;
  /** @returns what to call once the change is durable. */
  run(): () => void;
  reject(error: Error): void;
}

/**
 * Group commit: a commit costs a flush of the disk, so all writes asked for in one turn of the event loop share one.
 * Each promise settles after it, and a write that fails fails alone.
 */
export function sqliteEngine(database: Database, query: QueryBuilder, explain: (error: unknown) => Error): Engine {
  const prepared = new Map<string, Prepared<unknown[]>>();
  const begin = database.prepare("begin immediate");
  const commit = database.prepare("commit");
  let queue: Task[] = [];
  let scheduled: NodeJS.Immediate | undefined;
  let closed = false;

  function run<Row>({ sql, parameters }: Statement<Row>): readonly Row[] {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      prepared.set(sql, statement);
    }
    if (statement.reader) return statement.all(...parameters) as Row[];
    statement.run(...parameters);
    return [];
  }

  function drive<Result>(unit: Unit<Result>): Result {
    let step = unit.next([]);
    while (!step.done) step = unit.next(run(step.value));
    return step.value;
  }

  function enqueue<Result>(several: boolean, work: () => Result): Promise<Result> {
    if (closed) return Promise.reject(new Error("the database is closed"));
    return new Promise((resolve, reject) => {
      queue.push({
        several,
        reject,
        run: () => {
          const result = work();
          return () => resolve(result);
        },
      });
      scheduled ??= setImmediate(flush);
    });
  }

  function flush(): void {
    const tasks = queue.slice(0, mostTogether);
    queue = queue.slice(mostTogether);
    scheduled = queue.length > 0 ? setImmediate(flush) : undefined;
    const done: { readonly task: Task; readonly settle: () => void }[] = [];
    const failed: { readonly task: Task; readonly error: Error }[] = [];
    try {
      begin.run();
      for (const task of tasks) {
        const outcome = attempt(task);
        if (outcome instanceof Error) failed.push({ task, error: outcome });
        else done.push({ task, settle: outcome });
      }
      commit.run();
    } catch (error) {
      if (database.inTransaction) database.exec("rollback");
      const reason = explain(error);
      for (const task of tasks) task.reject(reason);
      return;
    }
    for (const { settle } of done) settle();
    for (const { task, error } of failed) task.reject(error);
  }

  /** @throws when the failure took the whole transaction with it, as a full disk does. */
  function attempt(task: Task): (() => void) | Error {
    if (task.several) database.exec("savepoint unit");
    try {
      const settle = task.run();
      if (task.several) database.exec("release unit");
      return settle;
    } catch (error) {
      if (!database.inTransaction) throw error;
      if (task.several) database.exec("rollback to unit; release unit");
      return explain(error);
    }
  }

  return {
    dialect: "sqlite",
    query,
    async read(statement) {
      if (closed) throw new Error("the database is closed");
      try {
        return run(statement);
      } catch (error) {
        throw explain(error);
      }
    },
    write: (statement) => enqueue(false, () => run(statement)),
    commit: (unit) => enqueue(true, () => drive(unit())),
    async close() {
      if (closed) return;
      closed = true;
      if (scheduled !== undefined) clearImmediate(scheduled);
      while (queue.length > 0) flush();
      if (scheduled !== undefined) clearImmediate(scheduled);
      database.close();
    },
  };
}
