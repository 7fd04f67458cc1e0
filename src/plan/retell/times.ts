import type { CanonicalConfig, CanonicalCooldown, CanonicalLimit } from "../../contracts/canonical.ts";
import { formatDuration } from "../../language/duration.ts";
import { dateFormat } from "../../language/intl.ts";
import type { RateSubject, RateWindow } from "../../language/rate.ts";
import { sayList } from "./who.ts";

/** `7 days`, `1 hour and 30 minutes`. */
export const sayDuration = (ms: number): string => formatDuration(ms, "en").replace(/(?<=[a-z]) (?=\d)/, " and ");

const counted: Readonly<Record<RateSubject, string>> = {
  user: "for each person",
  member: "for each person",
  channel: "in each channel",
  server: "on each server",
  everyone: "for all together",
};

/** `at most 5 times in 10 seconds for each person, moderators excepted`. */
export function sayLimit({ limit, window, per, exempt }: CanonicalLimit, config: CanonicalConfig): string {
  const times = limit === 1 ? "once" : limit === 2 ? "twice" : `${limit} times`;
  const excepted = exempt.length === 0 ? "" : `, except for ${sayList(exempt, config)}`;
  return `at most ${times} ${sayWindow(window)} ${counted[per]}${excepted}`;
}

export function sayCooldown({ window, per }: CanonicalCooldown): string {
  const stretch =
    window.kind === "calendar"
      ? `${window.unit === "day" ? "on" : "in"} another ${window.unit}`
      : `${sayDuration(window.ms)} later`;
  return `${stretch}, ${counted[per]}`;
}

function sayWindow(window: RateWindow): string {
  if (window.kind === "calendar") return `a ${window.unit}`.replace("a hour", "an hour");
  return `within ${sayDuration(window.ms)}`;
}

export function sayMoment(ms: number, timezone: string): string {
  const format = dateFormat("en-GB", {
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", timeZone: timezone },
  });
  return format.format(ms).replace(/,/g, "");
}
