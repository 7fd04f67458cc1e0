import type { Json } from "../../contracts/event.ts";
import type { RunStore, StoredWait, SuspendedRun } from "../../contracts/store.ts";
import { ask, type Engine, only, prepare } from "./engine.ts";
import { putJob, removeJob, rowOf } from "./jobs.ts";
import type { ButtonTable, RuleTable, RunTable, WaitTable } from "./tables.ts";

/** What a run that is suspended again brings along. */
const replaced = ["rule_id", "rule_hash", "platform", "state", "wake_key"] as const;
/** What a wait that goes on may change. */
const changed = ["platform", "channel_id", "person_id", "question_id"] as const;

export function runStore(engine: Engine): RunStore {
  const { query } = engine;
  const putWake = putJob(query);
  const removeWake = removeJob(query);
  // The update writes nothing new: it locks the rule, so that a purge at the same moment leaves it.
  const putRule = prepare((value: RuleTable) =>
    query
      .insertInto("rules")
      .values(only(value, ["hash", "body"]))
      .onConflict((conflict) => conflict.column("hash").doUpdateSet({ hash: value.hash })),
  );
  const putRun = prepare((value: RunTable) =>
    query
      .insertInto("runs")
      .values(only(value, ["id", ...replaced, "created_at"]))
      .onConflict((conflict) => conflict.column("id").doUpdateSet(only(value, replaced))),
  );
  const wakeOf = prepare((value: { id: string }) =>
    query.selectFrom("runs").select("wake_key").where("id", "=", value.id),
  );
  const getRun = prepare((value: { id: string }) => query.selectFrom("runs").selectAll().where("id", "=", value.id));
  const checkpoint = prepare((value: { id: string; state: string }) =>
    query.updateTable("runs").set({ state: value.state }).where("id", "=", value.id),
  );
  const deleteRun = prepare((value: { id: string }) =>
    query.deleteFrom("runs").where("id", "=", value.id).returning("wake_key"),
  );
  const putWait = prepare((value: WaitTable) =>
    query.insertInto("waits").values(only(value, ["id", "run_id", ...changed, "asked_at"])),
  );
  const removeWait = prepare((value: { runId: string }) => query.deleteFrom("waits").where("run_id", "=", value.runId));
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
  const count = prepare(() => query.selectFrom("runs").select((eb) => eb.fn.countAll<number>().as("count")));
  const putButton = prepare((value: ButtonTable) =>
    query
      .insertInto("buttons")
      .values(only(value, ["key", "rule_id", "rule_hash", "platform", "state", "created_at", "expires_at", "taken"])),
  );
  const getButton = prepare((value: { key: string }) =>
    query.selectFrom("buttons").selectAll().where("key", "=", value.key),
  );
  const takeButton = prepare((value: { key: string }) =>
    query.updateTable("buttons").set({ taken: 1 }).where("key", "=", value.key).where("taken", "=", 0).returning("key"),
  );
  const getRule = prepare((value: { hash: string }) =>
    query.selectFrom("rules").select("body").where("hash", "=", value.hash),
  );
  const purgeButtons = prepare((value: { now: number; most: number }) =>
    query
      .deleteFrom("buttons")
      .where("key", "in", (eb) =>
        eb
          .selectFrom("buttons")
          .select("key")
          .where("expires_at", "<=", value.now)
          .orderBy("expires_at")
          .limit(value.most),
      )
      .returning("key"),
  );
  const purgeRules = prepare((value: { most: number }) =>
    query
      .deleteFrom("rules")
      .where("hash", "in", (eb) => {
        const unused = eb
          .selectFrom("rules")
          .select("rules.hash")
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom("runs").select("runs.id").whereRef("runs.rule_hash", "=", "rules.hash"))),
          )
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom("buttons").select("buttons.key").whereRef("buttons.rule_hash", "=", "rules.hash"))),
          )
          .limit(value.most);
        return engine.dialect === "postgres" ? unused.forUpdate().skipLocked() : unused;
      })
      .returning("hash"),
  );

  return {
    suspend: (run, rule, wake, wait) =>
      engine.commit(function* () {
        yield* ask(putRule({ hash: run.ruleHash, body: JSON.stringify(rule) }));
        const [before] = yield* ask(wakeOf({ id: run.id }));
        if (before !== undefined && before.wake_key !== wake.key) yield* ask(removeWake({ key: before.wake_key }));
        yield* ask(
          putRun({
            id: run.id,
            rule_id: run.ruleId,
            rule_hash: run.ruleHash,
            platform: run.platform,
            state: JSON.stringify(run.state),
            wake_key: wake.key,
            created_at: run.createdAt,
          }),
        );
        yield* ask(putWake(rowOf(wake)));
        yield* ask(removeWait({ runId: run.id }));
        if (wait !== undefined) yield* ask(putWait(waitRow(wait)));
      }),

    async get(id) {
      const [row] = await engine.read(getRun({ id }));
      return row && runOf(row);
    },

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

    async checkpoint(id, state) {
      await engine.write(checkpoint({ id, state: JSON.stringify(state) }));
    },

    finish: (id) =>
      engine.commit(function* () {
        const [row] = yield* ask(deleteRun({ id }));
        if (row !== undefined) yield* ask(removeWake({ key: row.wake_key }));
      }),

    count: async () => (await engine.read(count({})))[0]!.count,

    async putButtons(buttons, rule) {
      const [any] = buttons;
      if (any === undefined) return;
      await engine.commit(function* () {
        yield* ask(putRule({ hash: any.ruleHash, body: JSON.stringify(rule) }));
        for (const button of buttons)
          yield* ask(
            putButton({
              key: button.key,
              rule_id: button.ruleId,
              rule_hash: button.ruleHash,
              platform: button.platform,
              state: JSON.stringify(button.state),
              created_at: button.createdAt,
              expires_at: button.expiresAt,
              taken: 0,
            }),
          );
      });
    },

    async button(key) {
      const [row] = await engine.read(getButton({ key }));
      if (row === undefined) return undefined;
      return {
        key: row.key,
        ruleId: row.rule_id,
        ruleHash: row.rule_hash,
        platform: row.platform,
        state: JSON.parse(row.state) as Json,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
      };
    },

    takeButton: async (key) => (await engine.write(takeButton({ key }))).length === 1,

    async rule(hash) {
      const [row] = await engine.read(getRule({ hash }));
      return row === undefined ? undefined : (JSON.parse(row.body) as Json);
    },

    purge: (now, most) =>
      engine.commit(function* () {
        const buttons = yield* ask(purgeButtons({ now, most }));
        if (buttons.length >= most) return buttons.length;
        const rules = yield* ask(purgeRules({ most: most - buttons.length }));
        return buttons.length + rules.length;
      }),
  };
}

function runOf(row: RunTable): SuspendedRun {
  return {
    id: row.id,
    ruleId: row.rule_id,
    ruleHash: row.rule_hash,
    platform: row.platform,
    state: JSON.parse(row.state) as Json,
    createdAt: row.created_at,
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
