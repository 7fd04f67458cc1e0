import type { ExpressionBuilder } from "kysely";
import type { Json } from "../../contracts/event.ts";
import type { Job } from "../../contracts/store.ts";
import { only, prepare } from "./engine.ts";
import type { JobTable, QueryBuilder, Tables } from "./tables.ts";

const replaced = ["owner", "platform", "due_at", "payload", "attempts", "lease_until"] as const;

/** Stores a job or replaces the one of the same key. */
export function putJob(query: QueryBuilder) {
  return prepare((value: JobTable) =>
    query
      .insertInto("jobs")
      .values(only(value, ["key", ...replaced]))
      .onConflict((conflict) => conflict.column("key").doUpdateSet(only(value, replaced))),
  );
}

export function removeJob(query: QueryBuilder) {
  return prepare((value: { key: string }) => query.deleteFrom("jobs").where("key", "=", value.key));
}

export function rowOf(job: Omit<Job, "attempts">): JobTable {
  return {
    key: job.key,
    owner: job.owner,
    platform: job.platform,
    due_at: job.dueAt,
    payload: JSON.stringify(job.payload),
    attempts: 0,
    lease_until: 0,
  };
}

export function jobOf(row: JobTable): Job {
  return {
    key: row.key,
    owner: row.owner,
    platform: row.platform,
    dueAt: row.due_at,
    payload: JSON.parse(row.payload) as Json,
    attempts: row.attempts,
  };
}

/** A claimed job. One that was replaced meanwhile counts its attempts from 0 again: it is told apart even at the same time. */
export type Claimed = Pick<Job, "key" | "dueAt" | "attempts">;

export const isClaimed = (value: Claimed) => (eb: ExpressionBuilder<Tables, "jobs">) =>
  eb.and({ key: value.key, due_at: value.dueAt, attempts: value.attempts });
