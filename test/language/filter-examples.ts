import { type Scope, t } from "../../src/language/types.ts";
import { calendarDate, type Env, instant, mention, type Values } from "../../src/language/values.ts";

/** What the examples of filters are evaluated with. */
export const exampleScope: Scope = {
  user: t.object("person", { name: t.text, nickname: t.optional(t.text), mention: t.mention }, "name"),
  now: t.time,
  today: t.date,
};

const now = Date.UTC(2026, 2, 31, 18, 5);

export const exampleValues: Values = {
  user: { name: "Ada", nickname: null, mention: mention("user", "1", "Ada") },
  now: instant(now),
  today: calendarDate("2026-03-31"),
};

export const exampleEnv: Env = { now: () => now, random: () => 0.75, timezone: "UTC", locale: "en" };
