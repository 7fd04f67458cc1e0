import type { CanonicalValue } from "../../../contracts/canonical.ts";
import type { Field } from "../../../contracts/fields.ts";
import { type Right, rights } from "../../../contracts/right.ts";
import { parseDuration, shortDuration } from "../../../language/duration.ts";
import { parsePercent } from "../../../language/percent.ts";
import type { Parsed } from "../../../language/problem.ts";
import { parseRate } from "../../../language/rate.ts";
import { hintForEvery } from "../../../language/recurrence-hint.ts";
import { parseSize } from "../../../language/size.ts";
import { parseYesNo } from "../../../language/yes-no.ts";
import { didYouMean, type Reading, tell, tellProblem, tellWrongType, textOf, type Written } from "../reading.ts";

/** `yes`, `off`, `true`. */
export function readYesNo(reading: Reading, written: Written): boolean | undefined {
  return readBy(reading, written, "yes or no", parseYesNo);
}

/** `10m`, as milliseconds within the field's bounds. */
export function readDuration(
  reading: Reading,
  field: Extract<Field, { kind: "duration" }>,
  written: Written,
): number | undefined {
  const value = readBy(reading, written, "a duration, such as 10m", field.recurs === true ? parseEvery : parseDuration);
  if (value === undefined) return undefined;
  const { minimumMs, maximumMs } = field;
  if (minimumMs !== undefined && value < minimumMs) {
    return tellRange(reading, written, `at least ${shortDuration(minimumMs)}`);
  }
  if (maximumMs !== undefined && value > maximumMs) {
    return tellRange(reading, written, `at most ${shortDuration(maximumMs)}`);
  }
  return value;
}

/** Who writes a day for how often something happens means another key. */
function parseEvery(source: string): Parsed<number> {
  const parsed = parseDuration(source);
  const hint = parsed.ok ? undefined : hintForEvery(source);
  return parsed.ok || hint === undefined ? parsed : { ok: false, problem: { ...parsed.problem, hint } };
}

function tellRange(reading: Reading, written: Written, wanted: string): undefined {
  return tell(reading, written.pointer, { code: "out-of-range", message: `"${written.name}" must be ${wanted}.` });
}

/** `8MB`, as bytes. */
export function readSize(reading: Reading, written: Written): number | undefined {
  return readBy(reading, written, "a size, such as 8MB", parseSize);
}

/** `5 per 10s per user`. */
export function readRate(reading: Reading, written: Written): CanonicalValue | undefined {
  return readBy(reading, written, "a rate, such as 5 per 10s per user", parseRate);
}

/** `10%`, as a share from 0 to 1. */
export function readPercent(reading: Reading, written: Written): number | undefined {
  return readBy(reading, written, "a percentage, such as 10%", parsePercent);
}

const rightNames = Object.keys(rights) as Right[];

/** A right of a platform, such as `ban_members`. */
export function readRight(reading: Reading, written: Written): Right | undefined {
  const text = textOf(reading, written);
  if (text === undefined) return tellWrongType(reading, written, "a right, such as ban_members");
  const right = rightNames.find((name) => name === text);
  if (right !== undefined) return right;
  const message = `there is no right "${text}"${didYouMean(text, rightNames)}`;
  return tell(reading, written.pointer, { code: "unknown-right", message });
}

/** Reads one of the language's small notations from the characters as written. */
export function readBy<T>(
  reading: Reading,
  written: Written,
  wanted: string,
  parse: (source: string) => Parsed<T>,
): T | undefined {
  const text = textOf(reading, written);
  if (text === undefined) return tellWrongType(reading, written, wanted);
  const parsed = parse(text);
  return parsed.ok ? parsed.value : tellProblem(reading, written.pointer, parsed.problem);
}
