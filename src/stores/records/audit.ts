import { sql } from "kysely";
import type { AuditRow, AuditStore } from "../../contracts/store.ts";
import { ask, atMost, type Engine, prepare, type Statement } from "./engine.ts";
import type { AuditTable } from "./tables.ts";

const columns = [
  ...([
    "sequence",
    "at",
    "kind",
    "platform",
    "server_id",
    "actor_id",
    "target_id",
    "action",
    "outcome",
    "ref",
  ] as const),
  ...(["content", "salt", "digest", "chain"] as const),
];

export function auditStore(engine: Engine): AuditStore {
  const { query } = engine;
  const inserts = new Map<number, string>();
  const last = prepare(() =>
    query.selectFrom("audit").select(["sequence", "chain"]).orderBy("sequence", "desc").limit(atMost(1)),
  );
  const page = prepare((value: { after: number; most: number }) =>
    query
      .selectFrom("audit")
      .selectAll()
      .where("sequence", ">", value.after)
      .orderBy("sequence")
      .limit(atMost(value.most)),
  );
  const unfinished = prepare(() =>
    query
      .selectFrom("audit as intent")
      .selectAll()
      // Here and below written out, so that the databases see that an index of these rows serves.
      .where("intent.outcome", "=", sql.lit("intent"))
      .where("intent.ref", "<>", sql.lit(""))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("audit as later")
              .select("later.sequence")
              .whereRef("later.ref", "=", "intent.ref")
              .where("later.ref", "<>", sql.lit(""))
              .whereRef("later.sequence", ">", "intent.sequence"),
          ),
        ),
      )
      .orderBy("intent.sequence"),
  );
  type Person = { platform: string; person: string };
  const about = prepare((value: Person) =>
    query
      .selectFrom("audit")
      .selectAll()
      .where("platform", "=", value.platform)
      .where((eb) => eb.or([eb("actor_id", "=", value.person), eb("target_id", "=", value.person)]))
      .orderBy("sequence"),
  );
  const erase = prepare((value: Person) =>
    query
      .updateTable("audit")
      .set({ content: "", salt: "" })
      .where("platform", "=", value.platform)
      .where((eb) => eb.or([eb("actor_id", "=", value.person), eb("target_id", "=", value.person)]))
      .where("content", "<>", "")
      .returning("sequence"),
  );
  const oldest = prepare((value: { most: number }) =>
    query.selectFrom("audit").select(["sequence", "at"]).orderBy("sequence").limit(atMost(value.most)),
  );
  const deleteUpTo = prepare((value: { sequence: number }) =>
    query.deleteFrom("audit").where("sequence", "<=", value.sequence).returning("sequence"),
  );

  function insert(rows: readonly AuditRow[]): Statement {
    let sqlText = inserts.get(rows.length);
    if (sqlText === undefined) {
      const standIns = rows.map(
        () => Object.fromEntries(columns.map((column) => [column, ""])) as unknown as AuditTable,
      );
      sqlText = query.insertInto("audit").columns(columns).values(standIns).compile().sql;
      inserts.set(rows.length, sqlText);
    }
    const parameters: unknown[] = [];
    for (const row of rows) addValues(row, parameters);
    return { sql: sqlText, parameters };
  }

  return {
    async append(rows) {
      await engine.write(() => insert(rows()));
    },

    last: async () => (await engine.read(last({})))[0],

    page: async (afterSequence, most) => (await engine.read(page({ after: afterSequence, most }))).map(rowOf),

    async find({ kind, action, actorId, targetId, platform, serverId, outcome, sinceMs, most }) {
      let wanted = query.selectFrom("audit").selectAll();
      if (kind !== undefined) wanted = wanted.where("kind", "=", kind);
      if (kind !== undefined && kind !== "commands") wanted = wanted.where("kind", "<>", sql.lit("commands"));
      if (targetId !== undefined && targetId !== "") wanted = wanted.where("target_id", "<>", sql.lit(""));
      if (action !== undefined) wanted = wanted.where("action", "=", action);
      if (actorId !== undefined) wanted = wanted.where("actor_id", "=", actorId);
      if (targetId !== undefined) wanted = wanted.where("target_id", "=", targetId);
      if (platform !== undefined) wanted = wanted.where("platform", "=", platform);
      if (serverId !== undefined) wanted = wanted.where("server_id", "=", serverId);
      if (outcome !== undefined) wanted = wanted.where("outcome", "=", outcome);
      if (sinceMs !== undefined) wanted = wanted.where("at", ">=", sinceMs);
      const found = prepare(() => wanted.orderBy("sequence", "desc").limit(atMost(most)));
      return (await engine.read(found({}))).map(rowOf);
    },

    unfinished: async () => (await engine.read(unfinished({}))).map(rowOf),

    about: async (platform, person) => (await engine.read(about({ platform, person }))).map(rowOf),

    erase: async (platform, person) => (await engine.write(erase({ platform, person }))).length,

    // Only a beginning of the chain goes: after a clock that was set back, an old row may stand behind a young one.
    purge: (before, most) =>
      engine.commit(function* () {
        let upTo: number | undefined;
        for (const row of yield* ask(oldest({ most }))) {
          if (row.at >= before) break;
          upTo = row.sequence;
        }
        if (upTo === undefined) return 0;
        return (yield* ask(deleteUpTo({ sequence: upTo }))).length;
      }),
  };
}

/** In the order of `columns`. */
function addValues(row: AuditRow, to: unknown[]): void {
  to.push(row.sequence, row.at, row.kind, row.platform, row.serverId, row.actorId, row.targetId, row.action);
  to.push(row.outcome, row.ref, row.content, row.salt, row.digest, row.chain);
}

function rowOf(record: AuditTable): AuditRow {
  const { server_id, actor_id, target_id, ...same } = record;
  return { ...same, serverId: server_id, actorId: actor_id, targetId: target_id };
}
