import { describe, expect, it } from "vitest";
import { throwDice } from "../../src/language/dice.ts";
import {
  durationAhead,
  formatDuration,
  parseDuration,
  parseTypedDuration,
  shortDuration,
} from "../../src/language/duration.ts";
import { parseName, parsePersonName } from "../../src/language/name.ts";
import { parsePercent } from "../../src/language/percent.ts";
import type { Parsed } from "../../src/language/problem.ts";
import { parseRate } from "../../src/language/rate.ts";
import { parseSize } from "../../src/language/size.ts";
import { timeOfDayMeant } from "../../src/language/time-of-day.ts";
import { weekdayMeant, weekdaysBetween } from "../../src/language/weekday.ts";
import { parseYesNo } from "../../src/language/yes-no.ts";

/** The value, or `message (hint)`. */
function outcome<T>(parsed: Parsed<T>): T | string {
  return parsed.ok ? parsed.value : `${parsed.problem.message} (${parsed.problem.hint})`;
}

describe("durations", () => {
  it.each<[string, number | string]>([
    ["10s", 10_000],
    ["5m", 300_000],
    ["2h", 7_200_000],
    ["7d", 604_800_000],
    ["2w", 1_209_600_000],
    ["1h30m", 5_400_000],
    ["1h 30m", 5_400_000],
    [" 0s ", 0],
    ["10", '"10" is not a duration (it needs a unit: 10s for seconds, 10m for minutes, 10h for hours)'],
    ["10 minutes", '"10 minutes" is not a duration (write 10m)'],
    ["1 hour and 30 min", '"1 hour and 30 min" is not a duration (write 1h30m)'],
    ["10M", '"10M" is not a duration (write 10m)'],
    ["1.5h", '"1.5h" is not a duration (write 1h30m)'],
    ["1 month", '"1 month" is not a duration (write 30d)'],
    ["-5m", '"-5m" is not a duration (a duration cannot be below zero)'],
    ["1h30", '"1h30" is not a duration (write 1h30m)'],
    ["half an hour", '"half an hour" is not a duration (write 30m)'],
    ["10 Minuten", '"10 Minuten" is not a duration (write 10m)'],
    [
      "until friday",
      '"until friday" is not a duration (it is how long, not when, such as 2h; what happens at a time or on a day stands under schedules:)',
    ],
    ["soon", '"soon" is not a duration (write a number and a unit: 10s, 5m, 2h, 7d or 2w)'],
    ["", "the duration is empty (write a number and a unit: 10s, 5m, 2h, 7d or 2w)"],
    ["10m20m", '"10m20m" names the unit "m" twice (add them up: 30m, not 10m20m)'],
    ["99999w", '"99999w" is longer than a hundred years (write a shorter duration)'],
  ])("%j", (source, expected) => {
    expect(outcome(parseDuration(source))).toBe(expected);
  });

  it.each<[string, string | undefined]>([
    ["2h", "2h"],
    ["2H", "2h"],
    ["2 h", "2h"],
    ["2 hours", "2h"],
    ["90 min", "1h30m"],
    ["1h 30m", "1h30m"],
    ["1 Hour and 30 Minutes", "1h30m"],
    ["1.5 hours", "1h30m"],
    ["half an hour", "30m"],
    ["a week", "7d"],
    ["10", undefined],
    ["2h 2 hours", undefined],
    ["soon", undefined],
    ["until friday", undefined],
    ["99999 weeks", undefined],
  ])("that people type are read in plain words: %j", (source, expected) => {
    const read = parseTypedDuration(source);
    expect(read.ok ? shortDuration(read.value) : undefined).toBe(expected);
    if (!read.ok) expect(outcome(read)).toBe(outcome(parseDuration(source)));
  });

  it.each<[string, string | undefined]>([
    ["2 hours bring the balls", "2 hours"],
    ["2h bring the balls", "2h"],
    ["1h 30m later", "1h 30m"],
    ["1 hour, 5 minutes and 3 s or so", "1 hour, 5 minutes and 3 s"],
    ["10 min 3 days of noise", "10 min"],
    ["10m 10 people came", "10m"],
    ["an hour or so", "an hour"],
    ["a cake", undefined],
    ["1h30m", undefined],
    ["5 apples", undefined],
    ["5", undefined],
    ["", undefined],
  ])("of several words are found before other words: %j", (text, expected) => {
    expect(durationAhead(text)).toBe(expected);
  });

  it("are shown in words, never too short", () => {
    const cases: [number, string, string][] = [
      [0, "0 seconds", "0s"],
      [1, "1 second", "1s"],
      [59_001, "1 minute", "1m"],
      [7_500_000, "2 hours 5 minutes", "2h5m"],
      [90_061_000, "1 day 1 hour", "1d1h1m1s"],
      [604_800_000, "7 days", "7d"],
    ];
    for (const [ms, words, short] of cases)
      expect([formatDuration(ms, "en"), shortDuration(ms)]).toEqual([words, short]);
    expect(formatDuration(7_500_000, "es")).toBe("2 horas 5 minutos");
  });
});

