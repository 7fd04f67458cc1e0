import type { Compilable } from "kysely";
import type { JobStore } from "../../contracts/store.ts";
import { endRun } from "./branches.ts";
import { ask, atMost, type Engine, prepare, type Statement } from "./engine.ts";
import { type Claimed, isClaimed, jobOf, putJob, removeJob, rowOf } from "./job-rows.ts";

export function jobStore(engine: Engine, now: () => number): JobStore {
  const { query } = engine;
  const put = putJob(query);
  const remove = removeJob(query);
  const claim = preparePerList((value: { now: number; leaseUntil: number; most: number }, platforms) =>
    query
      .updateTable("jobs")
      .set((eb) => ({ lease_until: value.leaseUntil, attempts: eb("attempts", "+", 1) }))
      .where("key", "in", (eb) => {
        const due = eb
          .selectFrom("jobs")
          .select("key")
          .where("due_at", "<=", value.now)
          .where("lease_until", "<=", value.now)
          .where("platform", "in", platforms)
          .orderBy("due_at")
          .limit(atMost(value.most));
        return engine.dialect === "postgres" ? due.forUpdate().skipLocked() : due;
      })
      .returningAll(),
  );
  const release = prepare(() => query.updateTable("jobs").set({ lease_until: 0 }).where("lease_until", "<>", 0));
  const finish = prepare((value: Claimed) => query.deleteFrom("jobs").where(isClaimed(value)));
  const retry = prepare((value: Claimed & { at: number }) =>
    query.updateTable("jobs").set({ due_at: value.at, lease_until: 0 }).where(isClaimed(value)),
  );
  const prolong = prepare((value: Claimed & { leaseUntil: number }) =>
    query.updateTable("jobs").set({ lease_until: value.leaseUntil }).where(isClaimed(value)),
  );
  const next = preparePerList((value: { now: number }, platforms) =>
    query
      .selectFrom("jobs")
      .select("due_at")
      .where("lease_until", "<=", value.now)
      .where("platform", "in", platforms)
      .orderBy("due_at")
      .limit(atMost(1)),
  );
  const purge = preparePerList((value: { before: number; most: number }, kept) =>
    query
      .deleteFrom("jobs")
      .where("key", "in", (eb) =>
        eb
          .selectFrom("jobs")
          .select("key")
          .where("due_at", "<", value.before)
          .where("platform", "not in", kept)
          .orderBy("due_at")
          .limit(atMost(value.most)),
      )
      .returning("key"),
  );
  const end = endRun(engine);
  const runsOf = prepare((value: { key: string }) =>
    query.selectFrom("runs").select("id").where("wake_key", "=", value.key),
  );
  const list = preparePerList((value: { owner: string }, platforms) =>
    query.selectFrom("jobs").selectAll().where("owner", "=", value.owner).where("platform", "in", platforms),
  );

  return {
    async put(job) {
      await engine.write(put(rowOf(job)));
    },
    async remove(key) {
      await engine.write(remove({ key }));
    },
    async claim(at, leaseUntil, most, platforms) {
      if (platforms.length === 0) return [];
      const rows = await engine.write(claim({ now: at, leaseUntil, most }, platforms));
      return rows.map(jobOf).sort((a, b) => a.dueAt - b.dueAt);
    },
    prolong: (jobs, leaseUntil) =>
      engine.commit(function* () {
        for (const { key, dueAt, attempts } of jobs) yield* ask(prolong({ key, dueAt, attempts, leaseUntil }));
      }),
    async release() {
      if (engine.dialect === "sqlite") await engine.write(release({}));
    },
    async finish(job) {
      await engine.write(finish({ key: job.key, dueAt: job.dueAt, attempts: job.attempts }));
    },
    async retry(job, at) {
      await engine.write(retry({ key: job.key, dueAt: job.dueAt, attempts: job.attempts, at }));
    },
    async list(owner, platforms) {
      if (platforms.length === 0) return [];
      return (await engine.read(list({ owner }, platforms))).map(jobOf);
    },
    async next(platforms) {
      if (platforms.length === 0) return undefined;
      const [row] = await engine.read(next({ now: now() }, platforms));
      return row?.due_at;
    },
    purge: (before, kept, most) =>
      engine.commit(function* () {
        // A list in SQL must not be empty; no platform is called nothing.
        const jobs = yield* ask(purge({ before, most }, [...kept, ""]));
        for (const { key } of jobs) for (const { id } of yield* ask(runsOf({ key }))) yield* end(id, before);
        return jobs.length;
      }),
  };
}

/** {@link prepare} for a query with a list of texts in it: one statement per length of the list. */
function preparePerList<Values extends object, Row>(
  build: (value: Values, list: readonly string[]) => Compilable<Row>,
): (values: Values, list: readonly string[]) => Statement<Row> {
  const known = new Map<number, (values: Values & Record<number, string>) => Statement<Row>>();
  return (values, list) => {
    let statement = known.get(list.length);
    if (statement === undefined) {
      statement = prepare<Values & Record<number, string>, Row>((value) =>
        build(
          value,
          list.map((_, place) => value[place]!),
        ),
      );
      known.set(list.length, statement);
    }
    return statement({ ...values, ...list });
  };
}
