import { defineCondition } from "../contracts/word.ts";
import { weekdayNumbers, weekdays } from "../language/weekday.ts";
import { localClock } from "./shared/local-time.ts";

export const weekday = defineCondition({
  name: "weekday",
  aka: ["day", "days"],
  summary: "It is this day of the week now, in the bot's time zone.",
  tells:
    "it {?is|is not} {days?mon=Monday|tue=Tuesday|wed=Wednesday|thu=Thursday|fri=Friday|sat=Saturday|sun=Sunday|weekdays=a day from Monday to Friday|weekends=a day of the weekend}",
  short: "days",
  fields: {
    days: {
      kind: "list",
      of: { kind: "choice", values: Object.keys(weekdays), about: "A day, weekdays or weekends." },
      about: "A day of the week, or several.",
      lone: true,
    },
  },
  examples: [
    { about: "On two days", yaml: "weekday: [sat, sun]" },
    { about: "From Monday to Friday", yaml: "weekday: weekdays" },
  ],
  compile({ days: written }) {
    if (written.length === 0) return { problem: "the list is empty; write a day, such as sat", field: "days" };
    const wanted = new Set(weekdayNumbers(written));
    const clock = localClock();
    return ({ env }) => wanted.has(clock(env.timezone, env.now()).weekday);
  },
});
