import { dateFormat } from "../../language/intl.ts";

/** What a clock and a calendar on the wall show. */
export interface LocalTime {
  /** Minutes since midnight. */
  readonly minute: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const minuteMs = 60_000;

/** Reads the time in a time zone. What it answers is kept for the minute, because many messages ask in the same one. */
export function localClock(): (timezone: string, ms: number) => LocalTime {
  let known: LocalTime = { minute: 0, weekday: 0 };
  let knownMinute = Number.NaN;
  let knownZone = "";
  return (timezone, ms) => {
    const minute = Math.floor(ms / minuteMs);
    if (minute !== knownMinute || timezone !== knownZone) {
      known = read(timezone, ms);
      knownMinute = minute;
      knownZone = timezone;
    }
    return known;
  };
}

function read(timeZone: string, ms: number): LocalTime {
  const format = dateFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  return {
    minute: Number(parts.get("hour")) * 60 + Number(parts.get("minute")),
    weekday: weekdays.indexOf(parts.get("weekday") ?? ""),
  };
}
