import { sql } from "kysely";
import type { Json } from "../../contracts/event.ts";
import type { PersonalRun, PersonalStore } from "../../contracts/store.ts";
import { buttonOf } from "./buttons.ts";
import { datumOf, removeDatum, setDatum } from "./data.ts";
import { ask, type Engine, prepare, type Unit } from "./engine.ts";
import { jobOf } from "./job-rows.ts";
import {
  contentOf,
  counted,
  hasTicked,
  isOf,
  isOwn,
  isPrivate,
  mentions,
  names,
  type Person,
  parsed,
  withIdOnly,
  withoutPerson,
} from "./personal-rows.ts";
import { runOf } from "./run-rows.ts";
import { warningOf } from "./warnings.ts";

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
  const asking = prepare((value: Person) =>
    query
      .selectFrom("runs")
      .innerJoin("waits", "waits.run_id", "runs.id")
      .selectAll("runs")
      .where("waits.platform", "=", value.platform)
      .where("waits.person_id", "=", value.id),
  );
  const timesOf = prepare((value: { run: string }) =>
    query
      .selectFrom("runs")
      .leftJoin("jobs", "jobs.key", "runs.wake_key")
      .leftJoin("waits", "waits.run_id", "runs.id")
      .select(["jobs.due_at", "waits.asked_at"])
      .where("runs.id", "=", value.run),
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
    query
      .selectFrom("cooldowns")
      .select(["rule", "until"])
      .where("platform", "=", value.platform)
      .where("subject", "=", value.id),
  );
  const people = prepare((value: Person) =>
    query.selectFrom("people").select("id").where("platform", "=", value.platform).where("id", "=", value.id),
  );
  const removeWarning = prepare((value: { id: number }) => query.deleteFrom("warnings").where("id", "=", value.id));
  const removeRun = prepare((value: { id: string }) => query.deleteFrom("runs").where("id", "=", value.id));
  const removeButton = prepare((value: { key: string }) => query.deleteFrom("buttons").where("key", "=", value.key));
  const setState = prepare((value: { key: string; state: string }) =>
    query.updateTable("buttons").set({ state: value.state }).where("key", "=", value.key),
  );
  const removeJob = prepare((value: { key: string }) => query.deleteFrom("jobs").where("key", "=", value.key));
  const setPayload = prepare((value: { key: string; payload: string }) =>
    query.updateTable("jobs").set({ payload: value.payload }).where("key", "=", value.key),
  );
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
    const begun = (yield* ask(runs({ platform, piece: quoted }))).filter((row) => isOf(row, id));
    const pressable = (yield* ask(buttons({ platform, piece: quoted }))).filter(
      (row) => isOf(row, id) || hasTicked(row, id),
    );
    return {
      mine,
      others,
      runs: begun,
      asked: (yield* ask(asking(person))).filter((row) => !begun.some((one) => one.id === row.id)),
      warnings: yield* ask(warnings(person)),
      buttons: pressable.filter((row) => isOf(row, id) && isPrivate(row)),
      shared: pressable.filter((row) => !isOf(row, id) || !isPrivate(row)),
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

    async work(platform, id) {
      const all = await found({ platform, id });
      const runs: PersonalRun[] = [];
      for (const row of [...all.runs, ...all.asked]) {
        const [times] = await engine.read(timesOf({ run: row.id }));
        const { due_at = null, asked_at = null } = times ?? {};
        runs.push({
          ...runOf(row),
          isTheirs: all.runs.includes(row),
          ...(due_at === null ? {} : { goesOnAt: due_at }),
          ...(asked_at === null ? {} : { askedAt: asked_at }),
        });
      }
      const buttons = [...all.buttons, ...all.shared].map(buttonOf);
      return { runs, buttons, cooldowns: all.cooldowns, jobs: all.jobs.map(jobOf) };
    },

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
        for (const { key, state } of all.shared)
          yield* ask(setState({ key, state: JSON.stringify(withoutPerson(parsed(state), id)) }));
        for (const { key, payload } of all.jobs)
          yield* ask(setPayload({ key, payload: JSON.stringify(withIdOnly(parsed(payload), id)) }));
        yield* ask(removeCooldowns(person));
        yield* ask(removePeople(person));
        return counted(all);
      }),
  };
}
