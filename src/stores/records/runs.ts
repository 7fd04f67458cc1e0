import type { RunStore } from "../../contracts/store.ts";
import { beginningStore } from "./beginnings.ts";
import { branchStore } from "./branches.ts";
import { buttonStore } from "./buttons.ts";
import { ask, type Engine, prepare } from "./engine.ts";
import { putJob, rowOf } from "./job-rows.ts";
import { overlapStore } from "./overlaps.ts";
import { putRule, putRun, runOf } from "./run-rows.ts";
import { putWait, waitStore } from "./waits.ts";

export function runStore(engine: Engine): RunStore {
  const { query } = engine;
  const wake = putJob(query);
  const rule = putRule(query);
  const run = putRun(query);
  const wait = putWait(query);
  const getRun = prepare((value: { id: string }) => query.selectFrom("runs").selectAll().where("id", "=", value.id));
  const checkpoint = prepare((value: { id: string; state: string }) =>
    query.updateTable("runs").set({ state: value.state }).where("id", "=", value.id).returning("id"),
  );
  const count = prepare(() =>
    query
      .selectFrom("runs")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("ended", "=", 0),
  );

  return {
    suspend: (suspended, canonical, job, { wait: awaited, again = false } = {}) =>
      engine.commit(function* () {
        yield* ask(rule({ hash: suspended.ruleHash, body: JSON.stringify(canonical) }));
        if (!(yield* run(suspended, job.key, again))) return false;
        yield* ask(wake(rowOf(job)));
        yield* wait(suspended.id, awaited);
        return true;
      }),

    async get(id) {
      const [row] = await engine.read(getRun({ id }));
      return row === undefined ? undefined : runOf(row);
    },

    async checkpoint(id, state) {
      return (await engine.write(checkpoint({ id, state: JSON.stringify(state) }))).length === 1;
    },

    count: async () => (await engine.read(count({})))[0]!.count,

    ...beginningStore(engine),
    ...waitStore(engine),
    ...branchStore(engine),
    ...overlapStore(engine),
    ...buttonStore(engine),
  };
}
