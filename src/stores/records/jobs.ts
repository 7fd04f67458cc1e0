import type { Json } from "../../contracts/event.ts";
import type { Job, JobStore } from "../../contracts/store.ts";
import { type Engine, only, prepare } from "./engine.ts";
import type { JobTable, QueryBuilder } from "./tables.ts";

export function jobStore(engine: Engine, now: () => number): JobStore {
  const { query } = engine;
  const put = putJob(query);
  const remove = removeJob(query);
  const claim = prepare((value: { now: number; leaseUntil: number; most: number }) =>
    query
      .updateTable("jobs")
      .set((eb) => ({ lease_until: value.leaseUntil, attempts: eb("attempts", "+", 1) }))
      .where("key", "in", (eb) => {
        const due = eb
          .selectFrom("jobs")
          .select("key")
          .where("due_at", "<=", value.now)
          .where("lease_until", "<=", value.now)
          .orderBy("due_at")
          .limit(value.most);
        return engine.dialect === "postgres" ? due.forUpdate().skipLocked() : due;
      })
      .returningAll(),
  );
  const release = prepare(() => query.updateTable("jobs").set({ lease_until: 0 }).where("lease_until", "<>", 0));
  // A job that was replaced meanwhile counts its attempts from 0 again: it is told apart even at the same time.
  type Claimed = { key: string; dueAt: number; attempts: number };
  const finish = prepare((value: Claimed) =>
    query
      .deleteFrom("jobs")
      .where("key", "=", value.key)
      .where("due_at", "=", value.dueAt)
      .where("attempts", "=", value.attempts),
  );
  const retry = prepare((value: Claimed & { at: number }) =>
    query
      .updateTable("jobs")
      .set({ due_at: value.at, lease_until: 0 })
      .where("key", "=", value.key)
      .where("due_at", "=", value.dueAt)
      .where("attempts", "=", value.attempts),
  );
  const next = prepare((value: { now: number }) =>
    query.selectFrom("jobs").select("due_at").where("lease_until", "<=", value.now).orderBy("due_at").limit(1),
  );

  return {
    async put(job) {
      await engine.write(put(rowOf(job)));
    },
    async remove(key) {
      await engine.write(remove({ key }));
    },
    async claim(at, leaseUntil, most) {
      const rows = await engine.write(claim({ now: at, leaseUntil, most }));
      return rows.map(jobOf).sort((a, b) => a.dueAt - b.dueAt);
    },
    async release() {
      await engine.write(release({}));
    },
    async finish(job) {
      await engine.write(finish({ key: job.key, dueAt: job.dueAt, attempts: job.attempts }));
    },
    async retry(job, at) {
      await engine.write(retry({ key: job.key, dueAt: job.dueAt, attempts: job.attempts, at }));
    },
    async next() {
      const [row] = await engine.read(next({ now: now() }));
      return row?.due_at;
    },
  };
}

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

function jobOf(row: JobTable): Job {
  return {
    key: row.key,
    owner: row.owner,
    platform: row.platform,
    dueAt: row.due_at,
    payload: JSON.parse(row.payload) as Json,
    attempts: row.attempts,
  };
}
