import { describe, expect, test } from "vitest";
import { account_age } from "../../src/conditions/account_age.ts";
import { bot_can } from "../../src/conditions/bot_can.ts";
import { caps_over } from "../../src/conditions/caps_over.ts";
import { chance } from "../../src/conditions/chance.ts";
import { channel } from "../../src/conditions/channel.ts";
import { data } from "../../src/conditions/data.ts";
import { direct } from "../../src/conditions/direct.ts";
import { has_attachment } from "../../src/conditions/has_attachment.ts";
import { member_age } from "../../src/conditions/member_age.ts";
import { mentions_over } from "../../src/conditions/mentions_over.ts";
import { time_between } from "../../src/conditions/time_between.ts";
import { weekday } from "../../src/conditions/weekday.ts";
import type { TextEntity } from "../../src/contracts/event.ts";
import type { Condition } from "../../src/contracts/word.ts";
import { duration } from "../../src/language/values.ts";
import { ada, contextOf, eventOf, type Given } from "./support.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** What a compiled condition says. */
function asked(compiled: Condition | { readonly problem: string }, given: Given) {
  if (typeof compiled !== "function") throw new Error(compiled.problem);
  return compiled(contextOf(given));
}

describe("account_age and member_age", () => {
  const made = (createdAt?: number) =>
    eventOf(undefined, { user: { ...ada, ...(createdAt === undefined ? {} : { createdAt }) } });

  test.each<[{ under?: number; over?: number }, number, boolean]>([
    [{ under: day }, day - 1, true],
    [{ under: day }, day, false],
    [{ over: day }, day, false],
    [{ over: day }, day + 1, true],
    [{ over: hour, under: day }, 2 * hour, true],
    [{ over: hour, under: day }, hour, false],
    // A platform's clock may be ahead of this one.
    [{ under: day }, -5000, true],
  ])("%j after %d ms: %s", (args, age, expected) => {
    expect(asked(account_age.compile(args), { event: made(0), now: age })).toBe(expected);
    const actor = { ...contextOf({}).actor, standing: () => ({ owner: false, joinedAt: 0 }) };
    expect(asked(member_age.compile(args), { actor, now: age })).toBe(expected);
  });

  test("cannot be told where the platform does not say it", async () => {
    expect(asked(account_age.compile({ under: day }), { event: made() })).toBeUndefined();
    expect(asked(member_age.compile({ over: day }), {})).toBeUndefined();
    const actor = { ...contextOf({}).actor, standing: async () => ({ owner: false }) };
    expect(await asked(member_age.compile({ over: day }), { actor })).toBeUndefined();
  });
});

