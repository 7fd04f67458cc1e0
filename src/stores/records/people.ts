import type { KnownPerson, PeopleStore } from "../../contracts/store.ts";
import { lru } from "../lru.ts";
import { ask, atMost, type Engine, only, prepare } from "./engine.ts";
import type { PeopleTable } from "./tables.ts";

/** People remembered in memory, so that those who did not change cost no write. */
const mostRemembered = 50_000;
/** `seen_at` is right to the day. */
const day = 24 * 60 * 60 * 1000;

interface Seen {
  readonly id: string;
  readonly name: string;
  readonly username: string | undefined;
}

/** @param queries - made once by {@link peopleQueries} where several stores follow one another on one engine */
export function peopleStore(engine: Engine, queries = peopleQueries(engine)): PeopleStore {
  const { query } = engine;
  const { put, handOver, byUsername, called, first, behind } = queries;
  const remembered = lru<{ readonly name: string; readonly username: string | undefined; readonly at: number }>();

  /** Who is being written just now, by platform and username: somebody named right after they spoke is known. */
  const underWay = new Map<string, { readonly id: string; readonly name: string }>();

  async function write(platform: string, { id, name, username }: Seen, at: number): Promise<void> {
    const person = keyOf(platform, id);
    const handle = username === undefined ? undefined : keyOf(platform, username);
    if (handle !== undefined) underWay.set(handle, { id, name });
    try {
      await engine.commit(function* () {
        if (username !== undefined)
          for (const before of yield* ask(handOver({ platform, username, id })))
            remembered.delete(keyOf(platform, before.id));
        yield* ask(put({ platform, id, name, username: username ?? null, seen_at: at }));
      });
    } catch (error) {
      remembered.delete(person);
      throw error;
    } finally {
      if (handle !== undefined && underWay.get(handle)?.id === id) underWay.delete(handle);
    }
  }

  return {
    seen(platform, { id, name, username: written }, at) {
      const person = keyOf(platform, id);
      const username = written?.toLowerCase();
      const known = remembered.use(person);
      if (known !== undefined && known.name === name && known.username === username && at - known.at < day)
        return undefined;
      remembered.set(person, { name, username, at });
      if (remembered.size > mostRemembered) remembered.delete(remembered.oldest()![0]);
      return write(platform, { id, name, username }, at);
    },

    async byUsername(platform, username) {
      const now = underWay.get(keyOf(platform, username.toLowerCase()));
      if (now !== undefined) return now;
      const [row] = await engine.read(byUsername({ platform, username: username.toLowerCase() }));
      return row;
    },

    async named(platform, ids) {
      if (ids.length === 0) return [];
      const wanted = query.selectFrom("people").selectAll().where("platform", "=", platform).where("id", "in", ids);
      const { sql, parameters } = wanted.compile();
      return (await engine.read<PeopleTable>({ sql, parameters })).map(personOf);
    },

    called: async (text) => (await engine.read(called({ text, username: text.toLowerCase() }))).map(personOf),

    page: async (after, most) =>
      (await engine.read(after === undefined ? first({ most }) : behind({ ...after, most }))).map(personOf),
  };
}

export function peopleQueries({ query }: Engine) {
  const put = prepare((value: PeopleTable) =>
    query
      .insertInto("people")
      .values(only(value, ["platform", "id", "name", "username", "seen_at"]))
      .onConflict((conflict) =>
        conflict.columns(["platform", "id"]).doUpdateSet(only(value, ["name", "username", "seen_at"])),
      ),
  );
  const handOver = prepare((value: { platform: string; username: string; id: string }) =>
    query
      .updateTable("people")
      .set({ username: null })
      .where("platform", "=", value.platform)
      .where("username", "=", value.username)
      .where("id", "<>", value.id)
      .returning("id"),
  );
  const byUsername = prepare((value: { platform: string; username: string }) =>
    query
      .selectFrom("people")
      .select(["id", "name"])
      .where("platform", "=", value.platform)
      .where("username", "=", value.username)
      .orderBy("seen_at", "desc")
      .limit(atMost(1)),
  );
  const called = prepare((value: { text: string; username: string }) =>
    query
      .selectFrom("people")
      .selectAll()
      .where((eb) =>
        eb.or([eb("id", "=", value.text), eb("name", "=", value.text), eb("username", "=", value.username)]),
      )
      .orderBy("platform")
      .orderBy("id"),
  );
  const first = prepare((value: { most: number }) =>
    query.selectFrom("people").selectAll().orderBy("platform").orderBy("id").limit(atMost(value.most)),
  );
  const behind = prepare((value: { platform: string; id: string; most: number }) =>
    query
      .selectFrom("people")
      .selectAll()
      .where((eb) => eb(eb.refTuple("platform", "id"), ">", eb.tuple(value.platform, value.id)))
      .orderBy("platform")
      .orderBy("id")
      .limit(atMost(value.most)),
  );
  return { put, handOver, byUsername, called, first, behind };
}

function personOf({ platform, id, name, username, seen_at }: PeopleTable): KnownPerson {
  return { platform, id, name, ...(username === null ? {} : { username }), seenAt: seen_at };
}

/** Names of platforms hold no blanks. */
function keyOf(platform: string, id: string): string {
  return `${platform} ${id}`;
}
