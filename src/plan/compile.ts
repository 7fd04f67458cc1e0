import type { CanonicalConfig, CanonicalRule, Origins } from "../contracts/canonical.ts";
import type { BotEvent } from "../contracts/event.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import { createSpeaker } from "../sentences/speaker.ts";
import { requiredWords } from "./condition.ts";
import { planConnections } from "./connections.ts";
import type { Registry } from "./context.ts";
import { helpRule, helpSequence } from "./help.ts";
import { type KeywordIndex, keywordIndex } from "./keywords.ts";
import { collectNames } from "./names.ts";
import type { BotPlan, CompiledRule } from "./program.ts";
import { compileLimits, compileRule, type RuleEnvironment, ruleContext } from "./rule.ts";
import { compileSchedules } from "./schedule.ts";
import { scopeTypes } from "./scope.ts";
import { type Spelled, speller, spelling } from "./spelling.ts";
import { neededSwitches } from "./switches.ts";
import { compileWebhooks } from "./webhook.ts";
import { whoCompiler } from "./who.ts";

export type Planned =
  | { readonly ok: true; readonly plan: BotPlan; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const noMessages = { own: {}, languages: {} };

/** For rules that come out of the storage: nothing of them stands in a file. */
const nowhere: Origins = {
  pointer: () => undefined,
  position: () => undefined,
  inText: () => undefined,
  isFilledIn: () => false,
  expressionOffset: () => 0,
};

/** Compiles the canonical configuration to a frozen plan: templates, matchers, rights, reads. Pure. */
export function compilePlan(config: CanonicalConfig, origins: Origins, registry: Registry): Planned {
  const problems: Diagnostic[] = [];
  const who = whoCompiler(config.permissions, config.names, registry.platforms);
  const base = { registry, origins, problems, who: who.list, denyWho: who.denyList };
  const spelled = speller(registry.platforms, config.platforms);
  const environment: RuleEnvironment = {
    ...base,
    types: scopeTypes(config.data),
    data: config.data,
    hearsPress: pressHearer(config),
    isGroup: (name) => Object.hasOwn(config.permissions, name),
    platforms: [...registry.platforms.keys()],
    limits: compileLimits(config.rate_limits, base),
  };
  const compiled = config.rules
    .filter((rule) => rule.enabled)
    .map((rule, order) => compileRule(environment, rule, order));
  const hasOwnHelp = compiled.some((rule) => rule.command !== undefined && rule.name === "help");
  const visible: CompiledRule[] = [];
  const rules = hasOwnHelp
    ? compiled
    : [...compiled, compileHelp(environment, config, () => visible, spelled, compiled.length)];
  visible.push(...rules.filter((rule) => rule.command !== undefined));
  if (hasErrors(problems)) return { ok: false, diagnostics: problems };

  const platformNames = Object.keys(config.platforms);
  const connections = planConnections(config, rules, registry);
  problems.push(...neededSwitches(config, connections, registry, origins));
  const plan: BotPlan = {
    config,
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    commands: new Map(platformNames.map((platform) => [platform, commandTable(visible, platform)])),
    messageRules: atFirstUse(() =>
      messageMatcher(
        rules.filter((rule) => listensTo(rule, "message")),
        environment,
      ),
    ),
    rulesFor: rulesByEvent(rules),
    schedules: compileSchedules(rules, config.bot.timezone),
    webhooks: compileWebhooks(rules),
    data: config.data,
    connections,
    nameUses: collectNames(config, registry, origins),
    actions: registry.actions,
    platforms: registry.platforms,
    spelled,
    speaker: createSpeaker(config.messages ?? noMessages, config.bot),
    compileStored(stored) {
      const own: RuleEnvironment = { ...environment, origins: nowhere, problems: [] };
      const rule = compileRule(own, stored, -1);
      return hasErrors(own.problems) ? undefined : rule;
    },
  };
  return { ok: true, plan: Object.freeze(plan), warnings: problems };
}

/** Labels of buttons that rules listen for. */
function pressHearer({ rules }: CanonicalConfig): (label: string) => boolean {
  const triggers = rules.flatMap(({ when }) => when).filter(({ trigger }) => trigger === "button");
  const labels = new Set(triggers.map(({ args }) => String(args.label ?? "").toLowerCase()));
  return (label) => labels.has("") || labels.has(label.toLowerCase());
}

function listensTo(rule: CompiledRule, event: BotEvent["kind"]): boolean {
  return rule.command === undefined && rule.triggers.some(({ word }) => word.events.includes(event));
}

function rulesByEvent(rules: readonly CompiledRule[]): BotPlan["rulesFor"] {
  const table = new Map<BotEvent["kind"], CompiledRule[]>();
  for (const rule of rules) {
    if (rule.command !== undefined) continue;
    for (const event of new Set(rule.triggers.flatMap(({ word }) => word.events))) {
      const listening = table.get(event);
      if (listening === undefined) table.set(event, [rule]);
      else listening.push(rule);
    }
  }
  return table;
}

function commandTable(commands: readonly CompiledRule[], platform: string): ReadonlyMap<string, CompiledRule> {
  const table = new Map<string, CompiledRule>();
  for (const rule of commands)
    if (rule.platforms === undefined || rule.platforms.has(platform))
      table.set(spelling(rule.canonical, platform), rule);
  return table;
}

function compileHelp(
  environment: RuleEnvironment,
  config: CanonicalConfig,
  commands: () => readonly CompiledRule[],
  spelled: Spelled,
  order: number,
): CompiledRule {
  const canonical: CanonicalRule =
    config.rate_limits.default === undefined
      ? helpRule
      : { ...helpRule, command: { ...helpRule.command!, rate_limit: "default" } };
  const rule = compileRule(environment, canonical, order);
  return { ...rule, blocks: new Map([["do", helpSequence(commands, spelled)]]) };
}

/** Made with the first message, because a file that is only checked hears none. */
function atFirstUse(make: () => BotPlan["messageRules"]): BotPlan["messageRules"] {
  let matcher: BotPlan["messageRules"] | undefined;
  return (text) => {
    matcher ??= make();
    return matcher(text);
  };
}

/** Looks at a text once, whatever the number of rules: rules without words of their own are always candidates. */
function messageMatcher(rules: readonly CompiledRule[], environment: RuleEnvironment): BotPlan["messageRules"] {
  const always: CompiledRule[] = [];
  const words: [string, number][] = [];
  // Mistakes have been told when the rules were compiled.
  const quiet: RuleEnvironment = { ...environment, problems: [] };
  rules.forEach((rule, index) => {
    // Where the words are missing the `if` is false, and then a rule's `else` is what happens.
    const required = rule.blocks.has("@else")
      ? undefined
      : requiredWords(ruleContext(quiet, rule.canonical), rule.canonical.if);
    if (required === undefined || required.length === 0 || required.includes("")) always.push(rule);
    else for (const word of required) words.push([word.toLowerCase(), index]);
  });
  if (words.length === 0) return () => always;
  const index: KeywordIndex = keywordIndex(words);
  return (text) => {
    let hits: Set<number> | undefined;
    index.search(text, (owner) => {
      hits ??= new Set();
      hits.add(owner);
    });
    if (hits === undefined) return always;
    const found = [...hits].map((owner) => rules[owner]!);
    return [...found, ...always].sort((a, b) => a.order - b.order);
  };
}
