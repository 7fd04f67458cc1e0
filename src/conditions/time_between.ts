import { defineCondition } from "../contracts/word.ts";
import { timeOfDayMeant } from "../language/time-of-day.ts";
import { localClock } from "./shared/local-time.ts";

export const time_between = defineCondition({
  name: "time_between",
  aka: ["time"],
  summary: "It is this time of day now, in the bot's time zone: from the first time up to, not including, the second.",
  tells: "it {?is|is not} between {times.0} and {times.1}",
  short: "times",
  fields: {
    times: {
      kind: "list",
      of: { kind: "plain", about: "Hours and minutes, such as 23:00." },
      about: "Two times of day; the second may be on the next day.",
      lone: true,
    },
  },
  examples: [
    { about: "At night", yaml: 'time_between: ["23:00", "07:00"]' },
    { about: "In the working hours", yaml: 'time_between: ["09:00", "17:30"]' },
  ],
  compile({ times }) {
    const problem = (text: string) => ({ problem: text, field: "times" as const });
    if (times.length !== 2)
      return problem('these must be two times: when it begins and when it ends, such as ["23:00", "07:00"]');
    const [from, to] = times.map(minuteOf);
    for (const [index, minute] of [from, to].entries())
      if (minute === undefined)
        return problem(
          `"${times[index]}" is not a time of day; write ${timeOfDayMeant(times[index]!) ?? "hours and minutes, such as 23:00"}`,
        );
    if (from === to) return problem("it begins and ends at the same time; leave it out to mean the whole day");
    const clock = localClock();
    return ({ env }) => {
      const { minute } = clock(env.timezone, env.now());
      return from! < to! ? minute >= from! && minute < to! : minute >= from! || minute < to!;
    };
  },
});

/** Minutes since midnight; 24:00 is the end of the day. */
function minuteOf(written: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(written.trim());
  if (match === null) return undefined;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return minute < 60 && (hour < 24 || (hour === 24 && minute === 0)) ? hour * 60 + minute : undefined;
}
