import type { AuditRow, AuditStore } from "../../contracts/store.ts";
import { ask, type Engine, prepare, type Statement } from "./engine.ts";
import type { AuditTable } from "./tables.ts";

/** Rows that one statement inserts at most. */
const mostTogether = 64;

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
  const inserts = new Map<number, (rows: readonly AuditTable[]) => Statement>();
  const last = prepare(() =>
    query.selectFrom("audit").select(["sequence", "chain"]).orderBy("sequence", "desc").limit(1),
  );
  const page = prepare((value: { after: number; most: number }) =>
    query.selectFrom("audit").selectAll().where("sequence", ">", value.after).orderBy("sequence").limit(value.most),
  );
  const unfinished = prepare(() =>
    query
      .selectFrom("audit as intent")
      .selectAll()
      .where("intent.outcome", "=", "intent")
      .where("intent.ref", "<>", "")
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("audit as later")
              .select("later.sequence")
              .whereRef("later.ref", "=", "intent.ref")
              .whereRef("later.sequence", ">", "intent.sequence"),
          ),
        ),
      )
      .orderBy("intent.sequence"),
  );
  const oldest = prepare((value: { most: number }) =>
    query.selectFrom("audit").select(["sequence", "at"]).orderBy("sequence").limit(value.most),
  );
  const deleteUpTo = prepare((value: { sequence: number }) =>
    query.deleteFrom("audit").where("sequence", "<=", value.sequence).returning("sequence"),
  );

  /** One statement per power of two, so that few distinct statements are prepared. */
  function insert(rows: readonly AuditTable[]): Statement {
    let statement = inserts.get(rows.length);
    if (statement === undefined) {
      const places = rows.map((_, place) => place);
      const prepared = prepare((value: Record<string, string>) =>
        query
          .insertInto("audit")
          .columns(columns)
          .values(
            places.map(
              (place) =>
                Object.fromEntries(
                  columns.map((column) => [column, value[`${column}${place}`]]),
                ) as unknown as AuditTable,
            ),
          ),
      );
      statement = (some) =>
        prepared(
          Object.fromEntries(
            some.flatMap((row, place) => columns.map((column) => [`${column}${place}`, row[column] as string])),
          ),
        );
      inserts.set(rows.length, statement);
    }
    return statement(rows);
  }

  return {
    async append(rows) {
      const statements: Statement[] = [];
      for (let from = 0; from < rows.length; ) {
        const size = Math.min(mostTogether, 2 ** Math.floor(Math.log2(rows.length - from)));
        statements.push(insert(rows.slice(from, from + size).map(recordOf)));
        from += size;
      }
      const [only] = statements;
      if (only === undefined) return;
      if (statements.length === 1) await engine.write(only);
      else
        await engine.commit(function* () {
          for (const statement of statements) yield* ask(statement);
        });
    },

    last: async () => (await engine.read(last({})))[0],

    page: async (afterSequence, most) => (await engine.read(page({ after: afterSequence, most }))).map(rowOf),

    async find({ kind, action, actorId, targetId, sinceMs, most }) {
      let wanted = query.selectFrom("audit").selectAll();
      if (kind !== undefined) wanted = wanted.where("kind", "=", kind);
      if (action !== undefined) wanted = wanted.where("action", "=", action);
      if (actorId !== undefined) wanted = wanted.where("actor_id", "=", actorId);
      if (targetId !== undefined) wanted = wanted.where("target_id", "=", targetId);
      if (sinceMs !== undefined) wanted = wanted.where("at", ">=", sinceMs);
      const found = prepare(() => wanted.orderBy("sequence", "desc").limit(most));
      return (await engine.read(found({}))).map(rowOf);
    },

    unfinished: async () => (await engine.read(unfinished({}))).map(rowOf),

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

function recordOf(row: AuditRow): AuditTable {
  const { serverId, actorId, targetId, ...same } = row;
  return { ...same, server_id: serverId, actor_id: actorId, target_id: targetId };
}

function rowOf(record: AuditTable): AuditRow {
  const { server_id, actor_id, target_id, ...same } = record;
  return { ...same, serverId: server_id, actorId: actor_id, targetId: target_id };
}
