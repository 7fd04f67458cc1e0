import type { CanonicalAction, CanonicalRule } from "../../contracts/canonical.ts";
import type { Capability } from "../../contracts/right.ts";
import type { ActionDefinition } from "../../contracts/word.ts";
import { type Diagnostic, errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { actionsOf, platformsOf, testsOf, wordOf } from "./walk.ts";

/** What a word needs and a platform of its rule cannot do. */
export const capabilities: Check = function* (context) {
  for (const rule of context.config.rules) {
    for (const when of rule.when) {
      const word = context.words.triggers.get(when.trigger);
      if (word?.uses !== undefined)
        yield* missing(context, rule, `"${when.trigger}"`, new Set(word.uses), when, "it never happens there");
    }
    for (const test of testsOf(context, rule)) {
      const word = context.words.conditions.get(test.test);
      if (word?.kind === "condition" && word.uses !== undefined)
        yield* missing(context, rule, `"${test.test}"`, new Set(word.uses), test, "it is never true there");
    }
    for (const action of actionsOf(context, rule)) {
      const word = wordOf(context, action);
      if (word === undefined) continue;
      const bare = new Set(word.uses ?? []);
      const name = `"${action.action}"`;
      yield* missing(context, rule, name, bare, action);
      // Where it is not possible at all, what is written with it needs no word.
      const able = platformsOf(context, rule).filter((platform) => can(context, platform, bare));
      for (const [argument, capability] of argumentNeeds(word, action))
        yield* missing(context, rule, `${name} with "${argument}"`, new Set([capability]), action, undefined, able);
    }
  }
};

function neededFor(word: ActionDefinition, action: CanonicalAction): Set<Capability> {
  return new Set([...(word.uses ?? []), ...argumentNeeds(word, action).map(([, capability]) => capability)]);
}

/** What the arguments as they are written ask for besides, each capability once. */
function argumentNeeds(word: ActionDefinition, action: CanonicalAction): readonly (readonly [string, Capability])[] {
  const written = Object.entries(word.usesWhen ?? {}).filter(
    ([argument]) => action.args[argument] !== undefined && action.args[argument] !== false,
  );
  return written.filter(([, one], index) => written.findIndex(([, other]) => other === one) === index);
}

const can = (context: CheckContext, platform: string, needed: ReadonlySet<Capability>): boolean => {
  const capabilities = context.words.platforms.get(platform)?.capabilities;
  return capabilities === undefined || [...needed].every((one) => capabilities.has(one));
};

/** The declared platforms of a rule that can do all of it. */
export function platformsThatCan(context: CheckContext, rule: CanonicalRule): readonly string[] {
  const needed = new Set<Capability>();
  for (const { trigger } of rule.when)
    for (const one of context.words.triggers.get(trigger)?.uses ?? []) needed.add(one);
  for (const action of actionsOf(context, rule)) {
    const word = wordOf(context, action);
    if (word !== undefined) for (const one of neededFor(word, action)) needed.add(one);
  }
  return platformsOf(context, rule).filter((name) => {
    const platform = context.words.platforms.get(name);
    return [...needed].every((one) => platform?.capabilities.has(one));
  });
}

/** An error where no platform of the rule can do it, a warning where some can. */
function* missing(
  context: CheckContext,
  rule: CanonicalRule,
  what: string,
  needed: ReadonlySet<Capability>,
  node: object,
  there = "it is refused there",
  all = platformsOf(context, rule),
): Generator<Diagnostic> {
  if (needed.size === 0) return;
  const cannot = all.filter((name) => !can(context, name, needed));
  if (cannot.length === 0 || all.length === 0) return;
  const at = context.origins.position(node);
  if (at === undefined) return;
  const titles = cannot.map((name) => context.words.platforms.get(name)!.title).join(" and ");
  const able = all.filter((name) => !cannot.includes(name));
  const message = `${what} is not possible on ${titles}.`;
  if (able.length === 0) yield errorAt(at, { code: "not-on-platform", message });
  else {
    const hint = `${there}; to leave it out there, write platforms: [${able.join(", ")}] in "${rule.name}"`;
    yield warningAt(at, { code: "not-on-platform", message, hint });
  }
}
