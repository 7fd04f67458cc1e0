import { type CreateTableBuilder, type Kysely, type Migration, Migrator, sql } from "kysely";

const first: Migration = {
  async up(db) {
    await table(db, "data", ["scope", "platform", "server", "subject", "name"])
      .addColumn("number", "double precision")
      .addColumn("json", "text")
      .addPrimaryKeyConstraint("data_key", ["scope", "platform", "server", "subject", "name"])
      .execute();

    await numbered(db, "warnings", ["platform", "server_id", "user_id", "user_name", "by_id", "by_name", "reason"])
      .addColumn("at", "bigint", (column) => column.notNull())
      .execute();
    await index(db, "warnings", ["platform", "server_id", "user_id"]);

    await table(db, "jobs", ["owner", "platform", "payload"], "key")
      .addColumn("due_at", "bigint", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("lease_until", "bigint", (column) => column.notNull())
      .execute();
    await index(db, "jobs", ["due_at"]);

    await table(db, "rules", ["body"], "hash").execute();
    await table(db, "runs", ["rule_id", "platform", "state", "wake_key"], "id")
      .addColumn("rule_hash", "text", (column) => column.notNull().references("rules.hash"))
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .execute();
    await index(db, "runs", ["rule_hash"]);
    await table(db, "buttons", ["rule_id", "platform", "state"], "key")
      .addColumn("rule_hash", "text", (column) => column.notNull().references("rules.hash"))
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .addColumn("taken", "integer", (column) => column.notNull())
      .execute();
    await index(db, "buttons", ["rule_hash"]);
    await index(db, "buttons", ["expires_at"]);

    await table(db, "people", ["platform", "id", "name"])
      .addColumn("username", "text")
      .addColumn("seen_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("people_key", ["platform", "id"])
      .execute();
    await index(db, "people", ["platform", "username"]);

    await table(db, "facts", ["space", "key", "value"])
      .addPrimaryKeyConstraint("facts_key", ["space", "key"])
      .execute();

    await table(db, "audit", [
      ...["kind", "platform", "server_id", "actor_id", "target_id", "action", "outcome", "ref"],
      ...["content", "salt", "digest", "chain"],
    ])
      // On SQLite a whole number of this very type is the row's own number, which needs no index of its own.
      .addColumn("sequence", isSqlite(db) ? "integer" : "bigint", (column) => column.primaryKey())
      .addColumn("at", "bigint", (column) => column.notNull())
      .execute();
    // Commands in use are most of the rows, written while somebody waits: they are in no index but the chain's own.
    for (const column of ["kind", "action", "actor_id"])
      await sql`create index ${sql.ref(`audit_${column}`)} on audit (${sql.ref(column)}, sequence) where kind <> 'commands'`.execute(
        db,
      );
    await sql`create index audit_target_id on audit (target_id, sequence) where target_id <> ''`.execute(db);
    await sql`create index audit_ref on audit (ref) where ref <> ''`.execute(db);
    await sql`create index audit_intents on audit (sequence) where outcome = 'intent'`.execute(db);
  },
};

const waits: Migration = {
  async up(db) {
    await table(db, "waits", ["platform", "channel_id", "person_id", "question_id"], "id")
      .addColumn("run_id", "text", (column) => column.notNull().unique().references("runs.id").onDelete("cascade"))
      .addColumn("asked_at", "bigint", (column) => column.notNull())
      .execute();
  },
};

const memory: Migration = {
  async up(db) {
    // Who has most is asked while somebody waits; only numbers are put in order.
    await sql`create index data_ranking on data (name, scope, platform, server, number) where number is not null`.execute(
      db,
    );
    await table(db, "cooldowns", ["rule", "platform", "server", "subject"])
      .addColumn("until", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("cooldowns_key", ["rule", "platform", "server", "subject"])
      .execute();
    await index(db, "cooldowns", ["until"]);
  },
};

/** Runs that are branches of other runs, and runs that must not overlap. */
const branches: Migration = {
  async up(db) {
    for (const name of ["parent_id", "overlap"])
      await db.schema
        .alterTable("runs")
        .addColumn(name, "text", (column) => column.notNull().defaultTo(""))
        .execute();
    for (const [name, type] of [
      ["place", "integer"],
      ["ended", "integer"],
      ["queued", "bigint"],
    ] as const)
      await db.schema
        .alterTable("runs")
        .addColumn(name, type, (column) => column.notNull().defaultTo(0))
        .execute();
    await sql`create index runs_parent_id on runs (parent_id, place) where parent_id <> ''`.execute(db);
    await sql`create index runs_overlap on runs (overlap, queued) where overlap <> ''`.execute(db);
    await index(db, "runs", ["wake_key"]);
  },
};

/** Ordered by name; a migration that was released is never changed, the next one gets the next number. */
const migrations: Record<string, Migration> = { "0001": first, "0002": waits, "0003": memory, "0004": branches };

/**
 * Brings the tables to today's version.
 * @param schema PostgreSQL's current schema, because tables of the same name may stand in other schemas.
 * @throws when the database refuses or was written by a newer botctl.
 */
export async function migrate(db: Kysely<unknown>, schema?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: "botctl_migrations",
    migrationLockTableName: "botctl_migrations_lock",
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message))
    throw new Error("the database was written by a newer botctl: update botctl, or name another database");
  throw error;
}

function table(db: Kysely<unknown>, name: string, texts: readonly string[], key?: string) {
  let builder: CreateTableBuilder<string, string> = db.schema.createTable(name);
  if (key !== undefined) builder = builder.addColumn(key, "text", (column) => column.primaryKey());
  for (const text of texts) builder = builder.addColumn(text, "text", (column) => column.notNull());
  return builder;
}

function isSqlite(db: Kysely<unknown>): boolean {
  return !db.getExecutor().adapter.supportsTransactionalDdl;
}

/** A table whose `id` the database counts up and never gives out twice. */
function numbered(db: Kysely<unknown>, name: string, texts: readonly string[]) {
  const sqlite = isSqlite(db);
  let builder: CreateTableBuilder<string, string> = sqlite
    ? db.schema.createTable(name).addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
    : db.schema.createTable(name).addColumn("id", "bigserial", (column) => column.primaryKey());
  for (const text of texts) builder = builder.addColumn(text, "text", (column) => column.notNull());
  return builder;
}

async function index(db: Kysely<unknown>, on: string, columns: readonly string[]): Promise<void> {
  await db.schema
    .createIndex(`${on}_${columns.join("_")}`)
    .on(on)
    .columns([...columns])
    .execute();
}