describe("sizes", () => {
  it.each<[string, number | string]>([
    ["8MB", 8_388_608],
    ["500 KB", 512_000],
    ["1.5GB", 1_610_612_736],
    ["10B", 10],
    ["8mb", '"8mb" is not a size (write 8MB)'],
    ["8 MiB", '"8 MiB" is not a size (write 8MB)'],
    ["8M", '"8M" is not a size (write 8MB)'],
    ["8", '"8" is not a size (write 500KB, 8MB or 1GB)'],
    ["", "the size is empty (write 500KB, 8MB or 1GB)"],
  ])("%j", (source, expected) => {
    expect(outcome(parseSize(source))).toBe(expected);
  });
});

describe("rates", () => {
  const rolling = (limit: number, ms: number, per: string) => ({ limit, window: { kind: "rolling", ms }, per });
  const calendar = (limit: number, unit: string, per: string) => ({ limit, window: { kind: "calendar", unit }, per });
  it.each<[string, object]>([
    ["5 per 10s per user", rolling(5, 10_000, "user")],
    ["2 per day per server", calendar(2, "day", "server")],
    ["1 per 24h", rolling(1, 86_400_000, "user")],
    ["1 per day", calendar(1, "day", "user")],
    ["3 per user per 1m", rolling(3, 60_000, "user")],
    ["9 per hour per everyone", calendar(9, "hour", "everyone")],
    ["5  per  1h30m  per  member", rolling(5, 5_400_000, "member")],
  ])("%j is read", (source, rate) => {
    expect(outcome(parseRate(source))).toEqual(rate);
  });

  it.each<[string, string]>([
    ["5", '"5" is not a rate (write for example 5 per 10s per user, or 2 per day per server)'],
    ["5/10s", '"5/10s" is not a rate (write 5 per 10s)'],
    ["0 per 10s", '"0" cannot be a limit (write a whole number from 1 to 1000000)'],
    ["5 per 10s per usr", '"usr" is not something that a rate can count by (did you mean "per user"?)'],
    ["5 per 10 seconds", '"10 seconds" is not a time that a rate can have (write 10s)'],
    ["5 per dya", '"dya" is not a time that a rate can have (did you mean "day"?)'],
    [
      "5 per user",
      '"5 per user" does not say in which time (write for example 5 per 10s per user, or 2 per day per server)',
    ],
    ["5 per 0s", '"0s" is not a time that a rate can have (write at least 1s)'],
    [
      "5 per user per member",
      '"5 per user per member" says twice who is counted (write for example 5 per 10s per user, or 2 per day per server)',
    ],
  ])("%j", (source, expected) => {
    expect(outcome(parseRate(source))).toBe(expected);
  });
});

describe("yes and no", () => {
  it.each<[string, boolean | string]>([
    ["yes", true],
    ["On", true],
    ["TRUE", true],
    ["no", false],
    ["off", false],
    [" false ", false],
    ["maybe", '"maybe" is neither yes nor no (write yes or no)'],
    ["constructor", '"constructor" is neither yes nor no (write yes or no)'],
  ])("%j", (source, expected) => {
    expect(outcome(parseYesNo(source))).toBe(expected);
  });
});

