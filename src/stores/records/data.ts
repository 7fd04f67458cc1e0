import type { DataOwner, DataStore, DataValue } from "../../contracts/store.ts";
import { type Engine, only, prepare, type Statement } from "./engine.ts";
import type { DataTable } from "./tables.ts";

const key = ["scope", "platform", "server", "subject", "name"] as const;
type Key = Pick<DataTable, (typeof key)[number]>;

/** More keys than this take several queries. */
const mostKeys = 512;

export function dataStore(engine: Engine): DataStore {
  const { query } = engine;
  const reads = new Map<number, (keys: readonly Key[]) => Statement<DataTable>>();

  const set = prepare((value: DataTable) =>
    query
      .insertInto("data")
      .values(only(value, [...key, "number", "json"]))
      .onConflict((conflict) => conflict.columns(key).doUpdateSet(only(value, ["number", "json"]))),
  );
  const remove = prepare((value: Key) =>
    query
      .deleteFrom("data")
      .where("scope", "=", value.scope)
      .where("platform", "=", value.platform)
      .where("server", "=", value.server)
      .where("subject", "=", value.subject)
      .where("name", "=", value.name),
  );
  type Add = Key & { start: number; by: number; sum: number; minimum: number; maximum: number };
  const addStored = prepare((value: Add) =>
    query
      .updateTable("data")
      .set((eb) => ({ number: eb(eb.fn.coalesce("number", eb.val(value.start)), "+", value.by), json: null }))
      .where("scope", "=", value.scope)
      .where("platform", "=", value.platform)
      .where("server", "=", value.server)
      .where("subject", "=", value.subject)
      .where("name", "=", value.name)
      .where((eb) =>
        eb.between(
          eb(eb.fn.coalesce("number", eb.val(value.start)), "+", value.by),
          eb.val(value.minimum),
          eb.val(value.maximum),
        ),
      )
      .returning("number"),
  );
  const addAny = prepare((value: Add) =>
    query
      .insertInto("data")
      .values({
        scope: value.scope,
        platform: value.platform,
        server: value.server,
        subject: value.subject,
        name: value.name,
        number: value.sum,
        json: null,
      })
      .onConflict((conflict) =>
        conflict
          .columns(key)
          .doUpdateSet((eb) => ({
            number: eb(eb.fn.coalesce("data.number", eb.val(value.start)), "+", value.by),
            json: null,
          }))
          .where((eb) =>
            eb.between(
              eb(eb.fn.coalesce("data.number", eb.val(value.start)), "+", value.by),
              eb.val(value.minimum),
              eb.val(value.maximum),
            ),
          ),
      )
      .returning("number"),
  );

  /** One statement per power of two, so that few distinct statements are prepared; the last key fills the rest. */
  function readStatement(size: number): (keys: readonly Key[]) => Statement<DataTable> {
    const known = reads.get(size);
    if (known !== undefined) return known;
    const places = Array.from({ length: size }, (_, place) => place);
    const statement = prepare((value: Record<string, string>) =>
      query
        .selectFrom("data")
        .selectAll()
        .where((eb) =>
          eb.or(places.map((place) => eb.and(key.map((column) => eb(column, "=", value[`${column}${place}`]!))))),
        ),
    );
    const read = (keys: readonly Key[]) => {
      const values: Record<string, string> = {};
      for (const place of places) {
        const one = keys[Math.min(place, keys.length - 1)]!;
        for (const column of key) values[`${column}${place}`] = one[column];
      }
      return statement(values);
    };
    reads.set(size, read);
    return read;
  }

  async function read(keys: readonly Key[]): Promise<(DataValue | undefined)[]> {
    const found = new Map<string, DataValue>();
    for (let from = 0; from < keys.length; from += mostKeys) {
      const some = keys.slice(from, from + mostKeys);
      const size = 2 ** Math.ceil(Math.log2(some.length));
      for (const row of await engine.read(readStatement(size)(some))) found.set(identity(row), contentOf(row));
    }
    return keys.map((one) => found.get(identity(one)));
  }

  return {
    read: (keys) => read(keys.map(({ name, owner }) => keyOf(name, owner))),

    async set(name, owner, value) {
      if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`"${name}" cannot hold ${value}`);
      await engine.write(
        set({
          ...keyOf(name, owner),
          number: typeof value === "number" ? value : null,
          json: typeof value === "number" ? null : JSON.stringify(value),
        }),
      );
    },

    async add(name, owner, by, bounds) {
      // Beyond 2^53 a double skips integers, so that adding 1 could change nothing.
      const minimum = bounds.minimum ?? -Number.MAX_SAFE_INTEGER;
      const maximum = bounds.maximum ?? Number.MAX_SAFE_INTEGER;
      const sum = bounds.start + by;
      const values = { ...keyOf(name, owner), start: bounds.start, by, sum, minimum, maximum };
      // Where the first value would already break the bounds, only a stored one can be added to.
      const fits = sum >= minimum && sum <= maximum;
      const [row] = await engine.write(fits ? addAny(values) : addStored(values));
      if (row !== undefined) return { ok: true, value: row.number! };
      const [stored] = await read([keyOf(name, owner)]);
      return { ok: false, value: typeof stored === "number" ? stored : bounds.start };
    },

    async remove(name, owner) {
      await engine.write(remove(keyOf(name, owner)));
    },
  };
}

function keyOf(name: string, owner: DataOwner): Key {
  return { scope: owner.scope, platform: owner.platform, server: owner.server, subject: owner.subject, name };
}

function identity(one: Key): string {
  return JSON.stringify([one.scope, one.platform, one.server, one.subject, one.name]);
}

function contentOf(row: DataTable): DataValue {
  return row.json === null ? row.number! : (JSON.parse(row.json) as DataValue);
}
