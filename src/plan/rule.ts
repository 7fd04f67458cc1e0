import { flowOf } from "../config/flow.ts";
import type {
  CanonicalCooldown,
  CanonicalDatum,
  CanonicalLimit,
  CanonicalRule,
  CanonicalWho,
  Origins,
} from "../contracts/canonical.ts";
import type { Who } from "../contracts/permission.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { compileTemplate } from "../language/template/compile.ts";
import { t } from "../language/types.ts";
import { compileCondition } from "./condition.ts";
import {
  type CompiledBlock,
  type Compilers,
  type Registry,
  type RuleContext,
  type RuleNotes,
  reportProblem,
} from "./context.ts";
import { onSomeWay } from "./guards.ts";
import { messageAtHand } from "./message-at-hand.ts";
import type { CompiledCommand, CompiledLimit, CompiledRule, Sequence } from "./program.ts";
import { blockPath } from "./program.ts";
import { nothingSaved, type Save, tellUnsavedOnce, withSave } from "./saved.ts";
import { optionsType, ruleScope, type ScopeTypes } from "./scope.ts";
import { compileSequence, withVariable } from "./sequence.ts";
import { compileTrigger } from "./trigger.ts";
import { ownActions, rightsOf } from "./walk.ts";

/** What all rules of one file are compiled with. */
export interface RuleEnvironment {
  readonly registry: Registry;
  readonly origins: Origins;
  readonly types: ScopeTypes;
  readonly data: Readonly<Record<string, CanonicalDatum>>;
  readonly platforms: readonly string[];
  readonly hearsPress: (label: string) => boolean;
  readonly isGroup: (name: string) => boolean;
  readonly who: (entries: readonly CanonicalWho[]) => Who;
  readonly denyWho: (entries: readonly CanonicalWho[]) => Who;
  readonly limits: ReadonlyMap<string, CompiledLimit>;
  readonly problems: Diagnostic[];
}

const compilers: Compilers = { condition: compileCondition, sequence: compileSequence };

/** What the pieces of one rule are compiled with. */
export function ruleContext(environment: RuleEnvironment, rule: CanonicalRule): RuleContext {
  const { registry, origins, platforms, data, who, hearsPress, isGroup, problems, types } = environment;
  const triggers = rule.when.flatMap((when) => registry.triggers.get(when.trigger) ?? []);
  const notes: RuleNotes = { standings: new Map(), feeds: new Set(), kept: new Map(), missed: new Set() };
  const steps = nothingSaved({ registry, origins, notes }, ownActions(rule));
  return {
    registry,
    origins,
    rule,
    scope: { ...ruleScope(rule, types, triggers), steps },
    types,
    message: messageAtHand(rule, triggers),
    platforms,
    data,
    who,
    hearsPress,
    isGroup,
    problems,
    reads: new Map(),
    buttons: new Map(),
    saved: new Map(),
    flow: flowOf(rule, registry.actions),
    guards: [],
    unsure: new Map(),
    block: () => undefined,
    compile: compilers,
    notes,
  };
}

/** Compiles one canonical rule; mistakes are added to the environment's problems. */
export function compileRule(environment: RuleEnvironment, rule: CanonicalRule, order: number): CompiledRule {
  const before = environment.problems.length;
  const plain = ruleContext(environment, rule);
  const called = compileBlocks(plain);
  const context: RuleContext = { ...plain, block: (name) => called.get(name) };
  const condition = rule.if === undefined ? undefined : compileCondition(context, rule.if);
  const ifReads = context.reads.size > 0 || context.notes.standings.size > 0;
  const blocks = new Map<string, Sequence>([["do", compileSequence(context, rule.do, "do")]]);
  if (rule.else !== undefined) blocks.set("@else", compileSequence(context, rule.else, "@else"));
  if (rule.on_error !== undefined) {
    // Nobody knows how far the rule came.
    let late = onSomeWay(withVariable(context, "error", t.text), "@on_error");
    for (const [name, save] of context.saved) late = withSave(late, name, save, false);
    blocks.set("@on_error", compileSequence(late, rule.on_error, "@on_error"));
  }
  tellUnsavedOnce(environment.problems, before);
  const limit = rule.rate_limit === undefined ? undefined : environment.limits.get(rule.rate_limit);
  for (const [name, { sequence }] of called) blocks.set(blockPath(name), sequence);
  let hash: string | undefined;
  return {
    id: rule.id,
    name: rule.name,
    canonical: rule,
    hash: () => {
      hash ??= hashOf(rule);
      return hash;
    },
    platforms: rule.platforms.length === 0 ? undefined : new Set(rule.platforms),
    bots: rule.bots,
    triggers: rule.when.flatMap((when) => compileTrigger(context, when)),
    ...(condition === undefined ? {} : { if: condition }),
    ifReads,
    blocks,
    buttons: context.buttons,
    reads: [...context.reads.values()],
    readsStandingOf: [...context.notes.standings.values()],
    feeds: [...context.notes.feeds],
    rights: rightsOf(environment.registry, rule, ownActions(rule)),
    ...(rule.command === undefined ? {} : { command: compileCommand(environment, rule) }),
    ...(limit === undefined ? {} : { limit }),
    ...(rule.cooldown === undefined ? {} : { cooldown: compileCooldown(environment, rule.cooldown) }),
    order,
  };
}

