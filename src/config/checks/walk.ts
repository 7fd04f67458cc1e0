import type {
  CanonicalAction,
  CanonicalArguments,
  CanonicalCondition,
  CanonicalRule,
  CanonicalValue,
  CanonicalWho,
} from "../../contracts/canonical.ts";
import type { Field, Fields } from "../../contracts/fields.ts";
import { type ActionDefinition, asWritten } from "../../contracts/word.ts";
import type { CheckContext } from "./check.ts";

/** An argument somewhere in a rule. */
export interface FoundArgument {
  readonly rule: CanonicalRule;
  readonly field: Field;
  readonly value: CanonicalValue;
  /** The object or list that holds the value, and under which key: for asking the origins. */
  readonly node: object;
  readonly key: string | number;
  /** Whose argument it is, where it is an action's. */
  readonly action?: CanonicalAction;
}

/** A list of people, and the rule that it is in, if any. */
export interface FoundWhoList {
  readonly list: readonly CanonicalWho[];
  readonly rule?: CanonicalRule;
  /** Whom it names is kept out. */
  readonly denies?: true;
}

/** Finds something in a rule once, because a dozen checks go through all of it. */
export function perRule<Found>(
  find: (context: CheckContext, rule: CanonicalRule) => readonly Found[],
): (context: CheckContext, rule: CanonicalRule) => readonly Found[] {
  const known = new WeakMap<CheckContext, Map<CanonicalRule, readonly Found[]>>();
  return (context, rule) => {
    let rules = known.get(context);
    if (rules === undefined) {
      rules = new Map();
      known.set(context, rules);
    }
    let found = rules.get(rule);
    if (found === undefined) {
      found = find(context, rule);
      rules.set(rule, found);
    }
    return found;
  };
}

/** Every action of a rule, in file order, those in blocks, buttons and branches included. */
export const actionsOf = perRule<CanonicalAction>((context, rule) => listsOf(context, rule).flat());

/** Every list of actions of a rule, outer ones first. */
export const listsOf = perRule<readonly CanonicalAction[]>((context, rule) => {
  const found: (readonly CanonicalAction[])[] = [];
  const blocks = Object.values(rule.blocks ?? {}).map((block) => block.do);
  for (const list of [rule.do, rule.else, rule.on_error, ...blocks])
    if (list !== undefined) listsIn(context, list, found);
  return found;
});

function listsIn(context: CheckContext, list: readonly CanonicalAction[], found: (readonly CanonicalAction[])[]): void {
  found.push(list);
  for (const action of list) {
    const word = context.words.actions.get(action.action);
    if (word !== undefined) listsInArguments(context, word.fields, action.args, found);
    if (action.else !== undefined) listsIn(context, action.else, found);
    if (action.on_error !== undefined) listsIn(context, action.on_error, found);
  }
}

function listsInArguments(
  context: CheckContext,
  fields: Fields,
  args: CanonicalArguments,
  found: (readonly CanonicalAction[])[],
): void {
  for (const name in fields) {
    const value = args[name];
    if (value !== undefined) listsInValue(context, fields[name]!, value, found);
  }
}

function listsInValue(
  context: CheckContext,
  field: Field,
  value: CanonicalValue,
  found: (readonly CanonicalAction[])[],
): void {
  if (field.kind === "actions") listsIn(context, value as readonly CanonicalAction[], found);
  else if (field.kind === "object") listsInArguments(context, field.fields, value as CanonicalArguments, found);
  else if (field.kind === "list") {
    for (const item of value as readonly CanonicalValue[]) listsInValue(context, field.of, item, found);
  }
}

/** Every condition of a rule: its `if`, its actions' and those inside arguments. */
export const conditionsOf = perRule<CanonicalCondition>((context, rule) => {
  const found = [rule.if, ...actionsOf(context, rule).map((action) => action.if)];
  for (const { field, value } of argumentsOf(context, rule))
    if (field.kind === "condition") found.push(value as CanonicalCondition);
  return found.filter((one) => one !== undefined);
});

/** Every test of a rule. */
export const testsOf = perRule<CanonicalTest>((context, rule) =>
  conditionsOf(context, rule).flatMap((condition) => [...testsIn(condition)]),
);

type CanonicalTest = Extract<CanonicalCondition, { test: string }>;