describe("time_between and weekday", () => {
  const at = (timezone: string, iso: string) => ({ timezone, now: Date.parse(iso) });

  test.each<[readonly string[], string, string, boolean]>([
    [["23:00", "07:00"], "UTC", "2026-01-05T23:00:00Z", true],
    [["23:00", "07:00"], "UTC", "2026-01-05T06:59:59Z", true],
    [["23:00", "07:00"], "UTC", "2026-01-05T07:00:00Z", false],
    [["9:00", "17:30"], "UTC", "2026-01-05T17:29:00Z", true],
    [["9:00", "17:30"], "UTC", "2026-01-05T17:30:00Z", false],
    [["18:00", "24:00"], "UTC", "2026-01-05T23:59:59Z", true],
    [["18:00", "24:00"], "UTC", "2026-01-05T00:00:00Z", false],
    [["00:00", "01:00"], "Asia/Kolkata", "2026-01-05T18:45:00Z", true],
    // The night in which the clocks go forward has no half past two, and the one in which they go back has two.
    [["02:00", "03:00"], "Europe/Madrid", "2026-03-29T01:30:00Z", false],
    [["02:00", "03:00"], "Europe/Madrid", "2026-10-25T00:30:00Z", true],
    [["02:00", "03:00"], "Europe/Madrid", "2026-10-25T01:30:00Z", true],
  ])("%j in %s at %s: %s", (times, timezone, iso, expected) => {
    expect(asked(time_between.compile({ times }), at(timezone, iso))).toBe(expected);
  });

  test.each<[readonly string[], string]>([
    [["23:00"], "two times"],
    [["23:00", "07:00", "08:00"], "two times"],
    [["23:00", "7"], '"7" is not a time'],
    [["23:60", "07:00"], '"23:60" is not a time'],
    [["24:01", "07:00"], '"24:01" is not a time'],
    [["07:00", "7:00"], "the same time"],
  ])("the times %j are explained", (times, why) => {
    expect(time_between.compile({ times })).toMatchObject({ problem: expect.stringContaining(why), field: "times" });
  });

  test.each<[readonly string[], string, string, boolean]>([
    [["mon"], "UTC", "2026-01-05T12:00:00Z", true],
    [["monday"], "UTC", "2026-01-05T12:00:00Z", true],
    [["sat", "sun"], "UTC", "2026-01-05T12:00:00Z", false],
    [["weekends"], "UTC", "2026-01-04T23:59:59Z", true],
    [["weekends"], "Asia/Kolkata", "2026-01-04T23:59:59Z", false],
    [["weekdays"], "America/New_York", "2026-01-05T04:00:00Z", false],
  ])("%j in %s at %s: %s", (days, timezone, iso, expected) => {
    expect(asked(weekday.compile({ days }), at(timezone, iso))).toBe(expected);
  });

  test("are asked anew each minute, and in each time zone", () => {
    const night = time_between.compile({ times: ["23:00", "07:00"] });
    expect(asked(night, at("UTC", "2026-01-05T22:59:59Z"))).toBe(false);
    expect(asked(night, at("UTC", "2026-01-05T23:00:00Z"))).toBe(true);
    expect(asked(night, at("Asia/Kolkata", "2026-01-05T23:00:00Z"))).toBe(true);
    expect(asked(night, at("America/New_York", "2026-01-05T23:00:00Z"))).toBe(false);
  });
});

describe("caps_over and mentions_over", () => {
  const entity = (id: string, offset: number, length: number, kind: TextEntity["kind"] = "user"): TextEntity => ({
    id,
    offset,
    length,
    kind,
    name: id,
  });

  test.each<[string, boolean]>([
    ["HELLO THERE", true],
    ["Hello there all", false],
    ["ПРИВЕТ ВСЕМ ВАМ", true],
    ["SHORT", false],
    ["1234567890123", false],
    ["你好你好你好你好你好你好", false],
    ["AAAAAAAbbb", false],
    ["AAAAAAAAbb", true],
    ["", false],
  ])("%j is loud: %s", (text, expected) => {
    expect(asked(caps_over.compile({ percent: 0.7, min_length: 10 }), { event: eventOf({ text }) })).toBe(expected);
  });

  test("the names in mentions are not shouted", () => {
    const text = "@CAPTAIN_AHAB are you there now?";
    const event = eventOf({ text, entities: [entity("1", 0, 13)] });
    expect(asked(caps_over.compile({ percent: 0.3, min_length: 5 }), { event })).toBe(false);
    expect(asked(caps_over.compile({ percent: 0.3, min_length: 5 }), { event: eventOf({ text }) })).toBe(true);
  });

  test("people and roles are counted once, channels not at all", () => {
    const entities = [entity("1", 0, 1), entity("1", 2, 1), entity("2", 4, 1), entity("2", 6, 1, "role")];
    const event = eventOf({ entities: [...entities, entity("3", 8, 1, "channel")], usernames: ["bob", "Bob", "cy"] });
    expect(asked(mentions_over.compile({ count: 4 }), { event })).toBe(true);
    expect(asked(mentions_over.compile({ count: 5 }), { event })).toBe(false);
  });

  test("cannot be told without a message", () => {
    expect(asked(caps_over.compile({ percent: 0, min_length: 1 }), {})).toBeUndefined();
    expect(asked(mentions_over.compile({ count: 0 }), {})).toBeUndefined();
  });
});

