import type pg from "pg";
import type { Engine, Statement, Unit } from "../records/engine.ts";
import type { QueryBuilder } from "../records/tables.ts";

/** A commit that met another in a deadlock is begun again this many times. */
const mostAttempts = 5;
const deadlocks = new Set(["40P01", "40001"]);

/** Runs statements as named prepared statements on pooled connections. */
export function postgresEngine(
  pool: pg.Pool,
  query: QueryBuilder,
  explain: (error: unknown) => Error,
  end: () => Promise<void>,
): Engine {
  const names = new Map<string, string>();
  const running = new Set<Promise<unknown>>();
  let ending: Promise<void> | undefined;

  async function run<Row>(client: pg.PoolClient, { sql, parameters }: Statement<Row>): Promise<readonly Row[]> {
    let name = names.get(sql);
    if (name === undefined) {
      name = `botctl_${names.size}`;
      names.set(sql, name);
    }
    const { rows } = await client.query({ name, text: sql, values: [...parameters] });
    return rows as Row[];
  }

  async function withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await pool.connect();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      // After an error that the server did not say, nobody knows what the connection is still busy with.
      client.release(!saidByServer(error));
      throw error;
    }
  }

  async function drive<Result>(client: pg.PoolClient, unit: Unit<Result>): Promise<Result> {
    await client.query("begin");
    try {
      let step = unit.next([]);
      while (!step.done) step = unit.next(await run(client, step.value));
      await client.query("commit");
      return step.value;
    } catch (error) {
      if (saidByServer(error)) await client.query("rollback");
      throw error;
    }
  }

  function tracked<Result>(work: () => Promise<Result>): Promise<Result> {
    if (ending !== undefined) return Promise.reject(new Error("the database is closed"));
    const result = work().catch((error: unknown) => {
      throw explain(error);
    });
    running.add(result);
    const forget = () => running.delete(result);
    result.then(forget, forget);
    return result;
  }

  return {
    dialect: "postgres",
    query,
    read: (statement) => tracked(() => withClient((client) => run(client, statement))),
    write: (statement) =>
      tracked(() => withClient((client) => run(client, typeof statement === "function" ? statement() : statement))),
    commit: (unit) =>
      tracked(async () => {
        for (let attempt = 1; ; attempt++) {
          try {
            return await withClient((client) => drive(client, unit()));
          } catch (error) {
            if (!deadlocks.has(sqlState(error)) || attempt === mostAttempts) throw error;
          }
        }
      }),
    close() {
      ending ??= Promise.allSettled(running).then(end);
      return ending;
    },
  };
}

function sqlState(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** PostgreSQL's errors carry a severity; a fatal one ends the connection. */
function saidByServer(error: unknown): boolean {
  return error instanceof Error && "severity" in error && error.severity === "ERROR";
}
