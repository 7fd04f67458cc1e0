import { compileRecurrence, type Recurrence } from "../language/recurrence.ts";
import type { CompiledRule, CompiledSchedule } from "./program.ts";

/** The rules that the clock starts, with their moments. Mistakes in them were told when the rules were compiled. */
export function compileSchedules(rules: readonly CompiledRule[], botTimezone: string): readonly CompiledSchedule[] {
  return rules.flatMap((rule): CompiledSchedule[] => {
    const when = rule.canonical.when.find(({ trigger }) => trigger === "schedule");
    if (when === undefined) return [];
    const { every, at, days, cron, timezone = botTimezone, once, if_missed } = when.args;
    const times = { every, at, days, cron } as Recurrence;
    const next = compileRecurrence(times, String(timezone));
    if (typeof next === "string") return [];
    return [
      {
        rule,
        times: JSON.stringify({ ...times, ...(every === undefined ? { timezone } : {}), once }),
        next,
        once: once === true,
        runsMissed: if_missed !== "skip",
      },
    ];
  });
}
