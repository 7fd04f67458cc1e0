import { type Selectable, sql } from "kysely";
import type { Warning, WarningStore } from "../../contracts/store.ts";
import { ask, atMost, type Engine, only, prepare } from "./engine.ts";
import type { WarningTable } from "./tables.ts";

const columns = ["platform", "server_id", "user_id", "user_name", "by_id", "by_name", "reason", "at"] as const;
type Person = { platform: string; server: string; user: string };

export function warningStore(engine: Engine): WarningStore {
  const { query } = engine;
  const insert = prepare((value: Omit<WarningTable, "id">) =>
    query.insertInto("warnings").values(only(value, columns)).returning("id"),
  );
  const ofPerson = (value: Person) =>
    query
      .selectFrom("warnings")
      .where("platform", "=", value.platform)
      .where("server_id", "=", value.server)
      .where("user_id", "=", value.user);
  const count = prepare((value: Person) => ofPerson(value).select((eb) => eb.fn.countAll<number>().as("count")));
  const list = prepare((value: Person) => ofPerson(value).selectAll().orderBy("id"));
  const removeAll = prepare((value: Person) =>
    query
      .deleteFrom("warnings")
      .where("platform", "=", value.platform)
      .where("server_id", "=", value.server)
      .where("user_id", "=", value.user)
      .returning("id"),
  );
  const removeOne = prepare((value: Person & { id: number }) =>
    query
      .deleteFrom("warnings")
      .where("platform", "=", value.platform)
      .where("server_id", "=", value.server)
      .where("user_id", "=", value.user)
      .where("id", "=", value.id)
      .returning("id"),
  );
  const latest = prepare((value: Person) => ofPerson(value).select("id").orderBy("id", "desc").limit(atMost(1)));
  const page = prepare((value: { after: number; most: number }) =>
    query.selectFrom("warnings").selectAll().where("id", ">", value.after).orderBy("id").limit(atMost(value.most)),
  );
  const same = prepare((value: Omit<WarningTable, "id">) =>
    columns
      .reduce((rows, column) => rows.where(column, "=", value[column]), query.selectFrom("warnings"))
      .select("id")
      .limit(atMost(1)),
  );
  /** Two warnings of one person at once must not both be told the same count, else a limit is missed or met twice. */
  const inTurn =
    engine.dialect === "postgres"
      ? prepare((value: { person: string }) =>
          query.selectNoFrom(sql<string>`pg_advisory_xact_lock(hashtextextended(${value.person}, 0))`.as("locked")),
        )
      : undefined;

  return {
    add: (warning) =>
      engine.commit(function* () {
        const person = { platform: warning.platform, server: warning.serverId, user: warning.userId };
        if (inTurn !== undefined) yield* ask(inTurn({ person: JSON.stringify(person) }));
        const [added] = yield* ask(insert(rowOf(warning)));
        const [counted] = yield* ask(count(person));
        return { id: added!.id, count: counted!.count };
      }),

    remove: (platform, serverId, userId, which) =>
      engine.commit(function* () {
        const person = { platform, server: serverId, user: userId };
        if (inTurn !== undefined) yield* ask(inTurn({ person: JSON.stringify(person) }));
        const id = which === "latest" ? (yield* ask(latest(person)))[0]?.id : which;
        const removed =
          id === undefined ? [] : yield* ask(id === "all" ? removeAll(person) : removeOne({ ...person, id }));
        const [counted] = yield* ask(count(person));
        return { removed: removed.length, left: counted!.count };
      }),

    list: async (platform, serverId, userId) =>
      (await engine.read(list({ platform, server: serverId, user: userId }))).map(warningOf),

    page: async (after, most) => (await engine.read(page({ after, most }))).map(warningOf),

    // Numbers are given out by the database alone, so a restored warning may get another one.
    restore: (warnings) =>
      engine.commit(function* () {
        let added = 0;
        for (const warning of warnings) {
          const row = rowOf(warning);
          const [known] = yield* ask(same(row));
          if (known !== undefined) continue;
          yield* ask(insert(row));
          added++;
        }
        return added;
      }),
  };
}

function rowOf(warning: Omit<Warning, "id">): Omit<WarningTable, "id"> {
  const { platform, serverId, userId, userName, byId, byName, reason, at } = warning;
  return {
    platform,
    server_id: serverId,
    user_id: userId,
    user_name: userName,
    by_id: byId,
    by_name: byName,
    reason,
    at,
  };
}

/** A row as the warning that it holds. */
export function warningOf(row: Selectable<WarningTable>): Warning {
  return {
    id: row.id,
    platform: row.platform,
    serverId: row.server_id,
    userId: row.user_id,
    userName: row.user_name,
    byId: row.by_id,
    byName: row.by_name,
    reason: row.reason,
    at: row.at,
  };
}