describe("names", () => {
  const platforms = ["discord", "telegram", "slack"];

  it.each<[string, unknown]>([
    ["mod-log", { name: "mod-log" }],
    ["discord:mod-log", { platform: "discord", name: "mod-log" }],
    ["telegram:-1001234567890", { platform: "telegram", name: "-1001234567890" }],
    ["Team: Red", { name: "Team: Red" }],
    ["Team:Red", { name: "Team:Red" }],
    ["#mod-log", 'names are written without "#" (write mod-log)'],
    ["discord:#mod-log", 'names are written without "#" (write discord:mod-log)'],
    ["@Moderator", 'names are written without "@" (write Moderator)'],
    ["discrod:news", 'there is no platform "discrod" (write discord:news)'],
    ["<#123>", '"<#123>" is how a platform stores a mention (write the name, or the id: "123")'],
    ["", "the name is empty (write the name as people see it)"],
    ["discord:", "the name is empty (write the name as people see it)"],
  ])("%j", (source, expected) => {
    expect(outcome(parseName(source, platforms))).toEqual(expected);
  });

  it("of people may begin with @", () => {
    expect(outcome(parsePersonName("discord:@ada", platforms))).toEqual({ platform: "discord", name: "ada" });
    expect(outcome(parsePersonName("ada", platforms))).toEqual({ name: "ada" });
    expect(outcome(parsePersonName("telegram:42", platforms))).toEqual({ platform: "telegram", name: "42" });
    expect(outcome(parsePersonName("#ada", platforms))).toBe('names are written without "#" (write ada)');
  });
});

describe("percentages", () => {
  it.each([
    ["10%", 0.1],
    ["0.1", 0.1],
    ["70", 0.7],
    [" 100 % ", 1],
    ["0", 0],
    ["1%", 0.01],
    ["2.5%", 0.025],
  ])("%j is %d", (source, value) => {
    expect(parsePercent(source)).toEqual({ ok: true, value });
  });

  it.each([
    ["1", "may mean"],
    ["101%", "more than everything"],
    ["-5%", "not a percentage"],
    ["often", "not a percentage"],
    ["", "empty"],
  ])("%j is refused", (source, why) => {
    expect(parsePercent(source)).toMatchObject({ ok: false, problem: { message: expect.stringContaining(why) } });
  });
});

describe("dice", () => {
  it.each<[string, number, readonly number[]]>([
    ["2d6+1", 9, [4, 4]],
    ["d20", 11, [11]],
    [" 3 D 4 - 1d6 ", 5, [3, 3, 3, 4]],
    ["-1d6+10", 6, [4]],
    ["100d2", 200, Array(100).fill(2)],
  ])("%j", (source, total, dice) => {
    expect(throwDice(source, () => 0.5)).toEqual({ total, dice });
  });

  it.each(["", "six", "2d", "d1", "0d6", "101d6", "1d1001", "2d6+", "5", "2d6*2", "1d6+2000000", "9".repeat(200)])(
    "%j is none",
    (source) => {
      expect(throwDice(source, () => 0.5)).toBeUndefined();
    },
  );

  it("show every side from the lowest to the highest", () => {
    expect(throwDice("1d6", () => 0)?.total).toBe(1);
    expect(throwDice("1d6", () => 0.999_999)?.total).toBe(6);
  });
});

describe("rates in other words", () => {
  it.each([
    ["once per day", "1 per day"],
    ["5/min", "5 per minute"],
    ["3 times a day", "3 per day"],
    ["10x per hour per user", "10 per hour per user"],
    ["2 every 10s", "2 per 10s"],
  ])("%j", (source, meant) => {
    expect(outcome(parseRate(source))).toBe(`"${source}" is not a rate (write ${meant})`);
  });
});

describe("what is meant by other words", () => {
  it.each([
    ["9am", "9:00"],
    ["9", "9:00"],
    ["6.30 pm", "18:30"],
    ["12 am", "0:00"],
    ["18h", "18:00"],
    ["18 Uhr", "18:00"],
    ["noon", "12:00"],
    ["midnight", "0:00"],
    ["25:00", undefined],
    ["later", undefined],
  ])("the time of day %j", (text, meant) => {
    expect(timeOfDayMeant(text)).toBe(meant);
  });

  it.each([
    ["Fridays", "fri"],
    ["montag", "mon"],
    ["every jueves", "thu"],
    ["someday", undefined],
  ])("the day %j", (text, meant) => {
    expect(weekdayMeant(text)).toBe(meant);
  });

  it("knows the days between two", () => {
    expect(weekdaysBetween("sat", "monday")).toEqual(["sat", "sun", "mon"]);
    expect(weekdaysBetween("sat", "noon")).toBeUndefined();
  });
});
