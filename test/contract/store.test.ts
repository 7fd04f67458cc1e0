import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AuditRow,
  type DataOwner,
  type Job,
  mostAuditRows,
  type Store,
  type StoredButton,
  type StoredWait,
  type SuspendedRun,
  type Warning,
} from "../../src/contracts/store.ts";
import { opened } from "../support/opened.ts";
import { freshStorages } from "../support/storages.ts";

const clock = { now: 1_700_000_000_000 };
const now = () => clock.now;

const databases = await freshStorages();

let serial = 0;
/** A name that no other test uses: all tests of one database share its tables. */
const unique = (word: string) => `${word}-${++serial}`;

const memberOf = (subject: string): DataOwner => ({ scope: "member", platform: "discord", server: "1", subject });
const open = { start: 0 };

function job(key: string, dueAt: number): Omit<Job, "attempts"> {
  return { key, owner: "run:resume", platform: "discord", dueAt, payload: { key } };
}
function run(id: string, ruleHash: string): SuspendedRun {
  return {
    id,
    ruleId: "rule",
    ruleHash,
    platform: "slack",
    state: { path: [0, 1], text: "ünï" },
    createdAt: clock.now,
    overlap: "",
  };
}
function waitOf(id: string, runId: string): StoredWait {
  return { id, runId, platform: "slack", channelId: "c", personId: "p", questionId: "q", askedAt: clock.now };
}
function button(key: string, ruleHash: string, expiresAt: number): StoredButton {
  return {
    ...{ key, ruleId: "rule", ruleHash, platform: "telegram" },
    ...{ state: { path: ["buttons", 0] }, createdAt: clock.now, expiresAt },
  };
}
function auditRow(sequence: number, with_: Partial<AuditRow> = {}): AuditRow {
  return {
    ...{ sequence, at: clock.now + sequence, kind: "moderation", platform: "discord", serverId: "1" },
    ...{ actorId: "ada", targetId: "bob", action: "warn", outcome: "done", ref: "", content: '{"reason":"x"}' },
    ...{ salt: "s", digest: `d${sequence}`, chain: `c${sequence}` },
    ...with_,
  };
}

