import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../src/contracts/event.ts";
import type { AuditRow, DataKey, DataOwner, DataValue, Store, Warning } from "../../src/contracts/store.ts";
import { opened } from "../support/opened.ts";
import { freshStorages } from "../support/storages.ts";

const clock = { now: 1_700_000_000_000 };
const now = () => clock.now;

const databases = await freshStorages();

let serial = 0;
const unique = (word: string) => `${word}-${++serial}`;
const memberOf = (subject: string, server = "1"): DataOwner => ({
  scope: "member",
  platform: "discord",
  server,
  subject,
});
const storedIn = async (store: Store, key: DataKey) => (await store.data.read([key]))[0];

describe.each(databases)("memory on $kind", (settings) => {
  let store: Store;
  beforeAll(async () => {
    store = await opened(settings, now);
  });
  afterAll(() => store.close());

  describe("changing several values at once", () => {
    const keysOf = (name: string): [DataKey, DataKey] => [
      { name, owner: memberOf("bob") },
      { name, owner: memberOf("ada") },
    ];

    test("hands over what is stored, in the order asked, and stores the answers", async () => {
      const [bob, ada] = keysOf(unique("coins"));
      await store.data.set(ada.name, ada.owner, 5);
      const seen: unknown[] = [];
      await store.data.change([bob, ada], (stored) => {
        seen.push([...stored]);
        return [1, [2, "three"]];
      });
      expect(seen).toEqual([[undefined, 5]]);
      expect(await store.data.read([bob, ada])).toEqual([1, [2, "three"]]);
      await store.data.change([ada, bob], () => [undefined, "text"]);
      expect(await store.data.read([ada, bob])).toEqual([undefined, "text"]);
    });

    test("leaves no trace without an answer, nor when it fails", async () => {
      const [bob, ada] = keysOf(unique("coins"));
      await store.data.set(ada.name, ada.owner, 5);
      await store.data.change([bob, ada], () => undefined);
      const failing = store.data.change([bob, ada], () => [1, Number.NaN]);
      await expect(failing).rejects.toThrow("cannot hold NaN");
      expect(await store.data.read([bob, ada])).toEqual([undefined, 5]);
      expect(await store.data.ranking(ada.name, ada.owner, "highest", 9)).toEqual([{ subject: "ada", value: 5 }]);
      await store.data.remove(ada.name, ada.owner);
      expect(await store.data.holds(ada.name)).toBe(false);
    });

    test("loses no entry of a list that many begin at once", async () => {
      const key = { name: unique("queue"), owner: memberOf("ada") };
      const entries = Array.from({ length: 100 }, (_, place) => place);
      await Promise.all(
        entries.map((entry) => store.data.change([key], ([list = []]) => [[...(list as number[]), entry]])),
      );
      expect(((await storedIn(store, key)) as number[]).sort((a, b) => a - b)).toEqual(entries);
    });

    test("makes and loses nothing while many move in circles, also together with additions", async () => {
      const name = unique("coins");
      const people = Array.from({ length: 6 }, (_, place): DataKey => ({ name, owner: memberOf(`p${place}`) }));
      const move = (from: DataKey, to: DataKey) =>
        store.data.change([from, to], ([a = 10, b = 10]) =>
          Number(a) < 7 ? undefined : [Number(a) - 7, Number(b) + 7],
        );
      const moves = Array.from({ length: 300 }, (_, turn) => move(people[turn % 6]!, people[(turn * 5 + 1) % 6]!));
      const added = people.map((one) => store.data.add(name, one.owner, 1, { start: 10 }));
      await Promise.all([...moves.filter((_, turn) => turn % 6 !== (turn * 5 + 1) % 6), ...added]);
      const values = (await store.data.read(people)).map((value = 10) => Number(value));
      expect(values.reduce((sum, value) => sum + value, 0)).toBe(66);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    });
  });

  test("ranks the numbers of one scope, ties by their owner", async () => {
    const name = unique("points");
    const values: [string, DataValue][] = [
      ["ada", 5],
      ["bob", 7],
      ["cyd", 7],
      ["dan", "many"],
      ["eve", -1.5],
    ];
    for (const [person, value] of values) await store.data.set(name, memberOf(person), value);
    await store.data.set(name, memberOf("fay", "2"), 100);
    const top = (order: "highest" | "lowest", most: number) => store.data.ranking(name, memberOf(""), order, most);
    expect(await top("highest", 3)).toEqual([
      { subject: "bob", value: 7 },
      { subject: "cyd", value: 7 },
      { subject: "ada", value: 5 },
    ]);
    expect(await top("lowest", 2)).toEqual([
      { subject: "eve", value: -1.5 },
      { subject: "ada", value: 5 },
    ]);
  });

  test("pages through everything once", async () => {
    const name = unique("paged");
    const owners = ["a", "b", "c", "d", "e"].map((subject) => memberOf(subject, `server-${subject}`));
    await Promise.all(owners.map((owner, place) => store.data.set(name, owner, place)));
    const found: unknown[] = [];
    for (let after: DataKey | undefined; ; ) {
      const page = await store.data.page(after, 2);
      found.push(...page.filter((one) => one.name === name).map(({ owner, value }) => [owner, value]));
      after = page.at(-1);
      if (page.length < 2) break;
    }
    expect(found).toEqual(owners.map((owner, place) => [owner, place]));
  });

  test("converts all values of a name with the fact that says what they are, or none", async () => {
    const name = unique("converted");
    const fact = { space: "data", key: name, value: { type: "integer" } };
    await store.data.set(name, memberOf("ada"), "12");
    await store.data.set(name, memberOf("bob"), "many");
    const number = (stored: DataValue) => (Number.isNaN(Number(stored)) ? undefined : Number(stored));
    expect(await store.data.convert([{ name, fact, convert: number }])).toEqual({
      name,
      owner: memberOf("bob"),
      value: "many",
    });
    expect(await storedIn(store, { name, owner: memberOf("ada") })).toBe("12");
    expect(await store.facts.get("data", name)).toBeUndefined();
    await store.data.set(name, memberOf("bob"), "7");
    expect(await store.data.convert([{ name, fact, convert: number }])).toBeUndefined();
    expect(await store.data.read([memberOf("ada"), memberOf("bob")].map((owner) => ({ name, owner })))).toEqual([
      12, 7,
    ]);
    expect(await store.facts.get("data", name)).toEqual({ type: "integer" });
  });

  describe("cooldowns", () => {
    const keyOf = (rule: string) => ({ rule, platform: "discord", server: "1", subject: "ada" });

    test("are taken once until they are over", async () => {
      const key = keyOf(unique("daily"));
      expect(await store.cooldowns.until(key)).toBeUndefined();
      expect(await store.cooldowns.take(key, 100, 200)).toBeUndefined();
      expect(await store.cooldowns.take(key, 199, 299)).toBe(200);
      expect(await store.cooldowns.until(key)).toBe(200);
      expect(await store.cooldowns.take({ ...key, subject: "bob" }, 199, 299)).toBeUndefined();
      expect(await store.cooldowns.take(key, 200, 300)).toBeUndefined();
    });

    test("are given back only as they were taken", async () => {
      const key = keyOf(unique("daily"));
      await store.cooldowns.take(key, 100, 200);
      await store.cooldowns.take(key, 200, 300);
      await store.cooldowns.giveBack(key, 200);
      expect(await store.cooldowns.until(key)).toBe(300);
      await store.cooldowns.giveBack(key, 300);
      expect(await store.cooldowns.take(key, 201, 301)).toBeUndefined();
    });

    test("go to one of many who take them at once", async () => {
      const key = keyOf(unique("daily"));
      const answers = await Promise.all(Array.from({ length: 50 }, () => store.cooldowns.take(key, 100, 200)));
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    });

    test("are purged when they are over, some at a time", async () => {
      while ((await store.cooldowns.purge(Number.MAX_SAFE_INTEGER, 100)) > 0);
      for (const rule of ["a", "b", "c"]) await store.cooldowns.take(keyOf(rule), 1, 10);
      await store.cooldowns.take(keyOf("d"), 1, 11);
      expect(await store.cooldowns.purge(10, 2)).toBe(2);
      expect(await store.cooldowns.purge(10, 2)).toBe(1);
      expect(await store.cooldowns.until(keyOf("d"))).toBe(11);
    });
  });

  test("knows people by id, handle and name", async () => {
    const [id, other] = [unique("7"), unique("8")];
    await store.people.seen("discord", { id, name: "Ada L", username: `${id}-Ada` }, clock.now);
    await store.people.seen("slack", { id: other, name: "Bob" }, clock.now);
    const ada = { platform: "discord", id, name: "Ada L", username: `${id}-ada`, seenAt: clock.now };
    expect(await store.people.named("discord", [id, other])).toEqual([ada]);
    expect(await store.people.named("discord", [])).toEqual([]);
    expect(await store.people.called(id)).toEqual([ada]);
    expect(await store.people.called(`${id}-ADA`)).toEqual([ada]);
    expect(await store.people.called(other)).toEqual([
      { platform: "slack", id: other, name: "Bob", seenAt: clock.now },
    ]);
    const [last] = await store.people.page({ platform: "slack", id: "" }, 1);
    expect(last?.platform).toBe("slack");
  });

  test("puts warnings of a backup back once", async () => {
    const userId = unique("bob");
    const warning: Warning = {
      ...{ id: 5, platform: "discord", serverId: "1", userId, userName: "Bob", byId: "a", byName: "Ada" },
      ...{ reason: "spamming", at: clock.now },
    };
    expect(await store.warnings.restore([warning, { ...warning, reason: "again" }])).toBe(2);
    expect(await store.warnings.restore([warning])).toBe(0);
    const kept = await store.warnings.list("discord", "1", userId);
    expect(kept.map(({ reason }) => reason)).toEqual(["spamming", "again"]);
    expect(await store.warnings.page(kept[0]!.id - 1, 1)).toEqual([kept[0]]);
  });

  describe("one person", () => {
    const person = (id: string) => ({ platform: "discord", id, name: "Ada", is_bot: false });
    const state = (id: string) => ({ event: { platform: "discord", user: { id } } });
    const inPrivate = (id: string) => ({ event: { platform: "discord", user: { id }, channel: { direct: true } } });
    const menuOf = (ticks: Json) => ({ label: "Pick", menu: { message: {}, picking: ticks } });
    const pressable = (id: string) => {
      const about = { id: "m1", text: `${id} here`, attachments: [{ id: "1" }], link: null };
      const options = {
        who: person(id),
        other: person("other"),
        named: "Ada",
        why: "so",
        n: 1,
        at: [{ kind: "time" }],
      };
      const user = { id, name: "Ada", isBot: false };
      return {
        ...{ ...menuOf({ [id]: [1], other: [0] }), path: "do/0", event: { platform: "discord", user, origin: { id } } },
        variables: { user: person(id), message: about, options, channel: { id: "c", name: "c" } },
      };
    };

    async function fill(id: string) {
      const name = unique("things");
      const [run, button, hash] = [unique("run"), unique("button"), unique("hash")];
      const [shared, ticked] = [unique("shared"), unique("ticked")];
      await store.data.set(name, memberOf(id), 5);
      await store.data.set(name, { ...memberOf(id), scope: "user", server: "" }, "text");
      await store.data.set(name, memberOf(`${id}0`), 6);
      await store.data.set(name, { ...memberOf(id), platform: "slack" }, 7);
      await store.data.set(`${name}-captain`, { ...memberOf(""), scope: "server" }, person(id));
      await store.data.set(`${name}-crew`, { ...memberOf(""), scope: "server" }, [person("other"), person(id)]);
      await store.data.set(`${name}-note`, { ...memberOf(""), scope: "server" }, { id, name: "a role" });
      await store.warnings.add({
        ...{ platform: "discord", serverId: "1", userId: id, userName: "Ada", byId: "a", byName: "A", reason: "x" },
        at: clock.now,
      });
      await store.people.seen("discord", { id, name: "Ada" }, clock.now);
      const wake = { key: `run:${run}`, owner: "run", platform: "discord", dueAt: 1, payload: { id: run } };
      const begun = { ruleId: "r", ruleHash: hash, platform: "discord", createdAt: 1, overlap: "" };
      await store.runs.suspend({ id: run, state: state(id), ...begun }, {}, wake);
      const others = `${run}-other`;
      await store.runs.suspend(
        { id: others, state: state("other"), ...begun },
        {},
        { ...wake, key: others, payload: { id: others } },
      );
      const until = { ...begun, expiresAt: clock.now };
      await store.runs.putButtons([{ key: button, state: inPrivate(id), ...until }], {});
      await store.runs.putButtons([{ key: shared, state: pressable(id), ...until }], {});
      await store.runs.putButtons(
        [{ key: ticked, state: { ...state("other"), ...menuOf({ [id]: [1] }) }, ...until }],
        {},
      );
      const mute = { owner: "word:mute", platform: "discord", dueAt: clock.now };
      const member = { id, name: "Ada" };
      await store.jobs.put({ key: unique("mute"), payload: { serverId: "1", member, reason: "x" }, ...mute });
      await store.jobs.put({ key: unique("mute"), payload: { serverId: "1", userId: `${id}0` }, ...mute });
      await store.cooldowns.take({ rule: name, platform: "discord", server: "", subject: id }, 1, 2);
      const asks = {
        id: unique("wait"),
        platform: "discord",
        channelId: "c",
        personId: id,
        questionId: "q",
        askedAt: 7,
      };
      const asking = `${run}-asking`;
      await store.runs.suspend(
        { id: asking, state: state("other"), ...begun },
        {},
        { ...wake, key: asking, dueAt: 9, payload: { id: asking } },
        { wait: { runId: asking, ...asks } },
      );
      return { name, run, button, shared, ticked };
    }

    test("is found wherever something of theirs is kept", async () => {
      const id = unique("900");
      const { name, run, button, shared, ticked } = await fill(id);
      expect(await store.personal.count("discord", id)).toEqual({
        ...{ data: 4, warnings: 1, runs: 1, asked: 1, buttons: 1, shared: 2, cooldowns: 1, jobs: 1, people: 1 },
      });
      const found = await store.personal.data("discord", id);
      expect(found.map((one) => one.name).sort()).toEqual([name, name, `${name}-captain`, `${name}-crew`]);
      expect(await store.personal.warnings("discord", id)).toHaveLength(1);
      const work = await store.personal.work("discord", id);
      expect(work.runs).toEqual([
        { ...(await store.runs.get(run)), isTheirs: true, goesOnAt: 1 },
        { ...(await store.runs.get(`${run}-asking`)), isTheirs: false, goesOnAt: 9, askedAt: 7 },
      ]);
      const keys = work.buttons.map(({ key }) => key);
      expect([keys[0], ...keys.slice(1).sort()]).toEqual([button, ...[shared, ticked].sort()]);
      expect(work.cooldowns).toEqual([{ rule: name, until: 2 }]);
      expect(work.jobs.map(({ payload }) => payload)).toEqual([
        { serverId: "1", member: { id, name: "Ada" }, reason: "x" },
      ]);
    });

    test("is erased everywhere but in what still has to end, and nobody else is", async () => {
      const id = unique("900");
      const { name, run, button, shared, ticked } = await fill(id);
      const counts = await store.personal.count("discord", id);
      expect(await store.personal.erase("discord", id)).toEqual(counts);
      const nothing = { data: 0, warnings: 0, runs: 0, buttons: 0, shared: 0, cooldowns: 0, people: 0 };
      expect(await store.personal.count("discord", id)).toEqual({ ...nothing, asked: 1, jobs: 1 });
      const server: DataOwner = { ...memberOf(""), scope: "server" };
      expect(
        await store.data.read([
          { name, owner: memberOf(`${id}0`) },
          { name, owner: { ...memberOf(id), platform: "slack" } },
          { name: `${name}-crew`, owner: server },
          { name: `${name}-note`, owner: server },
        ]),
      ).toEqual([6, 7, [person("other")], { id, name: "a role" }]);
      expect(await store.runs.get(run)).toBeUndefined();
      expect(await store.runs.get(`${run}-other`)).toBeDefined();
      expect(await store.runs.button(button)).toBeUndefined();
      const options = { who: null, other: person("other"), named: "", why: "so", n: 1, at: [{ kind: "time" }] };
      expect((await store.runs.button(shared))?.state).toEqual({
        ...{ ...menuOf({ other: [0] }), path: "do/0", event: { platform: "discord", user: { id: "" } } },
        variables: {
          message: { id: "m1", text: "", attachments: [], link: null },
          ...{ options, channel: { id: "c", name: "c" } },
        },
      });
      expect((await store.runs.button(ticked))?.state).toEqual({ ...state("other"), ...menuOf({}) });
      const due = await store.jobs.claim(clock.now, clock.now + 1, 1000, ["discord"]);
      const payloads = due.map(({ payload }) => JSON.stringify(payload));
      expect(payloads.filter((payload) => payload.includes(`"${id}"`) || payload.includes(`"${run}"`))).toEqual([
        JSON.stringify({ serverId: "1", member: { id, name: id } }),
      ]);
      expect(payloads).toContain(JSON.stringify({ serverId: "1", userId: `${id}0` }));
    });
  });

  test("empties what the audit log holds of one person, and nothing else", async () => {
    const [ada, bob] = [unique("ada"), unique("bob")];
    const tip = (await store.audit.last())?.sequence ?? 0;
    const row = (place: number, with_: Partial<AuditRow>): AuditRow => ({
      ...{ sequence: tip + place, at: 1, kind: "commands", platform: "discord", serverId: "1", actorId: "x" },
      ...{ targetId: "", action: "give", outcome: "done", ref: "", content: '{"actor":"x"}', salt: "s" },
      ...{ digest: `d${place}`, chain: `c${tip + place}` },
      ...with_,
    });
    const rows = [
      row(1, { actorId: ada }),
      row(2, { targetId: ada, kind: "moderation" }),
      row(3, { actorId: bob }),
      row(4, { actorId: ada, platform: "slack" }),
    ];
    await store.audit.append(() => rows);
    expect(await store.audit.about("discord", ada)).toEqual([rows[0], rows[1]]);
    expect(await store.audit.erase("discord", ada)).toBe(2);
    expect(await store.audit.erase("discord", ada)).toBe(0);
    const erased = { content: "", salt: "" };
    expect(await store.audit.page(tip, 9)).toEqual([
      { ...rows[0], ...erased },
      { ...rows[1], ...erased },
      rows[2],
      rows[3],
    ]);
  });
});
