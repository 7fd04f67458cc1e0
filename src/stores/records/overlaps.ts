import { sql } from "kysely";
import type { RunStore } from "../../contracts/store.ts";
import { ask, type Engine, prepare, type Unit } from "./engine.ts";
import { putJob, rowOf } from "./job-rows.ts";
import { putRule, putRun, removeRun, wakeKeyOf } from "./run-rows.ts";
import type { QueryBuilder } from "./tables.ts";

/** Runs that must not overlap: who stands under one key, and who comes next. */
export function overlapStore(engine: Engine): Pick<RunStore, "standing" | "queue" | "advance" | "queues" | "cancel"> {
  const { query } = engine;
  const advance = advanceQueue(query);
  const rule = putRule(query);
  const put = putRun(query);
  const remove = removeRun(query);
  const under = standingUnder(query);
  const keys = prepare(() =>
    query.selectFrom("runs").select("overlap").distinct().where("overlap", "<>", sql.lit("")).where("queued", ">", 0),
  );

  return {
    async standing(overlap) {
      const rows = await engine.read(under({ overlap }));
      const queued = rows.filter((row) => row.queued > 0).length;
      return { underWay: rows.length - queued, queued };
    },

    queue: (run, canonical) =>
      engine.commit(function* () {
        const last = (yield* ask(under({ overlap: run.overlap }))).at(-1);
        yield* ask(rule({ hash: run.ruleHash, body: JSON.stringify(canonical) }));
        yield* put(run, wakeKeyOf(run.id), false, (last?.queued ?? 0) + 1);
      }),

    advance: (overlap, at) =>
      engine.commit(function* () {
        return yield* advance(overlap, at);
      }),

    queues: async () => (await engine.read(keys({}))).map((row) => row.overlap),

    cancel: (overlap) =>
      engine.commit(function* () {
        const rows = yield* ask(under({ overlap }));
        for (const { id } of rows) yield* remove(id);
        return rows.length;
      }),
  };
}

/** Begins the first of a queue, unless a run of that key is under way. */
export function advanceQueue(query: QueryBuilder) {
  const wake = putJob(query);
  const under = standingUnder(query);
  const begin = prepare((value: { id: string }) =>
    query.updateTable("runs").set({ queued: 0 }).where("id", "=", value.id).where("queued", "<>", 0).returning("id"),
  );
  return function* (overlap: string, at: number): Unit<boolean> {
    if (overlap === "") return false;
    const [first] = yield* ask(under({ overlap }));
    if (first === undefined || first.queued === 0) return false;
    if ((yield* ask(begin({ id: first.id }))).length === 0) return false;
    const { id, platform } = first;
    yield* ask(wake(rowOf({ key: wakeKeyOf(id), owner: "run", platform, dueAt: at, payload: { id } })));
    return true;
  };
}

/** The runs of an overlap key: those under way, then the queue in its order. */
export function standingUnder(query: QueryBuilder) {
  return prepare((value: { overlap: string }) =>
    query
      .selectFrom("runs")
      .select(["id", "queued", "platform"])
      .where("overlap", "=", value.overlap)
      .where("overlap", "<>", sql.lit(""))
      .orderBy("queued"),
  );
}
