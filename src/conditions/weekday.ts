import { defineCondition } from "../contracts/word.ts";
import { localClock } from "./shared/local-time.ts";

/** 0 is Sunday. */
const days = {
  mon: [1],
  tue: [2],
  wed: [3],
  thu: [4],
  fri: [5],
  sat: [6],
  sun: [0],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 0],
  monday: [1],
  tuesday: [2],
  wednesday: [3],
  thursday: [4],
  friday: [5],
  saturday: [6],
  sunday: [0],
} as const;
type Day = keyof typeof days;

export const weekday = defineCondition({
  name: "weekday",
  summary: "It is this day of the week now, in the bot's time zone.",
  short: "days",
  fields: {
    days: {
      kind: "list",
      of: { kind: "choice", values: Object.keys(days), about: "A day, weekdays or weekends." },
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
    const wanted = new Set<number>(written.flatMap((day) => days[day as Day] ?? []));
    const clock = localClock();
    return ({ env }) => wanted.has(clock(env.timezone, env.now()).weekday);
  },
});
