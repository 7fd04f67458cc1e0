import type { CanonicalRule } from "../../contracts/canonical.ts";
import { asWritten } from "../../contracts/word.ts";
import type { CompiledRule } from "../program.ts";
import { actionsOf, walkActions } from "../walk.ts";
import { sayActions } from "./actions.ts";
import { sayCondition } from "./conditions.ts";
import { either, type Telling } from "./telling.ts";
import { sayCooldown, sayLimit } from "./times.ts";
import { tell } from "./values.ts";
import { whoMayUse } from "./who.ts";

const indent = "    ";

export function sayCommand(rule: CompiledRule, telling: Telling): string[] {
  const { canonical } = rule;
  const command = canonical.command!;
  const options = command.options.map((option) => (option.required ? option.name : `[${option.name}]`));
  const head = [`  /${rule.name}`, ...options].join(" ");
  const limit = limitOf(command.rate_limit, telling);
  const given = command.options.map(({ name, type }) => [`options.${name}`, type] as const);
  return [
    command.description === "" ? head : `${head}: ${command.description}`,
    `${indent}May be used by ${whoMayUse(rule, telling.config)}.${limit === undefined ? "" : ` ${capital(limit)}.`}`,
    ...sayBody(canonical, { ...telling, types: new Map([...telling.types, ...given]) }),
  ];
}

export function sayRule(rule: CompiledRule, telling: Telling): string[] {
  const { canonical } = rule;
  const when = canonical.when.map(({ trigger, args }) => {
    const word = telling.registry.triggers.get(trigger)!;
    return tell(word.tells, { fields: word.fields, args }, { ...telling, list: either }) ?? word.name;
  });
  const limit = limitOf(canonical.rate_limit, telling);
  const head = `  ${rule.name}: when ${when.join(", or when ")}`;
  return [limit === undefined ? head : `${head}, ${limit}`, ...sayBody(canonical, telling)];
}

function limitOf(name: string | undefined, { config }: Telling): string | undefined {
  const limit = name === undefined ? undefined : config.rate_limits[name];
  return limit === undefined ? undefined : sayLimit(limit, config);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const overlaps: Readonly<Record<CanonicalRule["overlap"], string | undefined>> = {
  parallel: undefined,
  single: "Not a second time while it is still under way.",
  restart: "Begins anew when it happens again while it is still under way.",
  queue: "One after the other: what comes while it is under way waits its turn.",
};

export function sayBody(rule: CanonicalRule, telling: Telling): string[] {
  const lines: string[] = [];
  const say = (text: string) => lines.push(`${indent}${text}`);
  if (rule.cooldown !== undefined) say(`Again only ${sayCooldown(rule.cooldown)}.`);
  if (rule.mode === "shadow") say("Only tried out: it writes down what it would do, and does nothing.");
  if (rule.platforms.length > 0) {
    const titles = rule.platforms.map((name) => telling.registry.platforms.get(name)?.title ?? name);
    say(`Only on ${telling.list(titles)}.`);
  }
  if (rule.bots) say("It hears other bots too.");
  const overlap = overlaps[rule.overlap];
  if (overlap !== undefined) say(overlap);
  if (rule.if !== undefined) say(`If ${sayCondition(rule.if, telling)}:`);
  lines.push(...sayActions(rule.do, telling, indent));
  if (rule.else !== undefined) lines.push(`${indent}Otherwise:`, ...sayActions(rule.else, telling, indent));
  if (rule.on_error !== undefined)
    lines.push(`${indent}If something fails:`, ...sayActions(rule.on_error, telling, indent));
  const effects = effectsOf(rule, telling);
  if (effects.length > 0) say(`What it may do to people: ${effects.join(", ")}.`);
  if (outlives(rule, telling)) say("What waits goes on after a restart.");
  return lines;
}

/** What happens to people, also in the blocks that it calls and behind its buttons. */
function effectsOf(rule: CanonicalRule, { registry }: Telling): readonly string[] {
  const found = walkActions(actionsOf(rule), registry, true).flatMap(({ action, args }) => {
    const word = registry.actions.get(action);
    return (word && asWritten(word, args).toPeople) ?? [];
  });
  return [...new Set(found)];
}

function outlives(rule: CanonicalRule, { registry }: Telling): boolean {
  return walkActions(actionsOf(rule), registry, true).some(({ action, args }) => {
    const word = registry.actions.get(action);
    return word?.waits === true || (word?.later !== undefined && (args.for ?? args.delete_after) !== undefined);
  });
}
