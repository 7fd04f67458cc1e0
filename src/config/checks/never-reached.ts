import type { CanonicalCondition, CanonicalRule, CanonicalTrigger } from "../../contracts/canonical.ts";
import { type Diagnostic, type Position, warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { keepsEvents } from "./event-ends.ts";
import { actionsOf, actionsOfWord, platformsOf, wordOf } from "./walk.ts";

/** Rules and commands that an earlier rule keeps every event from, because it fits whenever they do. */
export const neverReached: Check = function* (context) {
  const keepers = new Set(context.config.rules.filter((rule) => isAlwaysDone(context, rule)));
  if (keepers.size === 0) return;
  const before = new Map<string, CanonicalRule[]>();
  const howOften = new Map<string, number>();
  for (const rule of context.config.rules)
    for (const text of questionsOf(rule)) howOften.set(text, (howOften.get(text) ?? 0) + 1);
  // What one rule keeps from several is told once.
  const kept = new Map<CanonicalRule, CanonicalRule[]>();
  // Commands hear of a message when all rules have.
  for (const rule of context.config.rules.toSorted((a, b) => Number(isCommand(a)) - Number(isCommand(b)))) {
    const candidates = new Set(["", ...questionsOf(rule)].flatMap((question) => before.get(question) ?? []));
    const keeper = [...candidates].find((earlier) => covers(context, earlier, rule));
    if (keeper !== undefined) push(kept, keeper, rule);
    else if (keepers.has(rule)) for (const question of rarestOf(rule.if, howOften)) push(before, question, rule);
  }
  for (const [keeper, rules] of kept) yield* told(context, keeper, rules);
};

function push<Key>(lists: Map<Key, CanonicalRule[]>, key: Key, rule: CanonicalRule): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [rule]);
  else list.push(rule);
}

/** Of what a rule asks, what fewest rules ask: one of it must be asked by each that it covers. Not all are compared with all. */
function rarestOf(condition: CanonicalCondition | undefined, howOften: ReadonlyMap<string, number>): readonly string[] {
  const count = (texts: readonly string[]) => texts.reduce((sum, text) => sum + (howOften.get(text) ?? 0), 0);
  const each = together(condition).map((one) =>
    "any" in one ? one.any.flatMap((some) => rarestOf(some, howOften)) : [JSON.stringify(one)],
  );
  return each.toSorted((a, b) => count(a) - count(b))[0] ?? [""];
}

const questionsOf = (rule: CanonicalRule) => askedBy(rule).map((one) => JSON.stringify(one));

/** What is the case whenever a rule does something: not its `if`, where it has an `else`. */
const askedBy = (rule: CanonicalRule) => (rule.else === undefined ? together(rule.if) : []);

const isCommand = ({ command }: CanonicalRule): boolean => command !== undefined;

function* told(
  context: CheckContext,
  keeper: CanonicalRule,
  [first, ...others]: readonly CanonicalRule[],
): Generator<Diagnostic> {
  const at = placeOf(context, first!);
  if (at === undefined || at.pack !== undefined) return;
  const mayFail = actionsOf(context, keeper).some((action) => wordOf(context, action)?.decides !== true);
  const mayBeOff = actionsOfWord(context, "disable").length > 0;
  const name = `"${keeper.name}"${mayBeOff ? ", while it is on," : ""}`;
  const unless = mayFail ? ", unless an action of it cannot be done" : "";
  const more = others.length === 0 ? "" : ` The same goes for ${others.map((one) => `"${one.name}"`).join(", ")}.`;
  const message = `this never happens: ${name} fits whenever this does, and lets nothing below hear of the event (stop: event)${unless}.${more}`;
  const where = placeOf(context, keeper);
  yield warningAt(at, {
    code: "never-reached",
    message,
    hint: "put this above it, or give that one an if that leaves this out",
    ...(where === undefined ? {} : { related: [{ ...where, message: "it stands here." }] }),
  });
}

