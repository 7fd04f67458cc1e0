import type { DataOwner, DataStore, DataValue, StoredDatum } from "../../contracts/store.ts";
import { ask, atMost, type Engine, only, prepare, type Statement, type Unit } from "./engine.ts";
import { putFact } from "./facts.ts";
import type { DataTable, QueryBuilder } from "./tables.ts";

const key = ["scope", "platform", "server", "subject", "name"] as const;
type Key = Pick<DataTable, (typeof key)[number]>;

/** More keys than this take several queries. */
const mostKeys = 512;

export function dataStore(engine: Engine): DataStore {
  const { query } = engine;
  const reads = new Map<string, (keys: readonly Key[]) => Statement<DataTable>>();

  const set = setDatum(query);
  const remove = removeDatum(query);
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

  /** Rows that are there only to be held, so that two who begin a value at once do so one after the other. */
  const hold = prepare((value: Key) =>
    query
      .insertInto("data")
      .values({ ...only(value, key), number: null, json: null })
      .onConflict((conflict) => conflict.columns(key).doNothing()),
  );
  type Among = Pick<Key, "name" | "scope" | "platform" | "server"> & { most: number };
  const ranking = (direction: "asc" | "desc") =>
    prepare((value: Among) =>
      query
        .selectFrom("data")
        .select(["subject", "number"])
        .where("name", "=", value.name)
        .where("scope", "=", value.scope)
        .where("platform", "=", value.platform)
        .where("server", "=", value.server)
        .where("number", "is not", null)
        .orderBy("number", direction)
        .orderBy("subject")
        .limit(atMost(value.most)),
    );
  const rankings = { highest: ranking("desc"), lowest: ranking("asc") };
  const first = prepare((value: { most: number }) => {
    const rows = query.selectFrom("data").selectAll().limit(atMost(value.most));
    return key.reduce((sorted, column) => sorted.orderBy(column), rows);
  });
  const behind = prepare((value: Key & { most: number }) => {
    const rows = query
      .selectFrom("data")
      .selectAll()
      .where((eb) =>
        eb(
          eb.refTuple("scope", "platform", "server", "subject", "name"),
          ">",
          eb.tuple(value.scope, value.platform, value.server, value.subject, value.name),
        ),
      )
      .limit(atMost(value.most));
    return key.reduce((sorted, column) => sorted.orderBy(column), rows);
  });
  const anyOf = prepare((value: { name: string }) =>
    query.selectFrom("data").select("name").where("name", "=", value.name).limit(atMost(1)),
  );
  const allOf = prepare((value: { name: string }) => {
    const rows = query.selectFrom("data").selectAll().where("name", "=", value.name);
    return engine.dialect === "postgres" ? rows.forUpdate() : rows;
  });
  const fact = putFact(query);

  /** One statement per power of two, so that few distinct statements are prepared; the last key fills the rest. */
  function readStatement(size: number, locked: boolean): (keys: readonly Key[]) => Statement<DataTable> {
    const known = reads.get(`${size} ${locked}`);
    if (known !== undefined) return known;
    const places = Array.from({ length: size }, (_, place) => place);
    const statement = prepare((value: Record<string, string>) => {
      const rows = query
        .selectFrom("data")
        .selectAll()
        .where((eb) =>
          eb.or(places.map((place) => eb.and(key.map((column) => eb(column, "=", value[`${column}${place}`]!))))),
        );
      if (!locked || engine.dialect === "sqlite") return rows;
      // Everybody takes the rows in one order, so that nobody waits for somebody who waits for them.
      return key.reduce((sorted, column) => sorted.orderBy(column), rows).forUpdate();
    });
    const read = (keys: readonly Key[]) => {
      const values: Record<string, string> = {};
      for (const place of places) {
        const one = keys[Math.min(place, keys.length - 1)]!;
        for (const column of key) values[`${column}${place}`] = one[column];
      }
      return statement(values);
    };
    reads.set(`${size} ${locked}`, read);
    return read;
  }

  const sizeFor = (count: number) => 2 ** Math.ceil(Math.log2(count));

  /** The rows of some keys, which nobody else changes before this transaction ends; SQLite has one writer at a time anyway. */
  function* lock(keys: readonly Key[]): Unit<readonly DataTable[]> {
    const lockRows = readStatement(sizeFor(keys.length), true);
    let rows = yield* ask(lockRows(keys));
    if (engine.dialect === "sqlite") return rows;
    while (rows.length < keys.length) {
      const there = new Set(rows.map(identity));
      for (const one of keys) if (!there.has(identity(one))) yield* ask(hold(one));
      rows = yield* ask(lockRows(keys));
    }
    return rows;
  }

  async function read(keys: readonly Key[]): Promise<(DataValue | undefined)[]> {
    const found = new Map<string, DataValue>();
    for (let from = 0; from < keys.length; from += mostKeys) {
      const some = keys.slice(from, from + mostKeys);
      for (const row of await engine.read(readStatement(sizeFor(some.length), false)(some))) {
        const content = contentOf(row);
        if (content !== undefined) found.set(identity(row), content);
      }
    }
    return keys.map((one) => found.get(identity(one)));
  }

  return {
    read: (keys) => read(keys.map(({ name, owner }) => keyOf(name, owner))),

    async set(name, owner, value) {
      await engine.write(set(rowOf(keyOf(name, owner), value)));
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

    change(keys, decide) {
      const wanted = keys.map(({ name, owner }) => keyOf(name, owner));
      const sorted = [...wanted].sort(inOrder);
      return engine.commit(function* () {
        const rows = new Map((yield* lock(sorted)).map((row) => [identity(row), row]));
        const stored = wanted.map((one) => {
          const row = rows.get(identity(one));
          return row === undefined ? undefined : contentOf(row);
        });
        const decided = decide(stored) ?? stored;
        for (const [place, one] of wanted.entries()) {
          const value = decided[place];
          if (value === undefined && rows.has(identity(one))) yield* ask(remove(one));
          else if (value !== undefined && value !== stored[place]) yield* ask(set(rowOf(one, value)));
        }
      });
    },

    async ranking(name, { scope, platform, server }, order, most) {
      const rows = await engine.read(rankings[order]({ name, scope, platform, server, most }));
      return rows.map(({ subject, number }) => ({ subject, value: number! }));
    },

    async page(after, most) {
      const statement = after === undefined ? first({ most }) : behind({ ...keyOf(after.name, after.owner), most });
      return (await engine.read(statement)).map(datumOf);
    },

    holds: async (name) => (await engine.read(anyOf({ name }))).length > 0,

    convert: (conversions) =>
      engine.commit(function* () {
        const converted: DataTable[] = [];
        for (const { name, convert } of conversions) {
          if (convert === undefined) continue;
          for (const row of yield* ask(allOf({ name }))) {
            const before = contentOf(row)!;
            const next = convert(before);
            if (next === undefined) return datumOf(row);
            if (next !== before) converted.push(rowOf(row, next));
          }
        }
        for (const row of converted) yield* ask(set(row));
        for (const { fact: one } of conversions)
          yield* ask(fact({ space: one.space, key: one.key, value: JSON.stringify(one.value) }));
        return undefined;
      }),
  };
}

/** Stores a value or replaces the one of the same key. */
export function setDatum(query: QueryBuilder) {
  return prepare((value: DataTable) =>
    query
      .insertInto("data")
      .values(only(value, [...key, "number", "json"]))
      .onConflict((conflict) => conflict.columns(key).doUpdateSet(only(value, ["number", "json"]))),
  );
}

export function removeDatum(query: QueryBuilder) {
  return prepare((value: Key) =>
    query
      .deleteFrom("data")
      .where("scope", "=", value.scope)
      .where("platform", "=", value.platform)
      .where("server", "=", value.server)
      .where("subject", "=", value.subject)
      .where("name", "=", value.name),
  );
}

function keyOf(name: string, owner: DataOwner): Key {
  return { scope: owner.scope, platform: owner.platform, server: owner.server, subject: owner.subject, name };
}

function rowOf(one: Key, value: DataValue): DataTable {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`"${one.name}" cannot hold ${value}`);
  const isNumber = typeof value === "number";
  return { ...onlyKey(one), number: isNumber ? value : null, json: isNumber ? null : JSON.stringify(value) };
}

function onlyKey({ scope, platform, server, subject, name }: Key): Key {
  return { scope, platform, server, subject, name };
}

/** A row as the datum that it holds. */
export function datumOf(row: DataTable): StoredDatum {
  const { scope, platform, server, subject, name } = row;
  return { name, owner: { scope: scope as DataOwner["scope"], platform, server, subject }, value: contentOf(row)! };
}

/** The databases' own order may follow a language; for locks any order does that everybody keeps. */
function inOrder(a: Key, b: Key): number {
  const [one, other] = [identity(a), identity(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function identity(one: Key): string {
  return JSON.stringify([one.scope, one.platform, one.server, one.subject, one.name]);
}

/** Undefined for a row that is only held. */
function contentOf(row: DataTable): DataValue | undefined {
  return row.json === null ? (row.number ?? undefined) : (JSON.parse(row.json) as DataValue);
}
