import { expect, test } from "vitest";
import type { RateUnit } from "../../../src/language/rate.ts";
import { counterWindow } from "../../../src/runtime/engine/limits.ts";

const endOf = (unit: RateUnit, now: string, timezone = "Europe/Madrid") => {
  const window = counterWindow({ kind: "calendar", unit }, Date.parse(now), timezone);
  if (window.kind !== "until") throw new Error("a calendar word gives a period");
  return new Date(window.endsAt).toISOString();
};

test("a window in units rolls", () => {
  expect(counterWindow({ kind: "rolling", ms: 10_000 }, 0, "UTC")).toEqual({ kind: "rolling", ms: 10_000 });
});

test("calendar periods end by the clock of the bot's time zone", () => {
  expect(endOf("minute", "2026-01-05T12:34:56Z")).toBe("2026-01-05T12:35:00.000Z");
  expect(endOf("hour", "2026-01-05T12:34:56Z")).toBe("2026-01-05T13:00:00.000Z");
  expect(endOf("day", "2026-01-05T12:34:56Z")).toBe("2026-01-05T23:00:00.000Z");
  expect(endOf("day", "2026-01-05T12:34:56Z", "UTC")).toBe("2026-01-06T00:00:00.000Z");
  // The fifth of January 2026 is a Monday.
  expect(endOf("week", "2026-01-05T12:34:56Z")).toBe("2026-01-11T23:00:00.000Z");
  expect(endOf("week", "2026-01-04T22:59:59Z")).toBe("2026-01-04T23:00:00.000Z");
  expect(endOf("month", "2026-01-05T12:34:56Z")).toBe("2026-01-31T23:00:00.000Z");
});

test("days on which the clocks change are one day long, whatever their hours", () => {
  expect(endOf("day", "2026-03-29T00:30:00Z")).toBe("2026-03-29T22:00:00.000Z");
  expect(endOf("day", "2026-10-24T22:30:00Z")).toBe("2026-10-25T23:00:00.000Z");
});

test("at its end a period is over, and a clock set back finds the earlier one", () => {
  expect(endOf("day", "2026-02-02T22:59:59Z")).toBe("2026-02-02T23:00:00.000Z");
  expect(endOf("day", "2026-02-02T23:00:00Z")).toBe("2026-02-03T23:00:00.000Z");
  expect(endOf("day", "2026-02-01T12:00:00Z")).toBe("2026-02-01T23:00:00.000Z");
});