function placeOf({ origins }: CheckContext, rule: CanonicalRule): Position | undefined {
  return isCommand(rule) ? origins.position(rule, undefined, "key") : origins.position(rule, "name");
}

/** Whether a rule is done with every event that it fits, and keeps it from all others. */
function isAlwaysDone(context: CheckContext, rule: CanonicalRule): boolean {
  const { enabled, mode, overlap, rate_limit, cooldown } = rule;
  if (isCommand(rule) || !enabled || mode !== "live" || overlap !== "parallel") return false;
  return rate_limit === undefined && cooldown === undefined && keepsEvents(context, rule);
}

/** Whether an earlier rule certainly fits each event that a later one fits. */
function covers(context: CheckContext, earlier: CanonicalRule, later: CanonicalRule): boolean {
  if (!later.enabled || (later.bots && !earlier.bots)) return false;
  const where = platformsOf(context, earlier);
  if (!platformsOf(context, later).every((platform) => where.includes(platform))) return false;
  const hears = isCommand(later)
    ? platformsOf(context, later).every((name) => context.words.platforms.get(name)?.commandsAreMessages === true) &&
      earlier.when.some((trigger) => hearsAll(context, trigger, ["message"]))
    : later.when.every((trigger) => earlier.when.some((other) => hearsToo(context, other, trigger)));
  if (!hears) return false;
  if (earlier.if === undefined) return true;
  const asked = askedBy(later);
  return together(earlier.if).every((one) => isImplied(context, one, asked));
}

/** Whether one trigger hears whatever another does. */
function hearsToo(context: CheckContext, trigger: CanonicalTrigger, other: CanonicalTrigger): boolean {
  const word = context.words.triggers.get(trigger.trigger);
  const heard = context.words.triggers.get(other.trigger);
  if (word === undefined || heard === undefined || heard.nobody === true || word.counts === true) return false;
  if (hearsAll(context, trigger, heard.events)) return true;
  return word === heard && !isOpen(trigger.args) && JSON.stringify(trigger.args) === JSON.stringify(other.args);
}

/** Whether a trigger hears all events of these kinds. */
function hearsAll(context: CheckContext, { trigger }: CanonicalTrigger, events: readonly string[]): boolean {
  const word = context.words.triggers.get(trigger);
  if (word === undefined || word.hears !== undefined || word.matches !== undefined) return false;
  return Object.keys(word.fields).length === 0 && events.every((event) => word.events.some((one) => one === event));
}

/** All that must be true at the same time. */
function together(condition: CanonicalCondition | undefined): readonly CanonicalCondition[] {
  if (condition === undefined) return [];
  return "all" in condition ? condition.all.flatMap(together) : [condition];
}

/** Whether a condition is true wherever others are: one of them asks the same, or one of what it takes either of. */
function isImplied(
  context: CheckContext,
  condition: CanonicalCondition,
  asked: readonly CanonicalCondition[],
): boolean {
  if ("any" in condition && condition.any.every((one) => isSteady(context, one)))
    return condition.any.some((one) => isImplied(context, one, asked));
  if (!isSteady(context, condition)) return false;
  const text = JSON.stringify(condition);
  return asked.some((one) => JSON.stringify(one) === text);
}

/** Whether a condition comes out the same for the earlier and the later rule. */
function isSteady(context: CheckContext, condition: CanonicalCondition): boolean {
  if ("all" in condition) return condition.all.every((one) => isSteady(context, one));
  if ("any" in condition) return condition.any.every((one) => isSteady(context, one));
  if ("not" in condition) return isSteady(context, condition.not);
  if (!("test" in condition) || isOpen(condition.args)) return false;
  const word = context.words.conditions.get(condition.test);
  return word?.kind === "condition" && word.steady === true;
}

/** Whether what is written holds an expression. */
const isOpen = (args: object): boolean => /"\$":|\{\{/.test(JSON.stringify(args));
