import type { CanonicalAction, CanonicalRule } from "../../contracts/canonical.ts";
import { capabilities as allCapabilities, type Capability } from "../../contracts/right.ts";
import type { ActionDefinition } from "../../contracts/word.ts";
import { type Diagnostic, errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { actionsOf, platformsOf, testsOf, wordOf } from "./walk.ts";
import { placedActions } from "./where.ts";

/** What a word needs and a platform of its rule cannot do. */
export const capabilities: Check = function* (context) {
  for (const rule of context.config.rules) {
    for (const when of rule.when) {
      const word = context.words.triggers.get(when.trigger);
      if (word?.uses !== undefined)
        yield* missing(context, rule, `"${when.trigger}"`, word.uses, when, "it never happens");
    }
    for (const test of testsOf(context, rule)) {
      const word = context.words.conditions.get(test.test);
      if (word?.kind === "condition" && word.uses !== undefined)
        yield* missing(context, rule, `"${test.test}"`, word.uses, test, "it is never true");
    }
    for (const { action, platforms, isLast } of placedActions(context, rule)) {
      const word = wordOf(context, action);
      // Where it is refused, what its else says is done in its place.
      if (word === undefined || action.else !== undefined) continue;
      const needs = argumentNeeds(word, action);
      const bare = word.uses ?? [];
      // Nearly always all of it can be done everywhere.
      if (platforms.every((name) => can(context, name, bare) && needs.every(([, one]) => can(context, name, [one]))))
        continue;
      const name = `"${action.action}"`;
      const there = whatHappens(rule, isLast);
      yield* missing(context, rule, name, bare, action, there, platforms);
      // Where it is not possible at all, what is written with it needs no word.
      const able = platforms.filter((platform) => can(context, platform, bare));
      for (const [argument, capability] of needs)
        yield* missing(context, rule, `${name} with "${argument}"`, [capability], action, there, able);
    }
  }
};

/** What becomes of an action that is refused on a platform. */
function whatHappens({ command }: CanonicalRule, isLast: boolean): string {
  if (command === undefined) return isLast ? "it is left out" : "it is left out, and so is what comes below it";
  return isLast ? "the person is told so" : "the person is told so, and what comes below it is not done";
}

function neededFor(word: ActionDefinition, action: CanonicalAction): Set<Capability> {
  return new Set([...(word.uses ?? []), ...argumentNeeds(word, action).map(([, capability]) => capability)]);
}

/** What the arguments as they are written ask for besides, each capability once. */
function argumentNeeds(word: ActionDefinition, action: CanonicalAction): readonly (readonly [string, Capability])[] {
  const needs: (readonly [string, Capability])[] = [];
  for (const argument in word.usesWhen) {
    const value = action.args[argument];
    const capability = word.usesWhen[argument]!;
    if (value === undefined || value === false || needs.some(([, other]) => other === capability)) continue;
    needs.push([argument, capability]);
  }
  return needs;
}

const can = (context: CheckContext, platform: string, needed: readonly Capability[]): boolean => {
  const capabilities = context.words.platforms.get(platform)?.capabilities;
  return capabilities === undefined || needed.every((one) => capabilities.has(one));
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
  needed: readonly Capability[],
  node: object,
  there: string,
  all = platformsOf(context, rule),
): Generator<Diagnostic> {
  if (needed.length === 0) return;
  const cannot = all.filter((name) => !can(context, name, needed));
  if (cannot.length === 0 || all.length === 0) return;
  const at = context.origins.position(node);
  if (at === undefined) return;
  const able = all.filter((name) => !cannot.includes(name));
  const message = `${what} is not possible on ${titlesOf(context, cannot)}`;
  const code = "not-on-platform";
  if (able.length === 0) {
    // Where nothing is missing, a bot is only tried out.
    const others = [...context.words.platforms.values()]
      .filter((one) => one.capabilities.size < allCapabilities.length && can(context, one.name, needed))
      .map(({ name }) => name);
    const hint = others.length === 0 ? {} : { hint: `it is possible on ${titlesOf(context, others)}` };
    yield errorAt(at, { code, message: `${message}.`, ...hint });
    return;
  }
  const names = able.length === 1 ? able[0] : `[${able.join(", ")}]`;
  const whole = `platforms: [${able.join(", ")}] in "${rule.name}" to leave out all of it there`;
  const alone = `if: { platform: ${names} } to leave out this line alone there`;
  const hint = "action" in node ? `write beside it ${alone}, or ${whole}` : `write ${whole}`;
  yield warningAt(at, { code, message: `${message}: there ${there}.`, hint });
}

function titlesOf(context: CheckContext, names: readonly string[]): string {
  const titles = names.map((name) => context.words.platforms.get(name)?.title ?? name);
  return titles.length < 2 ? titles.join("") : `${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`;
}
