import type { Database, Statement as Prepared } from "better-sqlite3";
import type { Engine, Statement, Unit } from "../records/engine.ts";
import type { QueryBuilder } from "../records/tables.ts";
import { isHeld } from "./errors.ts";
import { keeping } from "./keeping.ts";

/** Writes that share one commit at most, so that a flood does not stop the loop for long. */
const mostTogether = 500;
/** While commits come one after the other, each waits this long for others to share it, in milliseconds. */
const shareMs = 2;
/** As often as this it waits at most, as long as the process is busy for half of the time: then others are on their way. */
const mostShares = 4;
const busyShare = 0.5;
/** A commit this long ago no longer counts as just before, in milliseconds. */
const busyMs = 10;

/** How long a write waits for another program that writes to the same file, and how long between two tries, in milliseconds. */
const mostHeldMs = 5_000;
const retryMs = 20;

interface Task {
  readonly several: boolean;
  /** @returns what to call once the change is durable. */
  run(): () => void;
  reject(error: Error): void;
}

/**
 * Group commit: a commit costs a flush of the disk, so all writes asked for in one turn of the event loop share one. A
 * write that comes soon after a commit waits a moment for others, and a little longer where the process is busy: a lone
 * one is stored at once, many share few commits.
 * Each promise settles after its commit, and a write that fails fails alone.
 */
export function sqliteEngine(database: Database, query: QueryBuilder, explain: (error: unknown) => Error): Engine {
  const prepared = new Map<string, Prepared<unknown[]>>();
  const { prepare } = keeping(database);
  const begin = prepare("begin immediate");
  const commit = prepare("commit");
  const savepoint = prepare("savepoint unit");
  const release = prepare("release unit");
  const rollbackTo = prepare("rollback to unit");
  let queue: Task[] = [];
  let cancel: (() => void) | undefined;
  let lastEnd = Number.NEGATIVE_INFINITY;
  // In memory there is no disk to wait for.
  const paced = !database.memory;
  let closed = false;
  /** Since when another program has held the file. */
  let heldSince: number | undefined;

  function run<Row>({ sql, parameters }: Statement<Row>): readonly Row[] {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = prepare(sql);
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
      schedule();
    });
  }

  function schedule(): void {
    if (cancel !== undefined) return;
    if (paced && performance.now() - lastEnd < busyMs) share(1);
    else {
      const immediate = setImmediate(flush);
      cancel = () => clearImmediate(immediate);
    }
  }

  function share(times: number): void {
    const before = performance.eventLoopUtilization();
    const timer = setTimeout(() => {
      if (times < mostShares && performance.eventLoopUtilization(before).utilization > busyShare) share(times + 1);
      else flush();
    }, shareMs);
    cancel = () => clearTimeout(timer);
  }

  function flush(): void {
    const tasks = queue.slice(0, mostTogether);
    queue = queue.slice(mostTogether);
    cancel = undefined;
    const done: { readonly task: Task; readonly settle: () => void }[] = [];
    const failed: { readonly task: Task; readonly error: Error }[] = [];
    try {
      begin.run();
      const isAlone = tasks.length === 1;
      for (const task of tasks) {
        const outcome = attempt(task, isAlone);
        if (outcome instanceof Error) failed.push({ task, error: outcome });
        else done.push({ task, settle: outcome });
      }
      commit.run();
      heldSince = undefined;
    } catch (error) {
      if (database.inTransaction) database.exec("rollback");
      if (mayWait(error) && done.length + failed.length === 0) {
        queue = [...tasks, ...queue];
        const timer = setTimeout(flush, retryMs);
        cancel = () => clearTimeout(timer);
        return;
      }
      heldSince = undefined;
      const reason = explain(error);
      for (const task of tasks) task.reject(reason);
      return;
    } finally {
      lastEnd = performance.now();
      if (queue.length > 0 && !closed) schedule();
    }
    for (const { settle } of done) settle();
    for (const { task, error } of failed) task.reject(error);
  }

  /** SQLite's own wait would stop the loop, and with it every answer that a platform wants in time. */
  function mayWait(error: unknown): boolean {
    if (closed || !isHeld(error)) return false;
    heldSince ??= performance.now();
    return performance.now() - heldSince < mostHeldMs;
  }

  /** @throws when the failure takes the whole transaction with it, as a full disk does. */
  function attempt(task: Task, isAlone: boolean): (() => void) | Error {
    if (isAlone) return task.run();
    if (task.several) savepoint.run();
    try {
      const settle = task.run();
      if (task.several) release.run();
      return settle;
    } catch (error) {
      if (!database.inTransaction) throw error;
      if (task.several) {
        rollbackTo.run();
        release.run();
      }
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
    write: (statement) => enqueue(false, () => run(typeof statement === "function" ? statement() : statement)),
    commit: (unit) => enqueue(true, () => drive(unit())),
    async close() {
      if (closed) return;
      closed = true;
      cancel?.();
      // Nobody waits for answers any more, and this is the last chance.
      database.exec(`pragma busy_timeout = ${mostHeldMs}`);
      while (queue.length > 0) flush();
      database.close();
    },
  };
}
