import type { CanonicalRule, CanonicalTrigger } from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import type { Words } from "../../words.ts";
import { readObject } from "../object.ts";
import { isMapWritten, memberOf, type Reading, tellKey, tellNoMap, type Written } from "../reading.ts";
import { tellWord } from "./belongs.ts";
import { sharedRuleFields } from "./rules.ts";

/** One entry under `schedules:`: when, and what. */
export function scheduleFields(words: Words): Fields {
  return { ...timesOf(words), ...sharedRuleFields };
}

const timesOf = (words: Words): Fields => words.triggers.get("schedule")?.fields ?? {};

/** `schedules:` in file order: rules whose trigger is the clock. */
export function readSchedules(reading: Reading, written: Written): CanonicalRule[] {
  if (!isMapWritten(written)) {
    if (written.value !== null)
      tellNoMap(reading, written, "lines that each begin with a name of your own, such as morning:");
    return [];
  }
  return Object.keys(written.value).flatMap((name) => readSchedule(reading, name, memberOf(written, name)!) ?? []);
}

function readSchedule(reading: Reading, name: string, written: Written): CanonicalRule | undefined {
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) {
    const message = `"${name}" cannot be a name here: letters, digits, _ and - only, beginning with a letter.`;
    return tellKey(reading, written.pointer, { code: "bad-name", message });
  }
  const times = timesOf(reading.words);
  const read = readObject(reading, scheduleFields(reading.words), written, {
    where: `the schedule "${name}"`,
    belongs: (key, pointer) => tellInSchedule(reading, key, pointer),
  });
  if (read?.do === undefined) return undefined;
  const entries = Object.entries(read);
  const args = Object.fromEntries(entries.filter(([key]) => Object.hasOwn(times, key)));
  const rest = Object.fromEntries(entries.filter(([key]) => !Object.hasOwn(times, key)));
  const { origins } = reading;
  const when: CanonicalTrigger = { trigger: "schedule", args: origins.note(args, written.pointer) };
  const rule = {
    ...rest,
    bots: false,
    id: `schedule:${name}`,
    name,
    when: [origins.note(when, written.pointer)],
  } as unknown as CanonicalRule;
  return origins.note(rule, written.pointer);
}

function tellInSchedule(reading: Reading, key: string, pointer: string): string | undefined {
  if (key !== "when") return tellWord(reading, key, pointer);
  const message = 'a schedule has no "when": its time stands behind "every", "at" or "cron".';
  const hint = 'write for example at: "18:00", and below it days: [fri]';
  tellKey(reading, pointer, { code: "misplaced-key", message, hint });
  return key;
}
