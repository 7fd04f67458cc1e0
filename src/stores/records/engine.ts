import { type Compilable, type RawBuilder, sql } from "kysely";
import type { QueryBuilder } from "./tables.ts";

/** One compiled query with its values. Engines keep one prepared statement per distinct `sql`. */
export interface Statement<Row = unknown> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Only a type: which rows come back. */
  readonly row?: Row;
}

/**
 * The work of one commit: it yields statements and is handed their rows. SQLite drives it in one go, PostgreSQL waits
 * for each answer, and the queries are written once. It may be started again from the beginning after a deadlock.
 */
export type Unit<Result> = Generator<Statement, Result, readonly unknown[]>;

/** Runs statements on one database. Writes resolve when they are durable. */
export interface Engine {
  readonly dialect: "sqlite" | "postgres";
  readonly query: QueryBuilder;
  read<Row>(statement: Statement<Row>): Promise<readonly Row[]>;
  /** A single statement, which is atomic by itself. One that is a function is asked for when the write begins. */
  write<Row>(statement: Statement<Row> | (() => Statement<Row>)): Promise<readonly Row[]>;
  /** Several statements, all or nothing. */
  commit<Result>(unit: () => Unit<Result>): Promise<Result>;
  /** Waits for what was asked for, then closes. */
  close(): Promise<void>;
}

/** Inside a {@link Unit}: `const rows = yield* ask(statement)`. */
export function* ask<Row>(statement: Statement<Row>): Unit<readonly Row[]> {
  return (yield statement) as readonly Row[];
}

class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Compiles a query once. `build` is called with stand-ins for the values; the returned function only puts values into
 * their places, so that the hot path never builds SQL.
 */
export function prepare<Values extends object, Row>(
  build: (value: Values) => Compilable<Row>,
): (values: Values) => Statement<Row> {
  const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) }) as Values;
  const { sql, parameters } = build(slots).compile();
  return (values) => ({
    sql,
    parameters: parameters.map((parameter) =>
      parameter instanceof Slot ? storable(values[parameter.name as keyof Values]) : parameter,
    ),
  });
}

/** The stand-ins of some columns, for `values()` and `doUpdateSet()`, which list what they are given. */
export function only<Values, Column extends keyof Values>(
  value: Values,
  columns: readonly Column[],
): Pick<Values, Column> {
  return Object.fromEntries(columns.map((column) => [column, value[column]])) as Pick<Values, Column>;
}

/**
 * The limit of a query. SQLite looks at a value that is bound to a bare `limit ?`, and compiles the statement anew whenever
 * another is bound; at what is reckoned it does not look.
 */
export function atMost(rows: number): RawBuilder<number> {
  return sql<number>`${rows} + 0`;
}

/** PostgreSQL refuses NUL in text; so that both databases keep the same, it becomes the replacement character. */
function storable(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
}