/** Every test of a condition, those under `all`, `any` and `not` included. */
export function* testsIn(condition: CanonicalCondition): Generator<CanonicalTest> {
  if ("all" in condition) for (const inner of condition.all) yield* testsIn(inner);
  else if ("any" in condition) for (const inner of condition.any) yield* testsIn(inner);
  else if ("not" in condition) yield* testsIn(condition.not);
  else if ("test" in condition) yield condition;
}

/** Every argument of every word of a rule: its triggers, conditions and actions. */
export const argumentsOf = perRule<FoundArgument>((context, rule) => {
  const found: FoundArgument[] = [];
  for (const when of rule.when) {
    const word = context.words.triggers.get(when.trigger);
    if (word !== undefined) inObject(context, { rule }, word.fields, when.args, found);
  }
  if (rule.if !== undefined) inCondition(context, { rule }, rule.if, found);
  for (const action of actionsOf(context, rule)) {
    if (action.if !== undefined) inCondition(context, { rule }, action.if, found);
    const word = context.words.actions.get(action.action);
    if (word !== undefined) inObject(context, { rule, action }, word.fields, action.args, found);
  }
  return found;
});

/** Whose arguments are looked at. */
type Owner = Pick<FoundArgument, "rule" | "action">;

function inObject(
  context: CheckContext,
  owner: Owner,
  fields: Fields,
  args: CanonicalArguments,
  found: FoundArgument[],
): void {
  for (const name in fields) {
    const value = args[name];
    if (value !== undefined) inValue(context, owner, { field: fields[name]!, value, node: args, key: name }, found);
  }
}

function inValue(
  context: CheckContext,
  owner: Owner,
  argument: Omit<FoundArgument, keyof Owner>,
  found: FoundArgument[],
): void {
  const { field, value } = argument;
  found.push({ ...owner, ...argument });
  if (field.kind === "condition") inCondition(context, owner, value as CanonicalCondition, found);
  else if (field.kind === "object") inObject(context, owner, field.fields, value as CanonicalArguments, found);
  else if (field.kind === "list" && Array.isArray(value)) {
    for (const [key, item] of value.entries())
      inValue(context, owner, { field: field.of, value: item as CanonicalValue, node: value, key }, found);
  } else if (field.kind === "map") {
    for (const [key, item] of Object.entries(value as CanonicalArguments))
      inValue(context, owner, { field: field.of, value: item!, node: value as object, key }, found);
  }
}

function inCondition(context: CheckContext, owner: Owner, condition: CanonicalCondition, found: FoundArgument[]): void {
  if ("all" in condition) for (const inner of condition.all) inCondition(context, owner, inner, found);
  else if ("any" in condition) for (const inner of condition.any) inCondition(context, owner, inner, found);
  else if ("not" in condition) inCondition(context, owner, condition.not, found);
  else if ("test" in condition) {
    const word = context.words.conditions.get(condition.test);
    if (word?.kind === "condition") inObject(context, owner, word.fields, condition.args, found);
  }
}

const knownWhoLists = new WeakMap<CheckContext, readonly FoundWhoList[]>();

/** Every list of people in the file. */
export function whoListsOf(context: CheckContext): readonly FoundWhoList[] {
  let lists = knownWhoLists.get(context);
  if (lists === undefined) {
    lists = [...whoLists(context)];
    knownWhoLists.set(context, lists);
  }
  return lists;
}

function* whoLists(context: CheckContext): Generator<FoundWhoList> {
  const { config } = context;
  for (const group of Object.values(config.permissions)) {
    yield { list: group.allow };
    yield { list: group.deny, denies: true };
  }
  for (const limit of Object.values(config.rate_limits)) yield { list: limit.exempt };
  for (const rule of config.rules) {
    if (rule.command?.allow !== undefined) yield { list: rule.command.allow, rule };
    if (rule.command?.deny !== undefined) yield { list: rule.command.deny, rule, denies: true };
    for (const { field, value } of argumentsOf(context, rule)) {
      if (field.kind === "who") yield { list: value as readonly CanonicalWho[], rule };
    }
  }
}

/** The declared platforms that a rule works on. */
export function platformsOf(context: CheckContext, rule: CanonicalRule): readonly string[] {
  const declared = Object.keys(context.config.platforms);
  return rule.platforms.length > 0 ? declared.filter((name) => rule.platforms.includes(name)) : declared;
}

/** The definition of an action's word. */
export function wordOf(context: CheckContext, action: CanonicalAction): ActionDefinition | undefined {
  const word = context.words.actions.get(action.action);
  return word && asWritten(word, action.args);
}
