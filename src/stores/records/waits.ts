import type { RunStore, StoredWait } from "../../contracts/store.ts";
import { ask, type Engine, only, prepare, type Unit } from "./engine.ts";
import { putJob, rowOf } from "./job-rows.ts";
import { runOf } from "./run-rows.ts";
import type { QueryBuilder, WaitTable } from "./tables.ts";

/** What a wait that goes on may change. */
const changed = ["platform", "channel_id", "person_id", "question_id"] as const;

/** What runs wait for, and how their waits change and end. */
export function waitStore(engine: Engine): Pick<RunStore, "awaiting" | "waits" | "changeWait" | "endWait"> {
  const { query } = engine;
  const putWake = putJob(query);
  const checkpoint = prepare((value: { id: string; state: string }) =>
    query.updateTable("runs").set({ state: value.state }).where("id", "=", value.id),
  );
  const endWait = prepare((value: { id: string }) =>
    query.deleteFrom("waits").where("id", "=", value.id).returning("run_id"),
  );
  const changeWait = prepare((value: WaitTable) =>
    query.updateTable("waits").set(only(value, changed)).where("id", "=", value.id).returning("run_id"),
  );
  const getWaits = prepare(() =>
    query.selectFrom("waits").selectAll().where("channel_id", "<>", "").orderBy("asked_at").orderBy("id"),
  );
  const getAwaiting = prepare((value: { id: string }) =>
    query
      .selectFrom("runs")
      .innerJoin("waits", "waits.run_id", "runs.id")
      .selectAll("runs")
      .where("waits.id", "=", value.id),
  );

  return {
    async awaiting(waitId) {
      const [row] = await engine.read(getAwaiting({ id: waitId }));
      return row && runOf(row);
    },

    waits: async () => (await engine.read(getWaits({}))).map(waitOf),

    changeWait: (wait, state, wake) =>
      engine.commit(function* () {
        const [row] = yield* ask(changeWait(waitRow(wait)));
        if (row === undefined) return false;
        yield* ask(checkpoint({ id: row.run_id, state: JSON.stringify(state) }));
        if (wake !== undefined) yield* ask(putWake(rowOf(wake)));
        return true;
      }),

    endWait: (waitId, state, taken) =>
      engine.commit(function* () {
        const [row] = yield* ask(endWait({ id: waitId }));
        if (row === undefined) return false;
        yield* ask(checkpoint({ id: row.run_id, state: JSON.stringify(state) }));
        if (taken !== undefined)
          yield* ask(putWake({ ...rowOf(taken.job), attempts: taken.job.attempts, lease_until: taken.leaseUntil }));
        return true;
      }),
  };
}

/** Keeps what a run waits for; an earlier wait of it is over. */
export function putWait(query: QueryBuilder) {
  const insert = prepare((value: WaitTable) =>
    query.insertInto("waits").values(only(value, ["id", "run_id", ...changed, "asked_at"])),
  );
  const remove = prepare((value: { runId: string }) => query.deleteFrom("waits").where("run_id", "=", value.runId));
  return function* (runId: string, wait: StoredWait | undefined): Unit<void> {
    yield* ask(remove({ runId }));
    if (wait !== undefined) yield* ask(insert(waitRow(wait)));
  };
}

function waitRow(wait: StoredWait): WaitTable {
  return {
    id: wait.id,
    run_id: wait.runId,
    platform: wait.platform,
    channel_id: wait.channelId,
    person_id: wait.personId,
    question_id: wait.questionId,
    asked_at: wait.askedAt,
  };
}

function waitOf(row: WaitTable): StoredWait {
  return {
    id: row.id,
    runId: row.run_id,
    platform: row.platform,
    channelId: row.channel_id,
    personId: row.person_id,
    questionId: row.question_id,
    askedAt: row.asked_at,
  };
}
