import type { Json } from "../../contracts/event.ts";
import type { SuspendedRun } from "../../contracts/store.ts";
import { ask, only, prepare, type Unit } from "./engine.ts";
import { removeJob } from "./job-rows.ts";
import type { QueryBuilder, RuleTable, RunTable } from "./tables.ts";

/** What a run that is suspended again brings along. */
const replaced = ["rule_id", "rule_hash", "platform", "state", "wake_key"] as const;
const columns = ["id", ...replaced, "created_at", "parent_id", "place", "ended", "overlap", "queued"] as const;

/** Keeps a canonical rule by its hash. */
export function putRule(query: QueryBuilder) {
  // The update writes nothing new: it locks the rule, so that a purge at the same moment leaves it.
  return prepare((value: RuleTable) =>
    query
      .insertInto("rules")
      .values(only(value, ["hash", "body"]))
      .onConflict((conflict) => conflict.column("hash").doUpdateSet({ hash: value.hash })),
  );
}

/** Stores a run's row; the job that was to wake it before goes. @returns false where it was cancelled. */
export function putRun(query: QueryBuilder) {
  const removeWake = removeJob(query);
  const insert = prepare((value: RunTable) =>
    query
      .insertInto("runs")
      .values(only(value, columns))
      .onConflict((conflict) => conflict.column("id").doUpdateSet(only(value, replaced))),
  );
  const update = prepare((value: Pick<RunTable, "id" | (typeof replaced)[number]>) =>
    query.updateTable("runs").set(only(value, replaced)).where("id", "=", value.id).returning("id"),
  );
  const wakeOf = prepare((value: { id: string }) =>
    query.selectFrom("runs").select("wake_key").where("id", "=", value.id),
  );
  return function* (run: SuspendedRun, wakeKey: string, again: boolean, queued = 0): Unit<boolean> {
    const [before] = yield* ask(wakeOf({ id: run.id }));
    if (before !== undefined && before.wake_key !== wakeKey) yield* ask(removeWake({ key: before.wake_key }));
    const row = rowOfRun(run, wakeKey, queued);
    if (again) return (yield* ask(update(row))).length === 1;
    yield* ask(insert(row));
    return true;
  };
}

/** Ends a run with its job and everything that was done side by side for it. */
export function removeRun(query: QueryBuilder) {
  const removeWake = removeJob(query);
  const remove = prepare((value: { id: string }) =>
    query.deleteFrom("runs").where("id", "=", value.id).returning("wake_key"),
  );
  const childrenOf = prepare((value: { id: string }) =>
    query.selectFrom("runs").select("id").where("parent_id", "=", value.id),
  );
  return function* removed(id: string): Unit<void> {
    const [row] = yield* ask(remove({ id }));
    if (row !== undefined) yield* ask(removeWake({ key: row.wake_key }));
    for (const child of yield* ask(childrenOf({ id }))) yield* removed(child.id);
  };
}

/** The key of the job that goes on with a run. */
export const wakeKeyOf = (id: string): string => `run:${id}`;

function rowOfRun(run: SuspendedRun, wakeKey: string, queued: number): RunTable {
  return {
    id: run.id,
    rule_id: run.ruleId,
    rule_hash: run.ruleHash,
    platform: run.platform,
    state: JSON.stringify(run.state),
    wake_key: wakeKey,
    created_at: run.createdAt,
    parent_id: run.parent?.id ?? "",
    place: run.parent?.place ?? 0,
    ended: 0,
    overlap: run.overlap,
    queued,
  };
}

/** A stored run as the engine knows it. */
export function runOf(row: RunTable): SuspendedRun {
  return {
    id: row.id,
    ruleId: row.rule_id,
    ruleHash: row.rule_hash,
    platform: row.platform,
    state: JSON.parse(row.state) as Json,
    createdAt: row.created_at,
    overlap: row.overlap,
    ...(row.parent_id === "" ? {} : { parent: { id: row.parent_id, place: row.place } }),
  };
}
