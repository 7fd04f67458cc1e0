import { expect, test } from "vitest";
import { add_role } from "../../src/actions/add_role.ts";
import { ban } from "../../src/actions/ban.ts";
import { kick } from "../../src/actions/kick.ts";
import { mute } from "../../src/actions/mute.ts";
import { remove_role } from "../../src/actions/remove_role.ts";
import { unban } from "../../src/actions/unban.ts";
import { warn } from "../../src/actions/warn.ts";
import { PlatformError, type PlatformErrorKind } from "../../src/contracts/platform.ts";
import type { LaterJob } from "../../src/contracts/word.ts";
import { done } from "../../src/contracts/word.ts";
import { say } from "../../src/sentences/sentence.ts";
import { open } from "../../src/stores/sqlite/index.ts";
import {
  ada,
  bob,
  harbour,
  laterSurroundings,
  person,
  privateEvent,
  start,
  stored,
  surroundings,
  text,
} from "./support.ts";

const [hour, day] = [3_600_000, 86_400_000];
const spam = text("Spam");
const newcomer = { id: "r1", name: "Newcomer" };
const fails = (kind: PlatformErrorKind, uncertain = false) => {
  const error = new PlatformError(kind, `It is ${kind}.`, { uncertain });
  return { error, failure: () => error };
};

test("warn counts a person's warnings and remembers who gave them", async () => {
  const store = await open({ kind: "sqlite", path: ":memory:" }, () => start);
  try {
    const context = surroundings({ warnings: store.warnings });
    expect(await warn.run({ member: bob, reason: spam }, context)).toEqual({ end: "done", value: 1 });
    expect(await warn.run({ member: bob }, context)).toEqual({ end: "done", value: 2 });
    expect(await warn.run({ member: ada }, context)).toEqual({ end: "done", value: 1 });
    const kept = await store.warnings.list("discord", harbour.id, bob.id);
    expect(kept.map(({ byName, reason, at }) => [byName, reason, at])).toEqual(
      expect.arrayContaining([
        ["ada", "Spam", start],
        ["ada", "", start],
      ]),
    );
    // A rule that warns the author of the message is not the author warning themselves.
    const [own] = await store.warnings.list("discord", harbour.id, ada.id);
    expect(own).toMatchObject({ byId: "bot", byName: "Harbour" });
  } finally {
    await store.close();
  }
});

test("kick removes the person", async () => {
  const context = surroundings();
  expect(await kick.run({ member: bob, reason: spam }, context)).toEqual(done);
  expect(context.calls).toEqual([["discord.kick", "harbour", "id-bob", "Spam"]]);
});

test.each([
  ["mute", () => mute.run({ member: bob, for: hour }, surroundings({ event: privateEvent }))],
  ["ban", () => ban.run({ member: bob, for: hour }, surroundings({ event: privateEvent }))],
  ["warn", () => warn.run({ member: bob }, surroundings({ event: privateEvent }))],
  ["add_role", () => add_role.run({ role: newcomer }, surroundings({ event: privateEvent }))],
])("%s needs a server", async (_, act) => {
  expect(await act()).toEqual({
    end: "not_done",
    reason: say("only_on_server"),
  });
});

test("nobody is acted on across platforms", async () => {
  const context = surroundings({ beside: ["telegram"] });
  expect(await kick.run({ member: person("eve", "telegram") }, context)).toEqual({
    end: "not_done",
    reason: say("elsewhere", { name: "eve", platform: "telegram", here: "discord" }),
  });
  expect(context.calls).toEqual([]);
});

test("mute for a while stores what ends it before it mutes", async () => {
  const context = surroundings();
  expect(await mute.run({ member: bob, for: hour, reason: spam }, context)).toEqual(done);
  expect(context.calls).toEqual([
    ["later", "mute:discord:harbour:id-bob", hour],
    ["discord.mute", "harbour", "id-bob", start + hour, "Spam"],
  ]);

  const due = laterSurroundings({ now: start + hour });
  await mute.later!(stored(context.jobs.get("mute:discord:harbour:id-bob")), due);
  expect(due.calls).toEqual([
    ["intent", "unmute", "bob", "Spam"],
    ["discord.unmute", "harbour", "id-bob", "Spam"],
  ]);
});

