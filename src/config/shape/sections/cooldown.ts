import type { CanonicalCooldown } from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import { parseRate, parseWindow, type Rate, type RateWindow } from "../../../language/rate.ts";
import { readBy } from "../kinds/small.ts";
import { readObject } from "../object.ts";
import { isMapWritten, memberOf, type Reading, tell, textOf, type Written } from "../reading.ts";

/** The long form of a cooldown. */
export const cooldownFields = {
  for: { kind: "plain", about: "How long: 24h, or until the next minute, hour, day, week, month.", examples: ["24h"] },
  per: {
    kind: "choice",
    values: ["user", "member", "channel", "server"],
    about: "Who must wait.",
    default: "user",
  },
  when_cooling: {
    kind: "text",
    about: "What a command answers meanwhile; {{ retry_after }} is how long to wait.",
    optional: true,
  },
} as const satisfies Fields;

/** `24h`, `1 per day`, or the long form. */
export function readCooldown(reading: Reading, written: Written): CanonicalCooldown | undefined {
  if (!isMapWritten(written)) {
    const read = readTime(reading, written);
    return read && reading.origins.note({ per: "user" as const, ...read }, written.pointer);
  }
  const args = readObject(reading, cooldownFields, written, { where: '"cooldown"' });
  const member = memberOf(written, "for");
  const read = member === undefined ? undefined : readTime(reading, member);
  if (args === undefined || read === undefined) return undefined;
  const { per, when_cooling } = args as unknown as Omit<CanonicalCooldown, "window">;
  const out: CanonicalCooldown = {
    window: read.window,
    per: memberOf(written, "per") === undefined ? (read.per ?? per) : per,
    ...(when_cooling === undefined ? {} : { when_cooling }),
  };
  return reading.origins.note(out, written.pointer);
}

type Time = { readonly window: RateWindow; readonly per?: CanonicalCooldown["per"] };

function readTime(reading: Reading, written: Written): Time | undefined {
  const wanted = "a time, such as 24h, or 1 per day";
  if (!/\bper\b/.test(textOf(reading, written) ?? "")) {
    const window = readBy(reading, written, wanted, parseWindow);
    return window && { window };
  }
  const rate: Rate | undefined = readBy(reading, written, wanted, parseRate);
  if (rate === undefined) return undefined;
  if (rate.limit !== 1 || rate.per === "everyone") {
    const what = rate.limit === 1 ? "cannot count for everyone" : `allows one use, not ${rate.limit}`;
    const message = `a cooldown ${what}.`;
    return tell(reading, written.pointer, { code: "bad-cooldown", message, hint: "for this write rate_limit:" });
  }
  return { window: rate.window, per: rate.per };
}
