import type { RunStore } from "../../contracts/store.ts";
import { ask, type Engine, prepare } from "./engine.ts";
import { type Claimed, isClaimed, putJob, rowOf } from "./job-rows.ts";
import { standingUnder } from "./overlaps.ts";
import { putRule, putRun, removeRun } from "./run-rows.ts";

/** Runs that a stored job begins. */
export function beginningStore(engine: Engine): Pick<RunStore, "begin"> {
  const { query } = engine;
  const rule = putRule(query);
  const put = putRun(query);
  const remove = removeRun(query);
  const wake = putJob(query);
  const under = standingUnder(query);
  const move = prepare((value: Claimed & { next: number }) =>
    query
      .updateTable("jobs")
      .set({ due_at: value.next, attempts: 0, lease_until: 0 })
      .where(isClaimed(value))
      .returning("key"),
  );
  const end = prepare((value: Claimed) => query.deleteFrom("jobs").where(isClaimed(value)).returning("key"));

  return {
    begin: (run, canonical, job, { job: by, next }, { overlap, mostQueued }) =>
      engine.commit(function* () {
        const claimed: Claimed = { key: by.key, dueAt: by.dueAt, attempts: by.attempts };
        const moved = yield* ask(next === undefined ? end(claimed) : move({ ...claimed, next }));
        if (moved.length === 0) return "gone" as const;
        const others = run.overlap === "" ? [] : yield* ask(under({ overlap: run.overlap }));
        const inQueue = others.filter(({ queued }) => queued > 0).length;
        const waits = overlap === "queue" && others.length > 0;
        if ((overlap === "single" && others.length > 0) || (waits && inQueue >= mostQueued)) return "left_out" as const;
        if (overlap === "restart") for (const { id } of others) yield* remove(id);
        yield* ask(rule({ hash: run.ruleHash, body: JSON.stringify(canonical) }));
        yield* put(run, job.key, false, waits ? (others.at(-1)?.queued ?? 0) + 1 : 0);
        if (waits) return "queued" as const;
        yield* ask(wake(rowOf(job)));
        return "begun" as const;
      }),
  };
}