test("mute without an end takes the place of one with an end", async () => {
  const jobs = new Map<string, LaterJob>();
  await mute.run({ member: bob, for: hour }, surroundings({ jobs }));
  const context = surroundings({ jobs });
  await mute.run({ member: bob }, context);
  expect(context.calls).toEqual([
    ["discord.mute", "harbour", "id-bob", undefined, undefined],
    ["cancelLater", "mute:discord:harbour:id-bob"],
  ]);
  expect(jobs.size).toBe(0);
});

test("a mute that the platform cannot hold is renewed until its time is over, without a gap", async () => {
  const jobs = new Map<string, LaterJob>();
  const muteLimitMs = 28 * day;
  const first = surroundings({ jobs, muteLimitMs });
  await mute.run({ member: bob, for: 60 * day, reason: spam }, first);
  const holds = first.calls.filter(([what]) => what === "discord.mute").map((call) => call[3] as number);
  let now = start;
  for (let steps = 0; jobs.size > 0; steps++) {
    expect(steps).toBeLessThan(10);
    const [[key, job]] = [...jobs] as [[string, LaterJob]];
    jobs.delete(key);
    expect(job.at).toBeLessThanOrEqual(holds.at(-1)!);
    now = job.at;
    const due = laterSurroundings({ now, jobs, muteLimitMs });
    await mute.later!(stored(job), due);
    const renewed = due.calls.find(([what]) => what === "discord.mute");
    if (renewed === undefined) expect(due.calls.at(-1)?.[0]).toBe("discord.unmute");
    else {
      holds.push(renewed[3] as number);
      expect(renewed[3]).toBeLessThan(now + muteLimitMs);
    }
  }
  expect(now).toBe(start + 60 * day);
  expect(holds.at(-1)).toBe(start + 60 * day);
});

test("a mute whose end came while the bot was away is ended, not renewed", async () => {
  const jobs = new Map<string, LaterJob>();
  await mute.run({ member: bob, for: 60 * day }, surroundings({ jobs, muteLimitMs: 28 * day }));
  const due = laterSurroundings({ now: start + 90 * day, muteLimitMs: 28 * day });
  await mute.later!(stored(jobs.get("mute:discord:harbour:id-bob")), due);
  expect(due.calls.map(([what]) => what)).toEqual(["intent", "discord.unmute"]);
});

test("ban for a while is undone when the time is over", async () => {
  const context = surroundings();
  expect(await ban.run({ member: bob, for: 7 * day, reason: spam }, context)).toEqual(done);
  expect(context.calls).toEqual([
    ["later", "ban:discord:harbour:id-bob", 7 * day],
    ["discord.ban", "harbour", "id-bob", start + 7 * day, "Spam"],
  ]);
  const due = laterSurroundings({ now: start + 7 * day });
  await ban.later!(stored(context.jobs.get("ban:discord:harbour:id-bob")), due);
  expect(due.calls).toEqual([
    ["intent", "unban", "bob", "Spam"],
    ["discord.unban", "harbour", "id-bob", "Spam"],
  ]);
});

test("ban for good cancels the end of an earlier one", async () => {
  const context = surroundings();
  await ban.run({ member: bob }, context);
  expect(context.calls).toEqual([
    ["discord.ban", "harbour", "id-bob", undefined, undefined],
    ["cancelLater", "ban:discord:harbour:id-bob"],
  ]);
});

test("a ban that was refused leaves no unban behind; one that may have happened does", async () => {
  const refused = fails("missing_right");
  const context = surroundings(refused);
  await expect(ban.run({ member: bob, for: day }, context)).rejects.toBe(refused.error);
  expect(context.jobs.size).toBe(0);

  const unclear = surroundings(fails("unavailable", true));
  await expect(ban.run({ member: bob, for: day }, unclear)).rejects.toThrow("It is unavailable.");
  expect([...unclear.jobs.keys()]).toEqual(["ban:discord:harbour:id-bob"]);
});

