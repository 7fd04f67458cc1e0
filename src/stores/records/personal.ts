import { sql } from "kysely";
import type { Json } from "../../contracts/event.ts";
import type { DataValue, PersonalCounts, PersonalStore } from "../../contracts/store.ts";
import { datumOf, removeDatum, setDatum } from "./data.ts";
import { ask, type Engine, prepare, type Unit } from "./engine.ts";
import type { ButtonTable, DataTable, JobTable, RunTable } from "./tables.ts";
import { warningOf } from "./warnings.ts";

type Person = { platform: string; id: string };

/** All that is kept of one person, in whichever table. It is asked for rarely, so no index is kept for it. */
export function personalStore(engine: Engine): PersonalStore {
  const { query } = engine;
  const setRow = setDatum(query);
  const removeRow = removeDatum(query);
  /** Narrows down what is then looked at exactly: text that holds a piece of text. */
  const holding = (column: string, piece: unknown) =>
    engine.dialect === "postgres"
      ? sql<boolean>`strpos(${sql.ref(column)}, ${piece}) > 0`
      : sql<boolean>`instr(${sql.ref(column)}, ${piece}) > 0`;

  const own = prepare((value: Person) =>
    query.selectFrom("data").selectAll().where("platform", "=", value.platform).where("subject", "=", value.id),
  );
  const naming = prepare((value: { piece: string }) =>
    query.selectFrom("data").selectAll().where(holding("json", value.piece)),
  );
  const warnings = prepare((value: Person) =>
    query
      .selectFrom("warnings")
      .selectAll()
      .where("platform", "=", value.platform)
      .where("user_id", "=", value.id)
      .orderBy("id"),
  );
  const runs = prepare((value: { platform: string; piece: string }) =>
    query.selectFrom("runs").selectAll().where("platform", "=", value.platform).where(holding("state", value.piece)),
  );
  const buttons = prepare((value: { platform: string; piece: string }) =>
    query.selectFrom("buttons").selectAll().where("platform", "=", value.platform).where(holding("state", value.piece)),
  );
  const jobs = prepare((value: { platform: string; piece: string }) =>
    query
      .selectFrom("jobs")
      .selectAll()
      .where("platform", "=", value.platform)
      .where("owner", "<>", "run")
      .where(holding("payload", value.piece)),
  );
  const cooldowns = prepare((value: Person) =>
    query.selectFrom("cooldowns").select("rule").where("platform", "=", value.platform).where("subject", "=", value.id),
  );
  const people = prepare((value: Person) =>
    query.selectFrom("people").select("id").where("platform", "=", value.platform).where("id", "=", value.id),
  );
  const removeWarning = prepare((value: { id: number }) => query.deleteFrom("warnings").where("id", "=", value.id));
  const removeRun = prepare((value: { id: string }) => query.deleteFrom("runs").where("id", "=", value.id));
  const removeButton = prepare((value: { key: string }) => query.deleteFrom("buttons").where("key", "=", value.key));
  const removeJob = prepare((value: { key: string }) => query.deleteFrom("jobs").where("key", "=", value.key));
  const removeCooldowns = prepare((value: Person) =>
    query.deleteFrom("cooldowns").where("platform", "=", value.platform).where("subject", "=", value.id),
  );
  const removePeople = prepare((value: Person) =>
    query.deleteFrom("people").where("platform", "=", value.platform).where("id", "=", value.id),
  );

  function* find(person: Person) {
    const { platform, id } = person;
    const quoted = JSON.stringify(id);
    const mine = yield* ask(own(person));
    const others = (yield* ask(naming({ piece: `"id":${quoted}` }))).filter(
      (row) => !isOwn(row, person) && names(contentOf(row), person),
    );
    return {
      mine,
      others,
      warnings: yield* ask(warnings(person)),
      runs: (yield* ask(runs({ platform, piece: quoted }))).filter((row) => isOf(row, id)),
      buttons: (yield* ask(buttons({ platform, piece: quoted }))).filter((row) => isOf(row, id)),
      jobs: (yield* ask(jobs({ platform, piece: quoted }))).filter((row) => mentions(parsed(row.payload), id)),
      cooldowns: yield* ask(cooldowns(person)),
      people: yield* ask(people(person)),
    };
  }
  type Found = ReturnType<typeof find> extends Generator<unknown, infer Result, unknown> ? Result : never;
  const found = (person: Person): Promise<Found> => engine.commit(() => find(person) as Unit<Found>);

  return {
    async data(platform, id) {
      const { mine, others } = await found({ platform, id });
      return [...mine, ...others].map(datumOf);
    },

    warnings: async (platform, id) => (await engine.read(warnings({ platform, id }))).map(warningOf),

    count: async (platform, id) => counted(await found({ platform, id })),

    erase: (platform, id) =>
      engine.commit(function* () {
        const person = { platform, id };
        const all = yield* find(person) as Unit<Found>;
        for (const row of all.mine) yield* ask(removeRow(row));
        for (const row of all.others) {
          const content = contentOf(row);
          if (Array.isArray(content)) {
            const left = (content as readonly Json[]).filter((entry) => !names(entry, person));
            yield* ask(setRow({ ...row, json: JSON.stringify(left) }));
          } else yield* ask(removeRow(row));
        }
        for (const row of all.warnings) yield* ask(removeWarning({ id: row.id }));
        for (const row of all.runs) {
          yield* ask(removeRun({ id: row.id }));
          yield* ask(removeJob({ key: row.wake_key }));
        }
        for (const row of all.buttons) yield* ask(removeButton({ key: row.key }));
        for (const row of all.jobs) yield* ask(removeJob({ key: row.key }));
        yield* ask(removeCooldowns(person));
        yield* ask(removePeople(person));
        return counted(all);
      }),
  };
}

type Rows<Row> = readonly Row[];

function counted(all: {
  readonly mine: Rows<unknown>;
  readonly others: Rows<unknown>;
  readonly warnings: Rows<unknown>;
  readonly runs: Rows<unknown>;
  readonly buttons: Rows<unknown>;
  readonly jobs: Rows<unknown>;
  readonly cooldowns: Rows<unknown>;
  readonly people: Rows<unknown>;
}): PersonalCounts {
  return {
    data: all.mine.length + all.others.length,
    warnings: all.warnings.length,
    runs: all.runs.length,
    buttons: all.buttons.length,
    cooldowns: all.cooldowns.length,
    jobs: all.jobs.length,
    people: all.people.length,
  };
}

const parsed = (json: string): Json => JSON.parse(json) as Json;

function contentOf(row: DataTable): DataValue {
  return row.json === null ? row.number! : parsed(row.json);
}

function isOwn(row: DataTable, { platform, id }: Person): boolean {
  return row.platform === platform && row.subject === id;
}

/** A value that is the person, or a list with them in it. */
function names(value: DataValue, person: Person): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some((entry) => names(entry, person));
  if (typeof value !== "object" || value === null || !("is_bot" in value)) return false;
  return value.platform === person.platform && value.id === person.id;
}

/** Whether a run or a button was begun by somebody: its state keeps the event. */
function isOf({ state }: Pick<RunTable | ButtonTable, "state">, id: string): boolean {
  const kept = parsed(state);
  const event = isRecord(kept) ? kept.event : undefined;
  const user = isRecord(event) ? event.user : undefined;
  return isRecord(user) && user.id === id;
}

/** Whether a payload holds the id, at whatever place. */
function mentions(value: Json, id: JobTable["key"]): boolean {
  if (typeof value !== "object" || value === null) return value === id;
  return Object.values(value).some((inner: Json) => mentions(inner, id));
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
