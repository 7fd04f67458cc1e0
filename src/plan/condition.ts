import { hintForGroup } from "../config/condition-meant.ts";
import type { CanonicalCondition } from "../contracts/canonical.ts";
import type { Truth } from "../contracts/permission.ts";
import type { Condition, ConditionDefinition } from "../contracts/word.ts";
import { compileExpression } from "../language/expression/compile.ts";
import type { Problem } from "../language/problem.ts";
import { isTrue } from "../language/values.ts";
import { compileArguments } from "./arguments.ts";
import { conditionsAsExpression } from "./condition-words.ts";
import { collectReads, type RuleContext, report, reportProblem } from "./context.ts";
import { type Evaluate, Refusal, type RunScope } from "./program.ts";

/**
 * Compiles an `if`. Three-valued inside: a test that cannot be decided makes the whole false, under `not` too, so that
 * what is unknown never lets an action through. So that this does not hang on the order of the tests, all are asked;
 * only in the outermost `all` is a no the end of it, because there no and unknown are the same.
 */
export function compileCondition(context: RuleContext, condition: CanonicalCondition): Evaluate<Truth> {
  return compileNested(context, condition, true);
}

function compileNested(context: RuleContext, condition: CanonicalCondition, outermost: boolean): Evaluate<Truth> {
  if ("all" in condition) {
    const tests = condition.all.map((inner) => compileNested(context, inner, outermost));
    return combine(tests, true, (sum, truth) => sum && truth, outermost);
  }
  if ("any" in condition) {
    const tests = condition.any.map((inner) => compileNested(context, inner, false));
    return combine(tests, false, (sum, truth) => sum || truth, false);
  }
  if ("not" in condition) {
    const inner = compileNested(context, condition.not, false);
    return (scope) => afterwards(inner(scope), negate);
  }
  if ("$" in condition) return compileTest(context, condition.$, condition);
  return compileWord(context, condition);
}

const negate = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

/** Asks one test after the other, at once where they answer at once. */
function combine(
  tests: readonly Evaluate<Truth>[],
  start: boolean,
  add: (sum: boolean, truth: boolean) => boolean,
  stopsAtNo: boolean,
): Evaluate<Truth> {
  if (tests.length === 1) return tests[0]!;
  const from = (scope: RunScope, first: number, before: boolean): Truth | Promise<Truth> => {
    let sum = before;
    for (let index = first; index < tests.length; index++) {
      const truth = tests[index]!(scope);
      if (truth instanceof Promise)
        return truth.then((late) => {
          if (late === undefined) return undefined;
          const then = add(sum, late);
          return stopsAtNo && !then ? false : from(scope, index + 1, then);
        });
      if (truth === undefined) return undefined;
      sum = add(sum, truth);
      if (stopsAtNo && !sum) return false;
    }
    return sum;
  };
  return (scope) => from(scope, 0, start);
}

function compileTest(context: RuleContext, source: string, node: object): Evaluate<Truth> {
  const compiled = compileExpression(source, context.scope);
  if (!compiled.ok) {
    const words = conditionsAsExpression(context, source);
    if (words !== undefined) reportProblem(context, words, node, "$");
    else reportProblems(context, compiled.problems, source, node);
    return () => undefined;
  }
  collectReads(context, compiled.reads);
  return (scope) => isTrue(compiled.evaluate(scope.values, scope.env));
}

function reportProblems(context: RuleContext, problems: readonly Problem[], source: string, node: object): void {
  for (const problem of problems) {
    const name = source.slice(problem.offset, problem.offset + problem.length);
    // Behind a dot, data is what is remembered of somebody.
    const isPart = name === "data" && source[problem.offset - 1] === ".";
    const hint = problem.code === "unknown-variable" && !isPart ? hintForName(context, name, source) : undefined;
    reportProblem(context, hint === undefined ? problem : { ...problem, hint }, node, "$");
  }
}

/** What is no value, but a group or a condition. */
function hintForName({ isGroup, registry }: RuleContext, name: string, source: string): string | undefined {
  if (isGroup(name)) return hintForGroup(name, source);
  const word = registry.conditions.get(name);
  if (word?.kind !== "condition") return undefined;
  return `"${name}" is a condition, which is written alone, such as ${word.examples[0]?.yaml}`;
}

function compileWord(context: RuleContext, condition: Extract<CanonicalCondition, { test: string }>): Evaluate<Truth> {
  const definition = context.registry.conditions.get(condition.test);
  if (definition === undefined || definition.kind === "combinator") return () => undefined;
  for (const feed of definition.feeds ?? []) context.notes.feeds.add(feed);
  const args = compileArguments(context, definition.fields, condition.args, "");
  if ("evaluate" in args.compiled) {
    // An argument is an expression, so the test can only be made when its value is known.
    const { evaluate } = args.compiled;
    return (scope) => whereUsable(() => afterwards(evaluate(scope), (values) => ask(definition, values, scope)));
  }
  const test = build(definition, args.compiled.value);
  if (typeof test !== "function") {
    report(context, condition.args, test.field, "bad-argument", `${test.problem}.`);
    return () => undefined;
  }
  // The scope itself serves: it has all that a condition is promised.
  return test;
}

function ask(definition: ConditionDefinition, args: unknown, scope: RunScope): Truth | Promise<Truth> {
  const test = build(definition, args);
  return typeof test === "function" ? test(scope) : undefined;
}

/** A value that does not fit, or a name that is not there, leaves the question open. */
function whereUsable(evaluate: () => Truth | Promise<Truth>): Truth | Promise<Truth> {
  const open = (error: unknown): undefined => {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  };
  try {
    const truth = evaluate();
    return truth instanceof Promise ? truth.catch(open) : truth;
  } catch (error) {
    return open(error);
  }
}

function build(definition: ConditionDefinition, args: unknown): Condition | { problem: string; field: string } {
  return definition.compile(args as never);
}

/** Goes on at once with a value that is there already, so that plain tests cost no promise. */
function afterwards<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** The words of which a text must hold one for the whole condition to be true, where that can be said. */
export function requiredWords(
  context: RuleContext,
  condition: CanonicalCondition | undefined,
): readonly string[] | undefined {
  if (condition === undefined) return undefined;
  if ("all" in condition) {
    for (const inner of condition.all) {
      const words = requiredWords(context, inner);
      if (words !== undefined) return words;
    }
    return undefined;
  }
  if ("any" in condition) {
    const parts = condition.any.map((inner) => requiredWords(context, inner));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (!("test" in condition)) return undefined;
  const definition = context.registry.conditions.get(condition.test);
  if (definition?.kind !== "condition" || definition.words === undefined) return undefined;
  const args = compileArguments(context, definition.fields, condition.args, "");
  return "value" in args.compiled ? definition.words(args.compiled.value as never)?.anyOf : undefined;
}