test("has_attachment cannot be told where the platform did not say", () => {
  const attachments = [{ id: "1", name: "a.png" }];
  for (const is of [true, false]) {
    expect(asked(has_attachment.compile({ is }), { event: eventOf({ attachments }) })).toBe(is);
    expect(asked(has_attachment.compile({ is }), { event: eventOf({ attachments: [] }) })).toBe(!is);
    expect(asked(has_attachment.compile({ is }), { event: eventOf({}) })).toBeUndefined();
    expect(asked(has_attachment.compile({ is }), {})).toBeUndefined();
  }
});

test("direct cannot be told where there is no channel", () => {
  const channelOf = (isDirect: boolean) => eventOf({}, { channel: { id: "1", name: "x", direct: isDirect } });
  expect(asked(direct.compile({ is: true }), { event: channelOf(true) })).toBe(true);
  expect(asked(direct.compile({ is: false }), { event: channelOf(true) })).toBe(false);
  expect(asked(direct.compile({ is: false }), {})).toBeUndefined();
});

test.each([
  [0, 0, false],
  [0.1, 0.0999, true],
  [0.1, 0.1, false],
  [1, 0.9999, true],
])("a chance of %d with %d: %s", (share, random, expected) => {
  expect(asked(chance.compile({ share }), { random })).toBe(expected);
});

test("bot_can cannot be told where the platform does not say", async () => {
  const holding = (standing: () => never | undefined) => ({
    ...contextOf({}),
    here: { ...contextOf({}).here, botStanding: standing },
  });
  const compiled = bot_can.compile({ right: "ban_members" });
  if (typeof compiled !== "function") throw new Error(compiled.problem);
  expect(compiled(holding(() => undefined))).toBeUndefined();
});

describe("channel", () => {
  const event = eventOf({}, { channel: { id: "7", name: "general", direct: false } });
  const names = (...written: string[]) => channel.compile({ name: written.map((name) => ({ name })) });

  test("is by id at once, and by what the name stands for", async () => {
    expect(await asked(names("7"), { event })).toBe(true);
    expect(await asked(names("general"), { event, channels: { general: { id: "7" } } })).toBe(true);
    // What the file calls general was renamed, and another one is called so now.
    expect(await asked(names("general"), { event, channels: { general: { id: "8" } } })).toBe(false);
  });

  test("what is not here is elsewhere, what is unclear stays open", async () => {
    expect(await asked(names("games"), { event })).toBe(false);
    expect(await asked(names("games"), { event, channels: { games: "unclear" } })).toBeUndefined();
    expect(await asked(names("games", "7"), { event, channels: { games: "unclear" } })).toBe(true);
    expect(await asked(names("7"), {})).toBeUndefined();
    const elsewhere = channel.compile({ name: [{ platform: "slack", name: "7" }] });
    expect(await asked(elsewhere, { event })).toBe(false);
  });
});

describe("data", () => {
  test.each<[Parameters<typeof data.compile>[0]["values"], boolean | undefined]>([
    [{ coins: { at_least: 10 } }, true],
    [{ coins: { at_least: 11 } }, false],
    [{ coins: { below: 10 } }, false],
    [{ coins: { at_least: 5, below: 20 }, open: { equals: true } }, true],
    [{ coins: { equals: 10 }, open: { equals: false } }, false],
    [{ motd: { contains: "PARTY" } }, true],
    [{ motd: { equals: "party" } }, false],
    [{ pause: { equals: duration(600_000) } }, true],
    [{ pause: { below: duration(600_000) } }, false],
    [{ pause: { at_least: duration(600_000) } }, true],
    [{ coins: { at_least: 99 }, missing: { equals: 1 } }, undefined],
  ])("%j: %s", (values, expected) => {
    const stored = { coins: 10, motd: "Party tonight", pause: duration(600_000), open: true };
    expect(asked(data.compile({ values }), { values: { data: stored } })).toBe(expected);
  });

  test("cannot be told where nothing was read", () => {
    expect(asked(data.compile({ values: { coins: { equals: 0 } } }), {})).toBeUndefined();
  });

  test("asking for nothing makes no sense", () => {
    expect(data.compile({ values: {} })).toMatchObject({ field: "values" });
    expect(data.compile({ values: { coins: {} } })).toMatchObject({ problem: expect.stringContaining('"coins"') });
  });
});