/** The blocks of a rule, each before those that call it. */
function compileBlocks(context: RuleContext): ReadonlyMap<string, CompiledBlock> {
  const compiled = new Map<string, CompiledBlock>();
  const begun = new Set<string>();
  const blocks = context.rule.blocks ?? {};
  const block = (name: string): CompiledBlock | undefined => {
    const written = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
    if (written === undefined || begun.has(name)) return compiled.get(name);
    begun.add(name);
    const saved = new Map<string, Save>();
    const options = optionsType(written.options, context.types);
    const steps = nothingSaved(context, written.do);
    const inside = { ...context, scope: { ...context.scope, options, steps }, saved, block };
    const done = { sequence: compileSequence(inside, written.do, blockPath(name)), saved };
    compiled.set(name, done);
    return done;
  };
  for (const name of Object.keys(blocks)) block(name);
  return compiled;
}

function compileCommand(environment: RuleEnvironment, rule: CanonicalRule): CompiledCommand {
  const command = rule.command!;
  return {
    name: rule.name,
    description: command.description,
    options: command.options,
    allow: command.allow === undefined ? undefined : environment.who(command.allow),
    deny: command.deny === undefined ? undefined : environment.denyWho(command.deny),
    limit: command.rate_limit === undefined ? undefined : environment.limits.get(command.rate_limit),
  };
}

/** Compiles the named limits, with the sentence that each answers with. */
export function compileLimits(
  limits: Readonly<Record<string, CanonicalLimit>>,
  environment: Pick<RuleEnvironment, "origins" | "problems" | "who">,
): ReadonlyMap<string, CompiledLimit> {
  const compiled = new Map<string, CompiledLimit>();
  for (const [name, limit] of Object.entries(limits)) {
    compiled.set(name, {
      name,
      limit: limit.limit,
      window: limit.window,
      per: limit.per,
      exempt: limit.exempt.length === 0 ? undefined : environment.who(limit.exempt),
      whenLimited: compileAnswer(environment, limit, "when_limited"),
    });
  }
  return compiled;
}

function compileCooldown(environment: Pick<RuleEnvironment, "origins" | "problems">, cooldown: CanonicalCooldown) {
  const { window, per } = cooldown;
  return { window, per, whenCooling: compileAnswer(environment, cooldown, "when_cooling") };
}

/** What is answered to whoever must wait, where the file says it. */
function compileAnswer<Key extends string>(
  environment: Pick<RuleEnvironment, "origins" | "problems">,
  node: { readonly [key in Key]?: string },
  key: Key,
): CompiledLimit["whenLimited"] {
  const written = node[key];
  if (written === undefined) return undefined;
  const template = compileTemplate(written, { retry_after: t.duration });
  if (template.ok) return template.render;
  for (const problem of template.problems) reportProblem(environment, problem, node, key);
  return undefined;
}

/** The name under which a canonical rule is kept: the same for the same rule, whatever the order of its keys. */
function hashOf(rule: CanonicalRule): string {
  // Loaded when a rule is first stored: checking a file needs no digests.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(stable(rule)).digest("hex");
}

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${stable(member)}`).join(",")}}`;
}
