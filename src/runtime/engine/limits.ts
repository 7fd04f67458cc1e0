import { Cron } from "croner";
import type { CounterAnswer, CounterWindow } from "../../contracts/counters.ts";
import type { BotEvent } from "../../contracts/event.ts";
import type { RateUnit, RateWindow } from "../../language/rate.ts";
import type { CompiledLimit } from "../../plan/program.ts";
import type { Run } from "../runs/run.ts";
import type { Services } from "../services.ts";
import { accountKey } from "./account.ts";

/** Counts one use of a limit by whoever it counts for. Commands that name one limit share its bucket. */
export function countUse(
  services: Pick<Services, "counters" | "clock" | "port">,
  limit: CompiledLimit,
  event: BotEvent,
  timezone: string,
): CounterAnswer | Promise<CounterAnswer> {
  return services.counters.use(
    `limit:${limit.name}:${subjectOf(services, limit, event)}`,
    limit.limit,
    counterWindow(limit.window, services.clock.now(), timezone),
  );
}

/** Takes back what a run counted for the limit of its command; a press on a button of a command is no use of it. */
export async function giveUseOfRunBack(
  services: Pick<Services, "counters" | "port">,
  { rule, root, event, scope }: Pick<Run, "rule" | "root" | "event" | "scope">,
): Promise<void> {
  const limit = rule.command?.limit;
  if (limit === undefined || rule.canonical.mode === "shadow" || (root !== "do" && root !== "@else")) return;
  if (limit.exempt !== undefined && (await limit.exempt.matches(scope.actor)) === true) return;
  await services.counters.giveBack(`limit:${limit.name}:${subjectOf(services, limit, event)}`);
}

function subjectOf(services: Pick<Services, "port">, limit: CompiledLimit, event: BotEvent): string {
  const account = accountKey(services, event.platform);
  switch (limit.per) {
    case "user":
      return `${account}:user:${event.user.id}`;
    case "member":
      return `${account}:member:${event.server?.id ?? ""}:${event.user.id}`;
    case "channel":
      return `${account}:channel:${event.channel?.id ?? ""}`;
    case "server":
      return `${account}:server:${event.server?.id ?? event.channel?.id ?? ""}`;
    case "everyone":
      return "everyone";
  }
}

/** When each calendar unit begins anew, as cron patterns; weeks begin on Monday. */
const beginnings: Record<RateUnit, string> = {
  minute: "* * * * *",
  hour: "0 * * * *",
  day: "0 0 * * *",
  week: "0 0 * * 1",
  month: "0 0 1 * *",
};

/** The period that was worked out last: a clock that was set back begins before it. */
const periods = new Map<string, { readonly from: number; readonly endsAt: number }>();

/** A window in units rolls; a calendar word lasts until the clock of the bot's time zone begins the next one. */
export function counterWindow(window: RateWindow, now: number, timezone: string): CounterWindow {
  if (window.kind === "rolling") return { kind: "rolling", ms: window.ms };
  const key = `${window.unit} ${timezone}`;
  let period = periods.get(key);
  if (period === undefined || now < period.from || now >= period.endsAt) {
    const endsAt = new Cron(beginnings[window.unit], { timezone }).nextRun(new Date(now))!.getTime();
    period = { from: now, endsAt };
    periods.set(key, period);
  }
  const { endsAt } = period;
  return { kind: "until", period: `${window.unit}:${endsAt}`, endsAt };
}