describe.each(databases)("store on $kind", (settings) => {
  const openStore = () => opened(settings, now);
  let store: Store;
  beforeAll(async () => {
    store = await openStore();
  });
  afterAll(async () => {
    await store.close();
  });

  describe("data", () => {
    test("gives back what was set, in the order asked, with holes", async () => {
      const ada = memberOf(unique("ada"));
      const values = { motd: "say \"hi\" \u{1F600} 'ok'", coins: 12, vip: true, list: [1, "two", null, { three: 3 }] };
      await Promise.all(Object.entries(values).map(([name, value]) => store.data.set(name, ada, value)));
      const read = await store.data.read(
        ["coins", "nothing", "motd", "vip", "list"].map((name) => ({ name, owner: ada })),
      );
      expect(read).toEqual([values.coins, undefined, values.motd, values.vip, values.list]);
    });

    test("keeps owners apart by every field, and replaces across types", async () => {
      const owners: DataOwner[] = [
        { scope: "user", platform: "discord", server: "", subject: "7" },
        { scope: "member", platform: "discord", server: "1", subject: "7" },
        { scope: "member", platform: "discord", server: "2", subject: "7" },
        { scope: "member", platform: "slack", server: "1", subject: "7" },
        { scope: "server", platform: "discord", server: "1", subject: "" },
        { scope: "bot", platform: "", server: "", subject: "" },
      ];
      const name = unique("apart");
      await Promise.all(owners.map((owner, place) => store.data.set(name, owner, place)));
      expect(await store.data.read(owners.map((owner) => ({ name, owner })))).toEqual([0, 1, 2, 3, 4, 5]);
      await store.data.set(name, owners[0]!, "text now");
      await store.data.remove(name, owners[1]!);
      expect(await store.data.read(owners.map((owner) => ({ name, owner })))).toEqual([
        "text now",
        undefined,
        2,
        3,
        4,
        5,
      ]);
    });

    test.each([1, 2, 3, 5, 17, 600])("reads %i keys at once", async (many) => {
      const ada = memberOf(unique("many"));
      const names = Array.from({ length: many }, (_, place) => `n${place}`);
      await Promise.all(names.map((name, place) => store.data.set(name, ada, place)));
      const read = await store.data.read([...names, "absent", names[0]!].map((name) => ({ name, owner: ada })));
      expect(read).toEqual([...names.keys(), undefined, 0]);
    });

    test("reads nothing when nothing is asked", async () => {
      expect(await store.data.read([])).toEqual([]);
    });

    test.each([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0.1, -1e-12, 1e300, 0])(
      "keeps the number %d exactly",
      async (value) => {
        const ada = memberOf(unique("exact"));
        await store.data.set("coins", ada, value);
        expect(await store.data.read([{ name: "coins", owner: ada }])).toEqual([value]);
      },
    );

    test.each(["", "null", "\u0000 in JSON", "\ud800 alone", "' ; drop table data; --"])(
      "keeps the text %j exactly",
      async (value) => {
        const ada = memberOf(unique("text"));
        await store.data.set("motd", ada, value);
        await store.data.set("wrapped", ada, { value });
        expect(
          await store.data.read([
            { name: "motd", owner: ada },
            { name: "wrapped", owner: ada },
          ]),
        ).toEqual([value, { value }]);
      },
    );

    test("refuses what is no number", async () => {
      await expect(store.data.set("coins", memberOf("x"), Number.NaN)).rejects.toThrow('"coins" cannot hold NaN');
    });

    test("adds from the start value, and refuses to leave the bounds", async () => {
      const ada = memberOf(unique("bounds"));
      const bounds = { start: 10, minimum: 0, maximum: 20 };
      expect(await store.data.add("coins", ada, -11, bounds)).toEqual({ ok: false, value: 10 });
      expect(await store.data.add("coins", ada, 11, bounds)).toEqual({ ok: false, value: 10 });
      expect(await store.data.read([{ name: "coins", owner: ada }])).toEqual([undefined]);
      expect(await store.data.add("coins", ada, 10, bounds)).toEqual({ ok: true, value: 20 });
      expect(await store.data.add("coins", ada, 1, bounds)).toEqual({ ok: false, value: 20 });
      expect(await store.data.add("coins", ada, -15, bounds)).toEqual({ ok: true, value: 5 });
      expect(await store.data.add("coins", ada, -6, bounds)).toEqual({ ok: false, value: 5 });
      expect(await store.data.read([{ name: "coins", owner: ada }])).toEqual([5]);
    });

    test("adds to a stored value where the first value would break the bounds", async () => {
      const ada = memberOf(unique("stored"));
      await store.data.set("coins", ada, 10);
      expect(await store.data.add("coins", ada, -5, { start: 0, minimum: 0 })).toEqual({ ok: true, value: 5 });
    });

    test("counts a stored text as the start value", async () => {
      const ada = memberOf(unique("was-text"));
      await store.data.set("coins", ada, "many");
      expect(await store.data.add("coins", ada, 2, { start: 1, minimum: 0 })).toEqual({ ok: true, value: 3 });
      expect(await store.data.read([{ name: "coins", owner: ada }])).toEqual([3]);
    });

    test("counts exactly up to 2^53 and not beyond", async () => {
      const ada = memberOf(unique("big"));
      await store.data.set("coins", ada, Number.MAX_SAFE_INTEGER - 1);
      expect(await store.data.add("coins", ada, 1, open)).toEqual({ ok: true, value: Number.MAX_SAFE_INTEGER });
      expect(await store.data.add("coins", ada, 1, open)).toEqual({ ok: false, value: Number.MAX_SAFE_INTEGER });
    });

    test("loses no addition among many at once, and never passes the bound", async () => {
      const ada = memberOf(unique("race"));
      const answers = await Promise.all(
        Array.from({ length: 200 }, () => store.data.add("coins", ada, 1, { start: 0, minimum: 0, maximum: 150 })),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(150);
      expect(new Set(answers.filter(({ ok }) => ok).map(({ value }) => value)).size).toBe(150);
      expect(await store.data.read([{ name: "coins", owner: ada }])).toEqual([150]);
    });
  });

  describe("warnings", () => {
    const warning = (userId: string, with_: Partial<Warning> = {}): Omit<Warning, "id"> => ({
      ...{ platform: "discord", serverId: "1", userId, userName: "Bob", byId: "a", byName: "Ada" },
      ...{ reason: "spamming", at: clock.now },
      ...with_,
    });

    test("numbers warnings and counts them by person and server", async () => {
      const bob = unique("bob");
      const first = await store.warnings.add(warning(bob));
      const second = await store.warnings.add(warning(bob, { reason: "again" }));
      await store.warnings.add(warning(bob, { serverId: "2" }));
      expect(first.count).toBe(1);
      expect(second.count).toBe(2);
      expect(second.id).toBeGreaterThan(first.id);
      expect(await store.warnings.list("discord", "1", bob)).toEqual([
        { ...warning(bob), id: first.id },
        { ...warning(bob, { reason: "again" }), id: second.id },
      ]);
      expect(await store.warnings.list("discord", "1", "nobody")).toEqual([]);
    });

    test("takes back the latest, one by its number, or all, and nobody else's", async () => {
      const bob = unique("bob");
      const other = unique("other");
      const ids: number[] = [];
      for (let n = 0; n < 4; n++) ids.push((await store.warnings.add(warning(bob))).id);
      const { id: theirs } = await store.warnings.add(warning(other));
      expect(await store.warnings.remove("discord", "1", bob, "latest")).toEqual({ removed: 1, left: 3 });
      expect(await store.warnings.remove("discord", "1", bob, ids[0]!)).toEqual({ removed: 1, left: 2 });
      expect(await store.warnings.remove("discord", "1", bob, theirs)).toEqual({ removed: 0, left: 2 });
      expect((await store.warnings.list("discord", "1", bob)).map(({ id }) => id)).toEqual([ids[1], ids[2]]);
      expect(await store.warnings.remove("discord", "1", bob, "all")).toEqual({ removed: 2, left: 0 });
      expect(await store.warnings.remove("discord", "1", bob, "latest")).toEqual({ removed: 0, left: 0 });
      expect(await store.warnings.list("discord", "1", other)).toHaveLength(1);
    });

    test("tells each of many warnings at once another count", async () => {
      const bob = unique("bob");
      const counts = await Promise.all(Array.from({ length: 20 }, () => store.warnings.add(warning(bob))));
      expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual([...Array(20).keys()].map((n) => n + 1));
    });
  });

  describe("jobs", () => {
    const empty = async () => {
      for (const one of await store.jobs.claim(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, 1000, ["discord"]))
        await store.jobs.finish(one);
    };

    test("are claimed when due, oldest first, by one claimer only", async () => {
      await empty();
      expect(await store.jobs.next(["discord"])).toBeUndefined();
      await store.jobs.put(job("b", clock.now - 1));
      await store.jobs.put(job("a", clock.now - 2));
      await store.jobs.put(job("c", clock.now + 5));
      expect(await store.jobs.next(["discord"])).toBe(clock.now - 2);
      const lease = clock.now + 1000;
      const claimed = await store.jobs.claim(clock.now, lease, 10, ["discord"]);
      expect(claimed).toEqual([
        { ...job("a", clock.now - 2), attempts: 1 },
        { ...job("b", clock.now - 1), attempts: 1 },
      ]);
      expect(await store.jobs.claim(clock.now, lease, 10, ["discord"])).toEqual([]);
      expect(await store.jobs.next(["discord"])).toBe(clock.now + 5);
      await store.jobs.finish(claimed[0]!);
      await store.jobs.retry(claimed[1]!, clock.now + 3);
      expect(await store.jobs.next(["discord"])).toBe(clock.now + 3);
      expect(await store.jobs.claim(clock.now + 3, lease, 10, ["discord"])).toEqual([
        { ...job("b", clock.now + 3), attempts: 2 },
      ]);
    });

    test("are free again when their lease ends", async () => {
      await empty();
      await store.jobs.put(job("a", clock.now));
      expect(await store.jobs.claim(clock.now, clock.now + 10, 10, ["discord"])).toHaveLength(1);
      expect(await store.jobs.claim(clock.now + 9, clock.now + 20, 10, ["discord"])).toHaveLength(0);
      expect(await store.jobs.claim(clock.now + 10, clock.now + 20, 10, ["discord"])).toMatchObject([{ attempts: 2 }]);
    });

    test("are free again at the start, but in a database where another process may have them", async () => {
      await empty();
      await store.jobs.put(job("a", clock.now));
      await store.jobs.claim(clock.now, clock.now + 10, 10, ["discord"]);
      await store.jobs.release();
      const free = await store.jobs.claim(clock.now, clock.now + 10, 10, ["discord"]);
      expect(free).toHaveLength(settings.kind === "postgres" ? 0 : 1);
    });

    test("stay with who prolongs their lease, unless they were replaced", async () => {
      await empty();
      for (const key of ["a", "b"]) await store.jobs.put(job(key, clock.now));
      const claimed = await store.jobs.claim(clock.now, clock.now + 10, 10, ["discord"]);
      await store.jobs.put({ ...job("b", clock.now), payload: "new" });
      await store.jobs.prolong(claimed, clock.now + 30);
      expect(await store.jobs.claim(clock.now + 29, clock.now + 99, 10, ["discord"])).toMatchObject([{ key: "b" }]);
      expect(await store.jobs.claim(clock.now + 30, clock.now + 99, 10, ["discord"])).toMatchObject([{ key: "a" }]);
      await store.jobs.prolong([], clock.now + 30);
    });

    test("that are replaced while somebody has them stay", async () => {
      await empty();
      await store.jobs.put(job("a", clock.now));
      const [claimed] = await store.jobs.claim(clock.now, clock.now + 10, 1, ["discord"]);
      await store.jobs.put({ ...job("a", clock.now), payload: "new" });
      await store.jobs.finish(claimed!);
      await store.jobs.retry(claimed!, clock.now + 99);
      expect(await store.jobs.claim(clock.now, clock.now + 10, 1, ["discord"])).toMatchObject([
        { payload: "new", attempts: 1 },
      ]);
      await store.jobs.remove("a");
      expect(await store.jobs.claim(clock.now + 1000, clock.now + 2000, 1, ["discord"])).toEqual([]);
    });

    test("go to one claimer each when many claim at once", async () => {
      await empty();
      const keys = Array.from({ length: 50 }, (_, place) => `k${place}`);
      await Promise.all(keys.map((key) => store.jobs.put(job(key, clock.now))));
      const claims = await Promise.all(
        Array.from({ length: 10 }, () => store.jobs.claim(clock.now, clock.now + 1000, 5, ["discord"])),
      );
      const taken = claims.flat().map(({ key }) => key);
      expect(new Set(taken).size).toBe(taken.length);
      const rest = await store.jobs.claim(clock.now, clock.now + 1000, 100, ["discord"]);
      expect([...taken, ...rest.map(({ key }) => key)].sort()).toEqual([...keys].sort());
    });

    test("of a platform that is not asked for are left alone", async () => {
      await empty();
      const platform = unique("away");
      await store.jobs.put({ ...job(unique("mute"), clock.now - 1), platform });
      expect(await store.jobs.next(["discord", "telegram"])).toBeUndefined();
      expect(await store.jobs.claim(clock.now, clock.now + 10, 10, ["discord", "telegram"])).toEqual([]);
      expect(await store.jobs.claim(clock.now, clock.now + 10, 10, [])).toEqual([]);
      expect(await store.jobs.next([])).toBeUndefined();
      expect(await store.jobs.next(["discord", platform])).toBe(clock.now - 1);
      expect(await store.jobs.claim(clock.now, clock.now + 10, 10, [platform, "discord"])).toMatchObject([
        { attempts: 1 },
      ]);
    });

    test("of platforms that are gone go when they are old, with their runs", async () => {
      await empty();
      const [gone, id] = [unique("gone"), unique("run")];
      await store.jobs.put({ ...job(unique("mute"), clock.now - 10), platform: gone });
      await store.jobs.put({ ...job(unique("mute"), clock.now), platform: gone });
      await store.jobs.put(job(unique("mute"), clock.now - 10));
      await store.runs.suspend(run(id, unique("hash")), {}, { ...job(unique("wake"), clock.now - 10), platform: gone });
      const kept = ["discord", "telegram", ""];
      expect(await store.jobs.purge(clock.now, kept, 1)).toBe(1);
      while ((await store.jobs.purge(clock.now, kept, 500)) > 0);
      expect(await store.runs.get(id)).toBeUndefined();
      expect(await store.jobs.next([gone])).toBe(clock.now);
      expect(await store.jobs.next(["discord"])).toBe(clock.now - 10);
      await empty();
    });
  });

  describe("runs", () => {
    test("keep their rule and their job until they end", async () => {
      const [id, hash, key] = [unique("run"), unique("hash"), unique("wake")];
      const before = await store.runs.count();
      await store.runs.suspend(run(id, hash), { do: ["wait"] }, job(key, clock.now));
      expect(await store.runs.get(id)).toEqual(run(id, hash));
      expect(await store.runs.rule(hash)).toEqual({ do: ["wait"] });
      expect(await store.runs.count()).toBe(before + 1);
      await store.runs.checkpoint(id, { path: [2] });
      expect((await store.runs.get(id))?.state).toEqual({ path: [2] });
      expect((await store.jobs.claim(clock.now, clock.now + 1, 100, ["discord"])).map((one) => one.key)).toContain(key);
      await store.jobs.release();
      await store.runs.finish(id, { at: clock.now });
      expect(await store.runs.get(id)).toBeUndefined();
      expect((await store.jobs.claim(clock.now, clock.now + 1, 100, ["discord"])).map((one) => one.key)).not.toContain(
        key,
      );
      expect(await store.runs.count()).toBe(before);
      expect(await store.runs.get("none")).toBeUndefined();
      expect(await store.runs.rule("none")).toBeUndefined();
    });

    test("that are suspended again have one row and one job", async () => {
      const [id, hash, first, second] = [unique("run"), unique("hash"), unique("wake"), unique("wake")];
      await store.runs.suspend(run(id, hash), {}, job(first, clock.now));
      await store.runs.suspend({ ...run(id, hash), state: "later" }, {}, job(second, clock.now));
      expect((await store.runs.get(id))?.state).toBe("later");
      const keys = (await store.jobs.claim(clock.now, clock.now + 1, 100, ["discord"])).map((one) => one.key);
      expect(keys).toContain(second);
      expect(keys).not.toContain(first);
      await store.jobs.release();
      await store.runs.finish(id, { at: clock.now });
    });

    test("wait for their branches: the last to end wakes them, and what they left is there", async () => {
      const [id, hash] = [unique("run"), unique("hash")];
      const before = await store.runs.count();
      const children = [0, 1, 2].map((place) => {
        const child = unique("child");
        return {
          run: { ...run(child, hash), parent: { id, place } },
          wake: { ...job(`run:${child}`, clock.now), owner: "run" },
        };
      });
      expect(await store.runs.fork(run(id, hash), {}, children)).toBe(true);
      expect(await store.runs.count()).toBe(before + 4);
      expect((await store.runs.get(children[1]!.run.id))?.parent).toEqual({ id, place: 1 });
      const keys = async () => {
        const claimed = await store.jobs.claim(clock.now, clock.now, 1000, ["discord", "slack"]);
        return claimed.map((one) => one.key).filter((key) => key.startsWith("run:"));
      };
      expect((await keys()).sort()).toEqual(children.map((child) => child.wake.key).sort());
      await Promise.all([
        store.runs.finish(children[2]!.run.id, { at: clock.now, result: "third" }),
        store.runs.finish(children[0]!.run.id, { at: clock.now, result: { first: 1 } }),
      ]);
      expect(await store.runs.branches(id)).toEqual([{ first: 1 }, undefined, "third"]);
      expect(await keys()).toEqual([children[1]!.wake.key]);
      await store.runs.finish(children[1]!.run.id, { at: clock.now });
      expect(await keys()).toEqual([`run:${id}`]);
      expect(await store.runs.branches(id)).toEqual([{ first: 1 }, null, "third"]);
      expect(await store.runs.join(id, { path: [3] })).toBe(true);
      expect(await store.runs.branches(id)).toEqual([]);
      await store.runs.finish(id, { at: clock.now });
      expect(await store.runs.count()).toBe(before);
      expect(await store.runs.join(id, {})).toBe(false);
      expect(await store.runs.checkpoint(id, {})).toBe(false);
      expect(await store.runs.suspend(run(id, hash), {}, job(unique("wake"), clock.now), { again: true })).toBe(false);
      expect(await store.runs.fork(run(id, hash), {}, children, true)).toBe(false);
      expect(await store.runs.count()).toBe(before);
    });

    test("that all end at once wake the run that waits exactly once", async () => {
      const [id, hash] = [unique("run"), unique("hash")];
      const children = Array.from({ length: 20 }, (_, place) => {
        const child = unique("child");
        return { run: { ...run(child, hash), parent: { id, place } }, wake: job(`run:${child}`, clock.now) };
      });
      await store.runs.fork(run(id, hash), {}, children);
      await Promise.all(children.map((child) => store.runs.finish(child.run.id, { at: clock.now })));
      const claimed = await store.jobs.claim(clock.now, clock.now, 1000, ["slack"]);
      expect(claimed.map((one) => one.key)).toEqual([`run:${id}`]);
      await store.runs.finish(id, { at: clock.now });
    });

    test("that must not overlap are counted, queued and cancelled by what they have in common", async () => {
      const [one, two, three, branch] = [unique("run"), unique("run"), unique("run"), unique("run")];
      const [overlap, hash] = [unique("overlap"), unique("hash")];
      const before = await store.runs.count();
      const standing = (underWay: number, queued: number) =>
        expect(store.runs.standing(overlap)).resolves.toEqual({ underWay, queued });
      await standing(0, 0);
      expect(await store.runs.standing("")).toEqual({ underWay: 0, queued: 0 });
      await store.runs.suspend({ ...run(one, hash), overlap }, {}, job(`run:${one}`, clock.now));
      await store.runs.queue({ ...run(two, hash), overlap }, {});
      await store.runs.queue({ ...run(three, hash), overlap }, {});
      await standing(1, 2);
      expect(await store.runs.queues()).toContain(overlap);
      expect(await store.runs.advance(overlap, clock.now)).toBe(false);
      await store.runs.finish(one, { at: clock.now });
      await standing(1, 1);
      const keys = (await store.jobs.claim(clock.now, clock.now, 1000, ["slack"])).map((found) => found.key);
      expect(keys).toEqual([`run:${two}`]);
      await store.runs.fork({ ...run(two, hash), overlap }, {}, [
        { run: { ...run(branch, hash), parent: { id: two, place: 0 } }, wake: job(`run:${branch}`, clock.now) },
      ]);
      expect(await store.runs.cancel(overlap)).toBe(2);
      await standing(0, 0);
      expect(await store.runs.queues()).not.toContain(overlap);
      expect(await store.runs.get(branch)).toBeUndefined();
      expect(await store.runs.count()).toBe(before);
      await store.runs.queue({ ...run(unique("run"), hash), overlap }, {});
      expect(await store.runs.advance(overlap, clock.now)).toBe(true);
      expect(await store.runs.cancel(overlap)).toBe(1);
    });

    test("that a stored job begins come with the job's next time, once", async () => {
      const [owner, platform] = [unique("owner"), unique("platform")];
      const [key, hash] = [unique("moment"), unique("hash")];
      await store.jobs.put({ ...job(key, clock.now), owner, platform });
      const [claimed] = await store.jobs.claim(clock.now, clock.now + 50, 10, [platform]);
      const begin = (id: string, by: Job, next: number | undefined, overlap: "parallel" | "single" = "parallel") =>
        store.runs.begin(
          run(id, hash),
          {},
          { ...job(`run:${id}`, clock.now), platform },
          { job: by, next },
          { overlap, mostQueued: 1 },
        );
      const [first, second, last] = [unique("run"), unique("run"), unique("run")];
      const rivals = [first, second];
      const ends = await Promise.all(rivals.map((id) => begin(id, claimed!, clock.now + 100)));
      expect(ends.toSorted()).toEqual(["begun", "gone"]);
      // Which of them is first to the row is for the database to say.
      const [winner, loser] = ends[0] === "begun" ? rivals : rivals.toReversed();
      expect(await store.runs.get(winner!)).toEqual(run(winner!, hash));
      expect(await store.runs.get(loser!)).toBeUndefined();
      expect(await store.jobs.list(owner, [platform])).toEqual([
        { ...job(key, clock.now + 100), owner, platform, attempts: 0 },
      ]);
      expect(await store.jobs.list(owner, [])).toEqual([]);
      expect(await store.jobs.list(unique("nobody"), [platform])).toEqual([]);
      const [again] = (await store.jobs.claim(clock.now + 100, clock.now + 150, 10, [platform])).filter(
        (one) => one.owner === owner,
      );
      expect(await begin(last, again!, undefined)).toBe("begun");
      expect(await store.jobs.list(owner, [platform])).toEqual([]);
      for (const id of [winner!, last]) await store.runs.finish(id, { at: clock.now });
    });

    test("that a stored job begins heed what they must not overlap with", async () => {
      const [overlap, hash, platform] = [unique("overlap"), unique("hash"), unique("platform")];
      const begin = async (id: string, policy: "single" | "restart" | "queue") => {
        const key = unique("moment");
        await store.jobs.put({ ...job(key, clock.now), platform });
        const claimed = await store.jobs.claim(clock.now, clock.now + 50, 10, [platform]);
        return store.runs.begin(
          { ...run(id, hash), overlap },
          {},
          { ...job(`run:${id}`, clock.now), platform },
          { job: claimed.find((one) => one.key === key)!, next: undefined },
          { overlap: policy, mostQueued: 1 },
        );
      };
      const ids = Array.from({ length: 6 }, () => unique("run"));
      expect(await begin(ids[0]!, "single")).toBe("begun");
      expect(await begin(ids[1]!, "single")).toBe("left_out");
      expect(await begin(ids[2]!, "queue")).toBe("queued");
      expect(await begin(ids[3]!, "queue")).toBe("left_out");
      expect(await store.runs.standing(overlap)).toEqual({ underWay: 1, queued: 1 });
      expect(await begin(ids[4]!, "restart")).toBe("begun");
      expect(await store.runs.standing(overlap)).toEqual({ underWay: 1, queued: 0 });
      expect(await store.runs.get(ids[0]!)).toBeUndefined();
      expect(await store.runs.cancel(overlap)).toBe(1);
    });

    test("wait for an answer until one ends the wait, whoever comes first", async () => {
      const [id, hash, key, other] = [unique("run"), unique("hash"), unique("wake"), unique("run")];
      const wait = waitOf(unique("wait"), id);
      const silent = { ...waitOf(unique("wait"), other), channelId: "", personId: "", questionId: "" };
      await store.runs.suspend(run(id, hash), {}, job(key, clock.now + 100), { wait });
      await store.runs.suspend(run(other, hash), {}, job(unique("wake"), clock.now), { wait: silent });
      expect(await store.runs.awaiting(wait.id)).toEqual(run(id, hash));
      const messages = await store.runs.waits();
      expect(messages).toContainEqual(wait);
      expect(messages).not.toContainEqual(silent);
      const later = { ...wait, questionId: "another", personId: "" };
      expect(await store.runs.changeWait(later, { votes: 1 }, job(key, clock.now))).toBe(true);
      expect(await store.runs.waits()).toContainEqual(later);
      expect((await store.runs.get(id))?.state).toEqual({ votes: 1 });
      const claimed = { ...job(key, clock.now), attempts: 1 };
      const taken = { job: claimed, leaseUntil: clock.now + 50 };
      const ends = await Promise.all([1, 2, 3].map((n) => store.runs.endWait(wait.id, { answer: n }, taken)));
      expect(ends.filter(Boolean)).toHaveLength(1);
      expect((await store.runs.get(id))?.state).toEqual({ answer: ends.indexOf(true) + 1 });
      expect(await store.runs.awaiting(wait.id)).toBeUndefined();
      expect(await store.runs.waits()).not.toContainEqual(later);
      expect(await store.runs.changeWait(later, {})).toBe(false);
      const keys = async () =>
        (await store.jobs.claim(clock.now, clock.now + 1, 100, ["discord"])).map((one) => one.key);
      expect(await keys()).not.toContain(key);
      await store.jobs.finish(claimed);
      expect(await store.jobs.next(["discord"])).not.toBe(clock.now + 50);
      for (const one of [id, other]) await store.runs.finish(one, { at: clock.now });
      expect(await store.runs.awaiting(silent.id)).toBeUndefined();
    });

    test("that ask again wait for the new answer alone, and not at all once they go on", async () => {
      const [id, hash, key] = [unique("run"), unique("hash"), unique("wake")];
      const [first, second] = [waitOf(unique("wait"), id), waitOf(unique("wait"), id)];
      await store.runs.suspend(run(id, hash), {}, job(key, clock.now), { wait: first });
      await store.runs.suspend(run(id, hash), {}, job(key, clock.now), { wait: second });
      expect(await store.runs.awaiting(first.id)).toBeUndefined();
      expect(await store.runs.awaiting(second.id)).toEqual(run(id, hash));
      await store.runs.suspend(run(id, hash), {}, job(key, clock.now));
      expect(await store.runs.awaiting(second.id)).toBeUndefined();
      await store.runs.suspend(run(id, hash), {}, job(key, clock.now), { wait: first });
      await store.runs.finish(id, { at: clock.now });
      expect(await store.runs.awaiting(first.id)).toBeUndefined();
      expect(await store.runs.endWait(first.id, {})).toBe(false);
    });

    test("take a button exactly once", async () => {
      const [key, hash] = [unique("button"), unique("hash")];
      const stored = button(key, hash, clock.now + 10);
      await store.runs.putButtons([stored, button(unique("button"), hash, clock.now + 10)], { rule: 1 });
      await store.runs.putButtons([], {});
      expect(await store.runs.button(key)).toEqual(stored);
      const taken = await Promise.all(Array.from({ length: 10 }, () => store.runs.takeButton(key)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      await store.runs.changeButton(key, { ticks: [1] });
      expect((await store.runs.button(key))?.state).toEqual({ ticks: [1] });
      await store.runs.changeButton(key, stored.state);
      expect(await store.runs.button(key)).toEqual(stored);
      expect(await store.runs.takeButton("none")).toBe(false);
      expect(await store.runs.button("none")).toBeUndefined();
    });

    test("store all buttons of a message or none", async () => {
      const [key, hash] = [unique("button"), unique("hash")];
      const twice = button(key, hash, clock.now + 10);
      await expect(store.runs.putButtons([twice, twice], { rule: 1 })).rejects.toThrow();
      expect(await store.runs.button(key)).toBeUndefined();
      expect(await store.runs.rule(hash)).toBeUndefined();
    });

    test("purge expired buttons and rules without use, some at a time", async () => {
      while ((await store.runs.purge(clock.now + 1_000_000, 100)) > 0);
      const [used, unused, id] = [unique("hash"), unique("hash"), unique("run")];
      await store.runs.suspend(run(id, used), {}, job(id, clock.now));
      const old = [1, 2, 3].map((n) => button(unique("old"), unused, clock.now + n));
      const young = button(unique("young"), used, clock.now + 100);
      await store.runs.putButtons(old, {});
      await store.runs.putButtons([young], {});
      expect(await store.runs.purge(clock.now + 2, 1)).toBe(1);
      expect(await store.runs.button(old[0]!.key)).toBeUndefined();
      expect(await store.runs.purge(clock.now + 3, 2)).toBe(2);
      expect(await store.runs.rule(unused)).toEqual({});
      expect(await store.runs.purge(clock.now + 3, 10)).toBe(1);
      expect(await store.runs.rule(unused)).toBeUndefined();
      expect(await store.runs.rule(used)).toEqual({});
      expect(await store.runs.purge(clock.now + 3, 10)).toBe(0);
      await store.runs.finish(id, { at: clock.now });
      expect(await store.runs.purge(clock.now + 3, 10)).toBe(0);
      expect(await store.runs.purge(clock.now + 100, 10)).toBe(2);
    });
  });

  describe("people", () => {
    test("are known by name from the moment they are seen, before that is written", async () => {
      const [id, username] = [unique("p"), unique("name")];
      const written = store.people.seen("telegram", { id, name: "Ada", username }, clock.now);
      expect(await store.people.byUsername("telegram", username)).toEqual({ id, name: "Ada" });
      await written;
      expect(await store.people.byUsername("telegram", username)).toEqual({ id, name: "Ada" });
    });

    test("are found by the username that they have now, however it is written", async () => {
      const [ada, bob, name] = [unique("p"), unique("p"), unique("Name")];
      await store.people.seen("telegram", { id: ada, name: "Ada", username: name }, clock.now);
      expect(await store.people.byUsername("telegram", name.toUpperCase())).toEqual({ id: ada, name: "Ada" });
      expect(await store.people.byUsername("slack", name)).toBeUndefined();
      await store.people.seen("telegram", { id: bob, name: "Bob", username: name }, clock.now);
      expect(await store.people.byUsername("telegram", name)).toEqual({ id: bob, name: "Bob" });
      await store.people.seen("telegram", { id: ada, name: "Ada L.", username: name }, clock.now);
      expect(await store.people.byUsername("telegram", name)).toEqual({ id: ada, name: "Ada L." });
      await store.people.seen("telegram", { id: ada, name: "Ada L." }, clock.now);
      expect(await store.people.byUsername("telegram", name)).toBeUndefined();
    });

    test("may be seen many times at once", async () => {
      const [id, username] = [unique("p"), unique("u")];
      await Promise.all(
        Array.from({ length: 50 }, () => store.people.seen("telegram", { id, name: "Ada", username }, clock.now)),
      );
      expect(await store.people.byUsername("telegram", username)).toEqual({ id, name: "Ada" });
    });
  });

  test("facts are kept by space and key", async () => {
    const space = unique("space");
    await store.facts.set(space, "b", { id: 1 });
    await store.facts.set(space, "a", [1, 2]);
    await store.facts.set(space, "a", null);
    await store.facts.set(unique("space"), "a", "other");
    expect(await store.facts.get(space, "a")).toBeNull();
    expect([...(await store.facts.all(space))]).toEqual([
      ["a", null],
      ["b", { id: 1 }],
    ]);
    await store.facts.remove(space, "a");
    expect(await store.facts.get(space, "a")).toBeUndefined();
  });

  describe("audit", () => {
    const empty = async () => {
      while ((await store.audit.purge(Number.MAX_SAFE_INTEGER, 500)) > 0);
    };

    test("appends rows whole, finds and pages them", async () => {
      await empty();
      expect(await store.audit.last()).toBeUndefined();
      const rows = Array.from({ length: 150 }, (_, n) => auditRow(n + 1, n % 50 === 0 ? { action: "ban" } : {}));
      for (let from = 0; from < rows.length; from += mostAuditRows)
        await store.audit.append(() => rows.slice(from, from + mostAuditRows));
      expect(await store.audit.last()).toEqual({ sequence: 150, chain: "c150" });
      expect(await store.audit.page(0, 2)).toEqual(rows.slice(0, 2));
      expect(await store.audit.page(149, 5)).toEqual(rows.slice(149));
      expect(await store.audit.find({ action: "ban", most: 2 })).toEqual([rows[100], rows[50]]);
      const since = clock.now + 149;
      expect(
        await store.audit.find({ kind: "moderation", actorId: "ada", targetId: "bob", sinceMs: since, most: 9 }),
      ).toEqual([rows[149], rows[148]]);
      expect(await store.audit.find({ kind: "errors", most: 9 })).toEqual([]);
    });

    test("appends all rows or none", async () => {
      await empty();
      await store.audit.append(() => [auditRow(1)]);
      await expect(store.audit.append(() => [auditRow(2), auditRow(3), auditRow(1)])).rejects.toThrow();
      expect(await store.audit.last()).toMatchObject({ sequence: 1 });
    });

    test("asks for the rows when the commit begins", async () => {
      await empty();
      const rows = [auditRow(1)];
      const appended = store.audit.append(() => rows);
      rows.push(auditRow(2));
      await appended;
      expect(await store.audit.last()).toMatchObject({ sequence: 2 });
    });

    test("knows intents without an outcome", async () => {
      await empty();
      await store.audit.append(() => [
        auditRow(1, { outcome: "intent", ref: "a" }),
        auditRow(2, { outcome: "intent", ref: "b" }),
        auditRow(3, { outcome: "done", ref: "a" }),
        auditRow(4, { outcome: "done" }),
      ]);
      expect((await store.audit.unfinished()).map(({ ref }) => ref)).toEqual(["b"]);
    });

    test("purges the old beginning, some rows at a time", async () => {
      await empty();
      const old = clock.now - 1000;
      await store.audit.append(() => [
        auditRow(1, { at: old }),
        auditRow(2, { at: old }),
        auditRow(3, { at: clock.now }),
        auditRow(4, { at: old }),
      ]);
      expect(await store.audit.purge(clock.now, 1)).toBe(1);
      expect(await store.audit.purge(clock.now, 100)).toBe(1);
      expect(await store.audit.purge(clock.now, 100)).toBe(0);
      expect((await store.audit.page(0, 10)).map(({ sequence }) => sequence)).toEqual([3, 4]);
    });
  });

  test("one write that fails leaves those beside it alone", async () => {
    const ada = memberOf(unique("beside"));
    const twice = button(unique("button"), unique("hash"), clock.now);
    const settled = await Promise.allSettled([
      store.data.set("before", ada, 1),
      store.runs.putButtons([twice, twice], {}),
      store.data.set("after", ada, 2),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const read = await store.data.read(["before", "after"].map((name) => ({ name, owner: ada })));
    expect(read).toEqual([1, 2]);
    expect(await store.runs.rule(twice.ruleHash)).toBeUndefined();
  });

  test("text with NUL does not stop a row", async () => {
    const id = unique("p");
    await store.people.seen("telegram", { id, name: "A\u0000da", username: id }, clock.now);
    expect(await store.people.byUsername("telegram", id)).toEqual({ id, name: "A\uFFFDda" });
  });

  test("closing waits for what was asked, and what comes later is refused", async () => {
    const ada = memberOf(unique("closing"));
    const other = await openStore();
    const writes = Array.from({ length: 30 }, (_, n) => other.data.set(`n${n}`, ada, n));
    await other.close();
    await Promise.all(writes);
    await other.close();
    await expect(other.data.set("late", ada, 1)).rejects.toThrow("the database is closed");
    await expect(other.data.read([{ name: "n0", owner: ada }])).rejects.toThrow("the database is closed");
    expect(await store.data.read([{ name: "n29", owner: ada }])).toEqual([29]);
  });

  test("opening again finds the tables as they are, also at the same moment", async () => {
    const ada = memberOf(unique("again"));
    await store.data.set("coins", ada, 3);
    const others = await Promise.all([openStore(), openStore(), openStore()]);
    for (const other of others) {
      expect(await other.data.read([{ name: "coins", owner: ada }])).toEqual([3]);
      await other.close();
    }
  });
});
