import type { CanonicalLimit, CanonicalWho } from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import { parseWindow, type Rate, rateSubjects } from "../../../language/rate.ts";
import { readBy, readRate } from "../kinds/small.ts";
import { readObject } from "../object.ts";
import { isMapWritten, memberOf, type Reading, textOf, type Written } from "../reading.ts";

/** The long form of a limit, but for its window. */
export const limitFields = {
  limit: { kind: "integer", minimum: 1, maximum: 1_000_000, about: "How often.", examples: [5] },
  window: { kind: "plain", about: "In which time: 10s, or minute, hour, day, week, month.", examples: ["10s"] },
  per: { kind: "choice", values: rateSubjects, about: "Who is counted.", default: "user" },
  exempt: { kind: "who", about: "Whom the limit does not concern.", optional: true },
  when_limited: {
    kind: "text",
    about: "What is answered once per window; {{ retry_after }} is how long to wait.",
    optional: true,
  },
} as const satisfies Fields;

/** `5 per 10s per user`, or the long form. */
export function readLimit(reading: Reading, written: Written): CanonicalLimit | undefined {
  if (!isMapWritten(written)) {
    const rate = readRate(reading, written) as Rate | undefined;
    return rate && reading.origins.note({ ...rate, exempt: [] }, written.pointer);
  }
  const args = readObject(reading, limitFields, written, { where: `the limit "${written.name}"` });
  const member = memberOf(written, "window");
  if (args === undefined || member === undefined) return undefined;
  const window = readBy(reading, member, "a time, such as 10s or day", parseWindow);
  const { limit, per, exempt = [], when_limited } = args as unknown as Partial<CanonicalLimit>;
  if (window === undefined || limit === undefined || per === undefined) return undefined;
  const out: CanonicalLimit = {
    limit,
    window,
    per,
    exempt: exempt as readonly CanonicalWho[],
    ...(when_limited === undefined ? {} : { when_limited }),
  };
  return reading.origins.note(out, written.pointer);
}

/** A limit's name, or a rate written on the spot, which gets the name of the command or rule itself. */
export function readRuleLimit(
  reading: Reading,
  id: string,
  written: Written,
  limits: Record<string, CanonicalLimit>,
): string | undefined {
  const member = memberOf(written, "rate_limit");
  if (member === undefined) return undefined;
  const text = textOf(reading, member);
  if (text !== undefined && !/\bper\b|^\d|^(once|twice)\b/.test(text)) return text;
  const limit = readLimit(reading, member);
  if (limit === undefined) return undefined;
  limits[id] = limit;
  return id;
}
