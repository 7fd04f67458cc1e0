import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { open } from "../../src/stores/postgres/index.ts";
import { eventually } from "../support/app.ts";
import { freshPostgresSchema } from "../support/databases.ts";
import { startProxy } from "./proxy.ts";

const schema = await freshPostgresSchema();
const now = () => 1;
const bot = { scope: "bot", platform: "", server: "", subject: "" } as const;

/** The database's address with changes. */
function address(change: (url: URL) => void): string {
  const url = new URL(schema!.url);
  change(url);
  return url.href;
}

describe.runIf(schema !== undefined)("postgres", () => {
  const admin = new pg.Client({ connectionString: schema?.url });
  const connected = schema === undefined ? Promise.resolve() : admin.connect();
  afterAll(async () => {
    await admin.end();
    await schema?.drop();
  });

  /** The server's processes for the connections of this name. */
  async function connections(name: string): Promise<readonly number[]> {
    await connected;
    const { rows } = await admin.query("select pid from pg_stat_activity where application_name = $1", [name]);
    return rows.map(({ pid }) => pid as number);
  }

  test("as many connections as the minimum are held from the start, and again after an outage", async () => {
    const name = `${new URL(schema!.url).searchParams.get("options")!.slice(-12)}-min`;
    const url = address(({ searchParams }) => searchParams.set("application_name", name));
    const store = await open({ kind: "postgres", url, min: 3, max: 6, timeoutMs: 20_000 }, now);
    const first = await connections(name);
    expect(first).toHaveLength(3);
    await admin.query("select pg_terminate_backend(pid) from unnest($1::int[]) as pid", [first]);
    // The server ends a process some time after it was told to.
    await eventually(async () => {
      const now = await connections(name);
      expect(now).toHaveLength(3);
      expect(now.filter((pid) => first.includes(pid))).toEqual([]);
    });
    await store.data.set("x", bot, 1);
    await Promise.all(Array.from({ length: 40 }, (_, n) => store.data.set(`n${n}`, bot, n)));
    expect((await connections(name)).length).toBeLessThanOrEqual(6);
    await store.close();
  });

  test("a request that takes too long is ended by the server, and the next one is answered", async () => {
    const store = await open({ kind: "postgres", url: schema!.url, min: 1, max: 1, timeoutMs: 2_000 }, now);
    await connected;
    await admin.query("begin; lock table data in access exclusive mode");
    await expect(store.data.set("x", bot, 1)).rejects.toThrow("did not answer within 2 seconds");
    await admin.query("rollback");
    await store.data.set("x", bot, 2);
    await store.close();
  });

  test("a server that has died does not hold a request for ever", async () => {
    const proxy = await startProxy(Number(new URL(schema!.url).port || 5432));
    const url = address((one) => {
      one.port = String(proxy.port);
    });
    const store = await open({ kind: "postgres", url, min: 1, max: 2, timeoutMs: 2_000 }, now);
    proxy.freeze();
    await expect(store.data.set("x", bot, 1)).rejects.toThrow("did not answer within 2 seconds");
    await proxy.cut();
    await expect(store.data.set("x", bot, 1)).rejects.toThrow(/cannot be reached/);
    await proxy.mend();
    await store.data.set("x", bot, 2);
    await store.close();
    await proxy.close();
  });

  test.each<[string, (url: URL) => void, string]>([
    ["nobody there", (url) => (url.port = "1"), "cannot be reached: nothing answers there"],
    ["no such database", (url) => (url.pathname = "/nowhere"), 'there is no database "nowhere"'],
    ["no such schema", (url) => url.searchParams.set("options", "-csearch_path=nowhere"), "does not exist in"],
    ["no such host", (url) => (url.hostname = "db.invalid"), "cannot be reached"],
  ])("what is wrong is told in words, without the password: %s", async (_, change, sentence) => {
    const url = address((one) => {
      one.password = "hunter22";
      change(one);
    });
    const problem = await open({ kind: "postgres", url, min: 1, max: 2, timeoutMs: 5_000 }, now).then(
      () => "opened",
      (error: Error) => error.message,
    );
    expect(problem).toContain(sentence);
    expect(problem).not.toContain("hunter22");
  });

  test("tables of another program are not touched", async () => {
    const other = await freshPostgresSchema();
    const client = new pg.Client({ connectionString: other!.url });
    await client.connect();
    await client.query("create table people (id int)");
    await expect(open({ kind: "postgres", url: other!.url, min: 1, max: 2, timeoutMs: 5_000 }, now)).rejects.toThrow(
      "already has tables of another program",
    );
    const { rows } = await client.query(
      "select table_name from information_schema.tables where table_schema = current_schema()",
    );
    expect(rows.map((row) => row.table_name).filter((name) => !name.startsWith("botctl_"))).toEqual(["people"]);
    await client.end();
    await other!.drop();
  });
});

test("an address that cannot be read is told without its password", async () => {
  const problem = await open(
    { kind: "postgres", url: "postgres://ada:hunter@22@:x/y", min: 1, max: 2, timeoutMs: 1 },
    now,
  ).then(
    () => "opened",
    (error: Error) => error.message,
  );
  expect(problem).toContain("the address of the database cannot be read");
  expect(problem).not.toContain("hunter");
});
