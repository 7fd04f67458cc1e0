import type { CanonicalConfig, CanonicalRule, Origins } from "../contracts/canonical.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import { requiredWords } from "./condition.ts";
import { commandForm, planConnections, spelling } from "./connections.ts";
import type { Registry } from "./context.ts";
import { helpRule, helpSequence } from "./help.ts";
import { type KeywordIndex, keywordIndex } from "./keywords.ts";
import { collectNames } from "./names.ts";
import type { BotPlan, CompiledRule, RunScope } from "./program.ts";
import { compileLimits, compileRule, compilers, type RuleEnvironment } from "./rule.ts";
import { ruleScope, scopeTypes } from "./scope.ts";
import { holdsRight, whoCompiler } from "./who.ts";

export type Planned =
  | { readonly ok: true; readonly plan: BotPlan; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** For rules that come out of the storage: nothing of them stands in a file. */
const nowhere: Origins = {
  pointer: () => undefined,
  position: () => undefined,
  inText: () => undefined,
  expressionOffset: () => 0,
};

/** Compiles the canonical configuration to a frozen plan: templates, matchers, rights, reads. Pure. */
export function compilePlan(config: CanonicalConfig, origins: Origins, registry: Registry): Planned {
  const problems: Diagnostic[] = [];
  const who = whoCompiler(config.permissions, config.names, registry.platforms);
  const base = { registry, origins, problems, who: who.list };
  const environment: RuleEnvironment = {
    ...base,
    types: scopeTypes(config.data),
    data: config.data,
    platforms: [...registry.platforms.keys()],
    limits: compileLimits(config.rate_limits, base),
  };
  const compiled = config.rules
    .filter((rule) => rule.enabled)
    .map((rule, order) => compileRule(environment, rule, order));
  const hasOwnHelp = compiled.some((rule) => rule.command !== undefined && rule.name === "help");
  const visible: CompiledRule[] = [];
  const rules = hasOwnHelp ? compiled : [...compiled, compileHelp(environment, config, () => visible, compiled.length)];
  visible.push(...rules.filter((rule) => rule.command !== undefined));
  if (hasErrors(problems)) return { ok: false, diagnostics: problems };

  const platformNames = Object.keys(config.platforms);
  const plan: BotPlan = {
    config,
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    commands: new Map(platformNames.map((platform) => [platform, commandTable(visible, platform)])),
    messageRules: messageMatcher(
      rules.filter((rule) => listensTo(rule, registry, "message")),
      environment,
    ),
    joinRules: rules.filter((rule) => listensTo(rule, registry, "member_joined")),
    groups: new Map(Object.keys(config.permissions).map((name) => [name, who.group(name)!])),
    data: config.data,
    connections: planConnections(config, rules, registry),
    commandForms: visible.map((rule) => commandForm(rule, "")),
    nameUses: collectNames(config, registry, origins),
    compileStored(stored) {
      const own: RuleEnvironment = { ...environment, origins: nowhere, problems: [] };
      const rule = compileRule(own, stored, -1);
      return hasErrors(own.problems) ? undefined : rule;
    },
  };
  return { ok: true, plan: Object.freeze(plan), warnings: problems };
}

function listensTo(rule: CompiledRule, registry: Registry, event: string): boolean {
  return rule.canonical.when.some((when) => registry.triggers.get(when.trigger)?.event === event) && !rule.command;
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
  order: number,
): CompiledRule {
  const canonical: CanonicalRule =
    config.rate_limits.default === undefined
      ? helpRule
      : { ...helpRule, command: { ...helpRule.command!, rate_limit: "default" } };
  const rule = compileRule(environment, canonical, order);
  const sequence = helpSequence(commands, environment.registry.platforms, config.platforms, mayUse);
  return { ...rule, blocks: new Map([["do", sequence]]) };
}

/** Whether a person would be let into a command now; what cannot be told is no. */
async function mayUse(rule: CompiledRule, { actor }: RunScope): Promise<boolean> {
  const command = rule.command!;
  if (command.deny !== undefined && (await command.deny.matches(actor)) !== false) return false;
  if (command.allow !== undefined) return (await command.allow.matches(actor)) === true;
  if (rule.rights.length === 0) return true;
  const standing = await actor.standing();
  return rule.rights.every((right) => holdsRight(standing, right) === true);
}

/** Looks at a text once, whatever the number of rules: rules without words of their own are always candidates. */
function messageMatcher(rules: readonly CompiledRule[], environment: RuleEnvironment): BotPlan["messageRules"] {
  const always: CompiledRule[] = [];
  const words: [string, number][] = [];
  rules.forEach((rule, index) => {
    const context = {
      ...environment,
      problems: [],
      rule: rule.canonical,
      scope: ruleScope(rule.canonical, environment.types, "always"),
      reads: new Map(),
      buttons: new Map(),
      compile: compilers,
      notes: { readsRoles: false },
    };
    const required = requiredWords(context, rule.canonical.if);
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
