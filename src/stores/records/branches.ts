import type { Json } from "../../contracts/event.ts";
import type { RunStore } from "../../contracts/store.ts";
import { ask, atMost, type Engine, prepare, type Unit } from "./engine.ts";
import { putJob, removeJob, rowOf } from "./job-rows.ts";
import { advanceQueue } from "./overlaps.ts";
import { putRule, putRun, removeRun, wakeKeyOf } from "./run-rows.ts";

/** Runs that wait for branches of their own, and how both end. */
export function branchStore(engine: Engine): Pick<RunStore, "fork" | "branches" | "join" | "finish"> {
  const { query } = engine;
  const wake = putJob(query);
  const rule = putRule(query);
  const put = putRun(query);
  const removeWake = removeJob(query);
  const end = endRun(engine);
  const joined = prepare((value: { id: string; state: string }) =>
    query.updateTable("runs").set({ state: value.state }).where("id", "=", value.id).returning("id"),
  );
  const forget = prepare((value: { id: string }) => query.deleteFrom("runs").where("parent_id", "=", value.id));
  const results = prepare((value: { id: string }) =>
    query
      .selectFrom("runs")
      .select(["place", "state"])
      .where("parent_id", "=", value.id)
      .where("ended", "=", 1)
      .orderBy("place"),
  );

  return {
    fork: (run, canonical, branches, again = false) =>
      engine.commit(function* () {
        yield* ask(rule({ hash: run.ruleHash, body: JSON.stringify(canonical) }));
        if (!(yield* put(run, wakeKeyOf(run.id), again))) return false;
        yield* ask(removeWake({ key: wakeKeyOf(run.id) }));
        for (const branch of branches) {
          yield* put(branch.run, branch.wake.key, false);
          yield* ask(wake(rowOf(branch.wake)));
        }
        return true;
      }),

    async branches(id) {
      const out: (Json | undefined)[] = [];
      for (const { place, state } of await engine.read(results({ id }))) out[place] = JSON.parse(state) as Json;
      return out;
    },

    join: (id, state) =>
      engine.commit(function* () {
        if ((yield* ask(joined({ id, state: JSON.stringify(state) }))).length === 0) return false;
        yield* ask(forget({ id }));
        return true;
      }),

    finish: (id, ended) =>
      engine.commit(function* () {
        yield* end(id, ended.at, ended.result);
      }),
  };
}

/** Ends a run; where it was the last branch of another, that one is woken, and whoever is next in a queue behind it. */
export function endRun({ query }: Pick<Engine, "query">) {
  const wake = putJob(query);
  const removeWake = removeJob(query);
  const remove = removeRun(query);
  const advance = advanceQueue(query);
  const parentOf = prepare((value: { id: string }) =>
    query.selectFrom("runs").select(["parent_id", "wake_key", "overlap"]).where("id", "=", value.id),
  );
  // Locks the parent, so that of two branches that end at once one is seen by the other to be the last.
  const lock = prepare((value: { id: string }) =>
    query.updateTable("runs").set({ ended: 0 }).where("id", "=", value.id).returning(["id", "platform"]),
  );
  const close = prepare((value: { id: string; state: string }) =>
    query.updateTable("runs").set({ ended: 1, state: value.state }).where("id", "=", value.id),
  );
  const open = prepare((value: { id: string }) =>
    query.selectFrom("runs").select("id").where("parent_id", "=", value.id).where("ended", "=", 0).limit(atMost(1)),
  );
  return function* (id: string, at: number, result: Json = null): Unit<void> {
    const [row] = yield* ask(parentOf({ id }));
    if (row === undefined) return;
    const [parent] = row.parent_id === "" ? [] : yield* ask(lock({ id: row.parent_id }));
    if (parent === undefined) {
      yield* remove(id);
      yield* advance(row.overlap, at);
      return;
    }
    yield* ask(close({ id, state: JSON.stringify(result) }));
    yield* ask(removeWake({ key: row.wake_key }));
    if ((yield* ask(open({ id: parent.id }))).length > 0) return;
    const key = wakeKeyOf(parent.id);
    yield* ask(wake(rowOf({ key, owner: "run", platform: parent.platform, dueAt: at, payload: { id: parent.id } })));
  };
}
