import type { Json } from "../../contracts/event.ts";
import type { FactStore } from "../../contracts/store.ts";
import { type Engine, only, prepare } from "./engine.ts";
import type { FactTable, QueryBuilder } from "./tables.ts";

export function factStore(engine: Engine): FactStore {
  const { query } = engine;
  type Key = Pick<FactTable, "space" | "key">;
  const get = prepare((value: Key) =>
    query.selectFrom("facts").select("value").where("space", "=", value.space).where("key", "=", value.key),
  );
  const set = putFact(query);
  const remove = prepare((value: Key) =>
    query.deleteFrom("facts").where("space", "=", value.space).where("key", "=", value.key),
  );
  const all = prepare((value: { space: string }) =>
    query.selectFrom("facts").select(["key", "value"]).where("space", "=", value.space).orderBy("key"),
  );

  return {
    async get(space, key) {
      const [row] = await engine.read(get({ space, key }));
      return row === undefined ? undefined : (JSON.parse(row.value) as Json);
    },
    async set(space, key, value) {
      await engine.write(set({ space, key, value: JSON.stringify(value) }));
    },
    async remove(space, key) {
      await engine.write(remove({ space, key }));
    },
    async all(space) {
      const rows = await engine.read(all({ space }));
      return new Map(rows.map((row) => [row.key, JSON.parse(row.value) as Json]));
    },
  };
}

/** Stores a fact or replaces the one of the same key. */
export function putFact(query: QueryBuilder) {
  return prepare((value: FactTable) =>
    query
      .insertInto("facts")
      .values(only(value, ["space", "key", "value"]))
      .onConflict((conflict) => conflict.columns(["space", "key"]).doUpdateSet({ value: value.value })),
  );
}
