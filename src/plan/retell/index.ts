import type { CanonicalConfig, CanonicalCooldown, CanonicalRule } from "../../contracts/canonical.ts";
import { shortDuration } from "../../language/duration.ts";
import { dateFormat } from "../../language/intl.ts";
import { printRate } from "../../language/rate.ts";
import type { Registry } from "../context.ts";
import type { BotPlan, CompiledRule } from "../program.ts";
import { walkActions } from "../walk.ts";
import { sayActions } from "./actions.ts";
import { sayCondition } from "./conditions.ts";
import { sayValue } from "./values.ts";
import { whoMayUse } from "./who.ts";

/** How many of the next moments of a schedule are said. */
const nextShown = 3;

/**
 * Reads a bot back in plain sentences: every command with who may use it, every rule with what it may do to people, every
 * schedule with its next moments.
 * @param now - milliseconds since the epoch
 */
export function retell(plan: BotPlan, registry: Registry, now: number): string[] {
  const { config } = plan;
  const platforms = Object.keys(config.platforms).map((name) => registry.platforms.get(name)?.title ?? name);
  const rules = [...plan.rules.values()];
  const commands = rules.filter((rule) => rule.command !== undefined);
  const schedules = new Map(plan.schedules.map((schedule) => [schedule.rule.id, schedule]));
  const others = rules.filter((rule) => rule.command === undefined && !schedules.has(rule.id));
  const lines = [`${config.bot.name} runs on ${platforms.join(", ")}.`];
  const part = (title: string, pieces: readonly string[][]) => {
    if (pieces.length > 0) lines.push("", title, ...pieces.flatMap((piece) => ["", ...piece]));
  };
  part(
    "Commands",
    commands.map((rule) => sayCommand(rule, config, registry)),
  );
  part(
    "Rules",
    others.map((rule) => sayRule(rule, config, registry)),
  );
  part(
    "Schedules",
    plan.schedules.map(({ rule, next, once }) => {
      const head = `  ${rule.name}${once ? " (once for the whole bot)" : " (on every home server)"}`;
      const moments: string[] = [];
      let last: number | undefined;
      for (let after = now; moments.length < nextShown; ) {
        const moment = next(after, last);
        if (moment === undefined) break;
        moments.push(sayMoment(moment, config.bot.timezone));
        last = moment;
        after = moment;
      }
      return [head, `    Next: ${moments.join("; ")} (${config.bot.timezone})`, ...body(rule.canonical, registry)];
    }),
  );
  return lines;
}

function sayCommand(rule: CompiledRule, config: CanonicalConfig, registry: Registry): string[] {
  const { canonical } = rule;
  const command = canonical.command!;
  const options = command.options.map((option) => (option.required ? option.name : `[${option.name}]`));
  const head = [`  /${rule.name}`, ...options].join(" ");
  const limit = command.rate_limit === undefined ? undefined : config.rate_limits[command.rate_limit];
  return [
    command.description === "" ? head : `${head}: ${command.description}`,
    `    May be used by ${whoMayUse(rule, config)}.${limit === undefined ? "" : ` At most ${printRate(limit)}.`}`,
    ...body(canonical, registry),
  ];
}

function sayRule(rule: CompiledRule, config: CanonicalConfig, registry: Registry): string[] {
  const { canonical } = rule;
  const when = canonical.when.map(({ trigger, args }) => {
    const word = registry.triggers.get(trigger);
    const said = Object.entries(args).flatMap(([name, value]) => {
      const text = sayValue(word?.fields[name], value);
      return text === undefined ? [] : [`${name.replaceAll("_", " ")} ${text}`];
    });
    const sentence = (word?.summary ?? trigger).replace(/\..*$/s, "");
    const lower = sentence.charAt(0).toLowerCase() + sentence.slice(1);
    return said.length === 0 ? lower : `${lower} (${said.join(", ")})`;
  });
  const limit = canonical.rate_limit === undefined ? undefined : config.rate_limits[canonical.rate_limit];
  const head = `  ${rule.name}: when ${when.join(", or when ")}`;
  return [limit === undefined ? head : `${head}, at most ${printRate(limit)}`, ...body(canonical, registry)];
}

function body(rule: CanonicalRule, registry: Registry): string[] {
  const lines: string[] = [];
  if (rule.cooldown !== undefined) lines.push(`    Again only ${sayCooldown(rule.cooldown)}.`);
  if (rule.mode === "shadow") lines.push("    Only tried out: it writes down what it would do, and does nothing.");
  if (rule.platforms.length > 0) lines.push(`    Only on ${rule.platforms.join(", ")}.`);
  if (rule.if !== undefined) lines.push(`    If ${sayCondition(rule.if)}:`);
  lines.push(...sayActions(rule.do, registry, "    "));
  if (rule.else !== undefined) lines.push("    Otherwise:", ...sayActions(rule.else, registry, "    "));
  if (rule.on_error !== undefined)
    lines.push("    If something fails:", ...sayActions(rule.on_error, registry, "    "));
  const notes = [...new Set([...effects(rule, registry)])];
  if (notes.length > 0) lines.push(`    What it may do to people: ${notes.join(", ")}.`);
  if (outlives(rule, registry)) lines.push("    What waits goes on after a restart.");
  return lines;
}

function sayCooldown({ window, per }: CanonicalCooldown): string {
  const stretch = window.kind === "calendar" ? `on another ${window.unit}` : `${shortDuration(window.ms)} later`;
  return per === "user" || per === "member" ? `${stretch}, for each person` : `${stretch}, in each ${per}`;
}

/** What happens to people: moderation, roles. */
function* effects(rule: CanonicalRule, registry: Registry): Generator<string> {
  for (const { action } of walkActions([...rule.do, ...(rule.else ?? []), ...(rule.on_error ?? [])], registry, true)) {
    const word = registry.actions.get(action);
    if (word?.target !== undefined && (word.moderation === true || word.role !== undefined))
      yield action.replaceAll("_", " ");
  }
}

function outlives(rule: CanonicalRule, registry: Registry): boolean {
  const actions = [...walkActions([...rule.do, ...(rule.else ?? [])], registry, true)];
  return actions.some(
    ({ action, args }) =>
      action === "wait" ||
      registry.actions.get(action)?.waits === true ||
      (registry.actions.get(action)?.later !== undefined && args.for !== undefined),
  );
}

function sayMoment(ms: number, timezone: string): string {
  const format = dateFormat("en-GB", {
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", timeZone: timezone },
  });
  return format.format(ms).replace(/,/g, "");
}
