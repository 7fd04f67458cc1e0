import { defineTrigger } from "../contracts/word.ts";
import { compileRecurrence } from "../language/recurrence.ts";
import { t } from "../language/types.ts";
import { instant } from "../language/values.ts";
import { weekdays } from "../language/weekday.ts";

export const schedule = defineTrigger({
  name: "schedule",
  aka: ["every", "daily", "weekly", "hourly", "time", "clock", "cron", "timer"],
  summary:
    "The clock. Everything under schedules has this trigger without writing it; moment is the time at which it was due.",
  tells: ["the clock says {at}", "{every} have passed", "the clock fits {cron}"],
  fields: {
    every: {
      kind: "duration",
      about: "How often, counted from when the bot first saw it.",
      optional: true,
      recurs: true,
      minimumMs: 1000,
      examples: ["2h"],
    },
    at: {
      kind: "list",
      of: { kind: "plain", format: "time_of_day", about: "A time of day.", examples: ["18:00"] },
      about: "A time of day, or several.",
      optional: true,
      lone: true,
      maxItems: 48,
      examples: ["18:00"],
    },
    days: {
      kind: "list",
      of: { kind: "choice", values: Object.keys(weekdays), about: "A day, weekdays or weekends." },
      about: "With at: on which days. Every day, if left out.",
      optional: true,
      lone: true,
      examples: ["fri"],
    },
    cron: {
      kind: "plain",
      about: "In place of them a cron pattern: minute, hour, day, month, day of the week.",
      optional: true,
      maxLength: 100,
      examples: ["0 18 * * 5"],
    },
    timezone: {
      kind: "plain",
      format: "timezone",
      about: "The time zone of its times. The bot's own, if left out.",
      optional: true,
      examples: ["Europe/Madrid"],
    },
    once: {
      kind: "boolean",
      about: "Whether it happens once for the whole bot. Otherwise it happens once on each home server.",
      default: false,
    },
    if_missed: {
      kind: "choice",
      values: ["run", "skip"],
      about:
        "What becomes of a time at which the bot was not running: it is made up for once at the start, or left out.",
      default: "run",
    },
  },
  events: ["schedule"],
  matches({ every, at, days, cron }) {
    const given = [every, at, cron].filter((one) => one !== undefined);
    if (given.length !== 1)
      return {
        problem: `say ${given.length === 0 ? "when it happens" : "only one of them"}: every: 2h, or at: "18:00", or cron: "0 18 * * 5".`,
        field: given.length === 0 ? "every" : at === undefined || every === undefined ? "cron" : "at",
      };
    if (at?.length === 0) return { problem: 'the list is empty; write a time of day, such as "18:00".', field: "at" };
    if (days !== undefined && at === undefined)
      return { problem: 'days: belongs to at:, such as at: "18:00".', field: "days" };
    if (days?.length === 0) return { problem: "the list is empty; write a day, such as fri.", field: "days" };
    const compiled = compileRecurrence({ ...(cron === undefined ? { every: 1000 } : { cron }) }, "UTC");
    return typeof compiled === "string" ? { problem: compiled, field: "cron" } : () => true;
  },
  variables: () => ({ moment: t.time }),
  values: (event) => ({ moment: instant(event.at) }),
  feeds: [],
  hasMessage: false,
  implicit: true,
  nobody: true,
  examples: [],
});