test("an earlier end stays when a ban for good does not work", async () => {
  const jobs = new Map<string, LaterJob>();
  await ban.run({ member: bob, for: day }, surroundings({ jobs }));
  await expect(ban.run({ member: bob }, surroundings({ jobs, ...fails("unavailable") }))).rejects.toThrow();
  expect(jobs.size).toBe(1);
});

test("unban lets the person back and forgets the end of the ban", async () => {
  const context = surroundings();
  expect(await unban.run({ member: bob }, context)).toEqual(done);
  expect(context.calls).toEqual([
    ["discord.unban", "harbour", "id-bob", undefined],
    ["cancelLater", "ban:discord:harbour:id-bob"],
  ]);
});

test("unban of somebody who is not banned is told, and its job is of no more use; in trouble the job stays", async () => {
  const jobs = new Map<string, LaterJob>();
  await ban.run({ member: bob, for: day }, surroundings({ jobs }));
  await expect(unban.run({ member: bob }, surroundings({ jobs, ...fails("unavailable") }))).rejects.toThrow();
  expect(jobs.size).toBe(1);
  await expect(unban.run({ member: bob }, surroundings({ jobs, ...fails("not_found") }))).rejects.toThrow();
  expect(jobs.size).toBe(0);
});

test.each([
  ["not_found", "said once and given up"],
  ["missing_right", "said once and given up"],
  ["refused", "said once and given up"],
  ["unavailable", "tried again"],
  ["rate_limited", "tried again"],
] as const)("what is due and ends in %s is %s", async (kind, what) => {
  const jobs = new Map<string, LaterJob>();
  await ban.run({ member: bob, for: day }, surroundings({ jobs }));
  const due = laterSurroundings({ now: start + day, ...fails(kind) });
  const attempt = ban.later!(stored([...jobs.values()][0]), due);
  if (what === "tried again") await expect(attempt).rejects.toThrow(`It is ${kind}.`);
  else {
    await attempt;
    expect(due.calls.map(([call]) => call)).toEqual(["intent", "log.warn"]);
  }
});

test("add_role gives the role to the event's person, or to whoever is named, and takes it when its time is over", async () => {
  const context = surroundings();
  expect(await add_role.run({ role: newcomer }, context)).toEqual(done);
  expect(await add_role.run({ role: newcomer, member: bob, for: 7 * day }, context)).toEqual(done);
  expect(context.calls).toEqual([
    ["discord.addRole", "harbour", "id-ada", "r1", "No invites"],
    ["cancelLater", "add_role:discord:harbour:id-ada:r1"],
    ["later", "add_role:discord:harbour:id-bob:r1", 7 * day],
    ["discord.addRole", "harbour", "id-bob", "r1", "No invites"],
  ]);
  const due = laterSurroundings({ now: start + 7 * day });
  await add_role.later!(stored(context.jobs.get("add_role:discord:harbour:id-bob:r1")), due);
  expect(due.calls).toEqual([
    ["intent", "remove_role", "bob", "No invites"],
    ["discord.removeRole", "harbour", "id-bob", "r1", "No invites"],
  ]);
});

test("remove_role takes the role and forgets when it would have been taken", async () => {
  const context = surroundings();
  expect(await remove_role.run({ role: newcomer, member: bob }, context)).toEqual(done);
  expect(await remove_role.run({ role: newcomer }, context)).toEqual(done);
  expect(context.calls).toEqual([
    ["discord.removeRole", "harbour", "id-bob", "r1", "No invites"],
    ["cancelLater", "add_role:discord:harbour:id-bob:r1"],
    ["discord.removeRole", "harbour", "id-ada", "r1", "No invites"],
    ["cancelLater", "add_role:discord:harbour:id-ada:r1"],
  ]);
});
