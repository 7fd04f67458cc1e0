import type { Registry } from "../context.ts";
import type { BotPlan } from "../program.ts";
import { sayActions } from "./actions.ts";
import { sayBody, sayCommand, sayRule } from "./rule.ts";
import { serverName, type Telling, together } from "./telling.ts";
import { sayMoment } from "./times.ts";

/** How many of the next moments of a schedule are said. */
const nextShown = 3;

/**
 * Reads a bot back in plain sentences: every command with who may use it, every rule with what it may do to people, every
 * schedule with its next moments.
 * @param now - milliseconds since the epoch
 */
export function retell(plan: BotPlan, registry: Registry, now: number): string[] {
  const { config } = plan;
  const telling: Telling = {
    ...{ config, registry, server: serverName(config), list: together },
    types: new Map(Object.entries(config.data).map(([name, { type }]) => [`data.${name}`, type])),
  };
  const platforms = Object.keys(config.platforms).map((name) => registry.platforms.get(name)?.title ?? name);
  const rules = [...plan.rules.values()];
  const schedules = new Set(plan.schedules.map(({ rule }) => rule.id));
  const lines = [`${config.bot.name} runs on ${together(platforms)}.`];
  const part = (title: string, pieces: readonly (readonly string[])[]) => {
    if (pieces.length > 0) lines.push("", title, ...pieces.flatMap((piece) => ["", ...piece]));
  };
  part(
    "Commands",
    rules.filter((rule) => rule.command !== undefined).map((rule) => sayCommand(rule, telling)),
  );
  part(
    "Rules",
    rules.filter((rule) => rule.command === undefined && !schedules.has(rule.id)).map((rule) => sayRule(rule, telling)),
  );
  part(
    "Schedules",
    plan.schedules.map((schedule) => saySchedule(schedule, telling, now)),
  );
  part(
    "Blocks, which the others call by their names",
    Object.entries(config.blocks ?? {}).map(([name, block]) => [`  ${name}`, ...sayActions(block.do, telling, "    ")]),
  );
  return lines;
}

function saySchedule({ rule, next, once }: BotPlan["schedules"][number], telling: Telling, now: number): string[] {
  const { timezone } = telling.config.bot;
  const moments: string[] = [];
  let last: number | undefined;
  for (let after = now; moments.length < nextShown; ) {
    const moment = next(after, last);
    if (moment === undefined) break;
    moments.push(sayMoment(moment, timezone));
    last = moment;
    after = moment;
  }
  return [
    `  ${rule.name} (${once ? "once for the whole bot" : "on every home server"})`,
    `    Next: ${moments.length === 0 ? "never" : `${moments.join("; ")} (${timezone})`}`,
    ...sayBody(rule.canonical, telling),
  ];
}
