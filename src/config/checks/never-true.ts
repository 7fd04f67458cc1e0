import type { CanonicalCondition, CanonicalRule } from "../../contracts/canonical.ts";
import { type Diagnostic, noticeAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { conditionsOf, platformsOf, testsIn } from "./walk.ts";

type Test = Extract<CanonicalCondition, { test: string }>;

/** Conditions that cannot be true, whatever happens, and those that are written twice. */
export const neverTrue: Check = function* (context) {
  for (const rule of context.config.rules) {
    if (rule.if !== undefined) yield* botsUnheard(context, rule, rule.if);
    for (const condition of conditionsOf(context, rule)) {
      yield* withoutMessage(context, rule, condition);
      yield* inside(context, rule, condition);
    }
  }
};

/** `has_link` under `member_joined`: there is no message to look at. */
function* withoutMessage(
  context: CheckContext,
  rule: CanonicalRule,
  condition: CanonicalCondition,
): Generator<Diagnostic> {
  if (rule.command !== undefined || rule.blocks !== undefined) return;
  const triggers = rule.when.flatMap(({ trigger }) => context.words.triggers.get(trigger) ?? []);
  if (triggers.length < rule.when.length || triggers.some(({ hasMessage }) => hasMessage)) return;
  for (const test of testsIn(condition)) {
    const word = context.words.conditions.get(test.test);
    if (word?.kind !== "condition" || word.feeds?.includes("message_text") !== true) continue;
    const at = context.origins.position(test, undefined, "key");
    const names = triggers.map(({ name }) => `"${name}"`).join(" or ");
    const message = `"${test.test}" looks at a message, and there is none with ${names}, so this is never true.`;
    if (at !== undefined) yield warningAt(at, { code: "never-true", message });
  }
}

/** `is_bot: yes` in a rule that hears no bots. */
function* botsUnheard(
  { origins }: CheckContext,
  rule: CanonicalRule,
  condition: CanonicalCondition,
): Generator<Diagnostic> {
  if (rule.bots) return;
  for (const one of together(condition)) {
    const at = "test" in one && one.test === "is_bot" && one.args.is === true ? keyOf(origins, one) : undefined;
    const message = "this is never true, because the rule does not hear what bots do.";
    if (at !== undefined)
      yield warningAt(at, { code: "never-true", message, hint: `write bots: yes in "${rule.name}"` });
  }
}

const keyOf = (origins: CheckContext["origins"], node: object) => origins.position(node, undefined, "key");

/** All that must be true at the same time. */
function together(condition: CanonicalCondition): readonly CanonicalCondition[] {
  return "all" in condition ? condition.all.flatMap(together) : [condition];
}

function* inside(context: CheckContext, rule: CanonicalRule, condition: CanonicalCondition): Generator<Diagnostic> {
  if ("not" in condition) yield* inside(context, rule, condition.not);
  if ("any" in condition) {
    yield* repeated(context, condition.any);
    for (const inner of condition.any) yield* inside(context, rule, inner);
  }
  const all = together(condition);
  if ("all" in condition) {
    yield* repeated(context, all);
    for (const inner of all) yield* inside(context, rule, inner);
  }
  yield* contradictions(context, rule, all);
}

function* repeated({ origins }: CheckContext, list: readonly CanonicalCondition[]): Generator<Diagnostic> {
  if (list.length < 2) return;
  const seen = new Set<string>();
  for (const one of list) {
    const text = JSON.stringify(one);
    const at = seen.has(text) ? keyOf(origins, one) : undefined;
    if (at !== undefined)
      yield noticeAt(at, { code: "duplicate-condition", message: "this is asked already.", hint: "delete it" });
    seen.add(text);
  }
}

function* contradictions(
  context: CheckContext,
  rule: CanonicalRule,
  all: readonly CanonicalCondition[],
): Generator<Diagnostic> {
  const before: CanonicalCondition[] = [];
  let where = platformsOf(context, rule);
  for (const one of all) {
    let clash = before.some((other) => excludes(one, other)) ? "it contradicts what is asked before it" : undefined;
    if ("test" in one && one.test === "platform" && Array.isArray(one.args.name)) {
      const names: readonly unknown[] = one.args.name;
      const left = where.filter((name) => names.includes(name));
      const isKnown = names.every((name) => Object.hasOwn(context.config.platforms, String(name)));
      if (left.length === 0 && where.length > 0 && isKnown) clash = `here it is always ${where.join(" or ")}`;
      where = left;
    }
    const at = clash === undefined ? undefined : keyOf(context.origins, one);
    if (at !== undefined) {
      yield warningAt(at, { code: "never-true", message: `this is never true together with the rest: ${clash}.` });
      return;
    }
    before.push(one);
  }
}

/** Whether two conditions can never both be true. */
function excludes(one: CanonicalCondition, other: CanonicalCondition): boolean {
  if ("not" in one) return same(one.not, other);
  if ("not" in other) return same(other.not, one);
  return "test" in one && "test" in other && one.test === other.test && isOpposite(one, other);
}

const same = (one: CanonicalCondition, other: CanonicalCondition) => JSON.stringify(one) === JSON.stringify(other);

/** `has_link: yes` and `has_link: no`. */
function isOpposite({ test, args }: Test, other: Test): boolean {
  const [key, ...rest] = Object.keys(args);
  if (key === undefined || rest.length > 0 || test === "text") return false;
  return typeof args[key] === "boolean" && other.args[key] === !args[key];
}
