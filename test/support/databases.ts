import { randomBytes } from "node:crypto";
import pg from "pg";

/** A PostgreSQL schema of this run's own, or nothing where no server answers. */
export interface FreshSchema {
  /** An address whose connections see only the fresh schema. */
  readonly url: string;
  drop(): Promise<void>;
}

const postgresUrl = process.env.BOTCTL_TEST_POSTGRES_URL ?? "postgres://root@127.0.0.1:5432/test";
export const redisUrl = process.env.BOTCTL_TEST_REDIS_URL ?? "redis://127.0.0.1:6379";

/** Makes a schema; where no server answers it says so in one line, and with CI=true it throws. */
export async function freshPostgresSchema(): Promise<FreshSchema | undefined> {
  const name = `botctl_test_${randomBytes(6).toString("hex")}`;
  if (!(await reachable("PostgreSQL", postgresUrl, () => run(`create schema ${name}`)))) return undefined;
  const url = new URL(postgresUrl);
  // No test cuts the server's power, so none needs to wait for its disk.
  url.searchParams.set("options", `-csynchronous_commit=off -csearch_path=${name}`);
  return { url: url.href, drop: () => run(`drop schema ${name} cascade`) };
}

/** Whether Redis answers; where not, one line says so, and with CI=true it throws. */
export async function redisIsThere(): Promise<boolean> {
  const { Redis } = await import("ioredis");
  return reachable("Redis", redisUrl, async () => {
    const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 3_000 });
    redis.on("error", () => {});
    try {
      await redis.connect();
      await redis.ping();
    } finally {
      redis.disconnect();
    }
  });
}

async function run(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function reachable(what: string, url: string, attempt: () => Promise<void>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (process.env.CI === "true") throw error;
    process.stderr.write(`skipped: no ${what} answers at ${new URL(url).host}\n`);
    return false;
  }
}
