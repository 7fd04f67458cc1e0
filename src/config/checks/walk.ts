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

type Kind = Field["kind"];

/** An argument somewhere in a rule. */
export interface FoundArgument<Of extends Kind = Kind> {
  readonly rule: CanonicalRule;
  readonly field: Field & { readonly kind: Of };
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

/** An action somewhere in a rule. */
export interface FoundAction {
  readonly rule: CanonicalRule;
  readonly action: CanonicalAction;
}

/** Finds something in a file once, because many checks ask for it. */
export function perFile<Found>(find: (context: CheckContext) => Found): (context: CheckContext) => Found {
  const known = new WeakMap<CheckContext, { readonly found: Found }>();
  return (context) => {
    let one = known.get(context);
    if (one === undefined) {
      one = { found: find(context) };
      known.set(context, one);
    }
    return one.found;
  };
}

/** Finds something in a rule once, because a dozen checks go through all of it. */
export function perRule<Found>(
  find: (context: CheckContext, rule: CanonicalRule) => readonly Found[],
): (context: CheckContext, rule: CanonicalRule) => readonly Found[] {
  const rulesOf = perFile(() => new Map<CanonicalRule, readonly Found[]>());
  return (context, rule) => {
    const rules = rulesOf(context);
    let found = rules.get(rule);
    if (found === undefined) {
      found = find(context, rule);
      rules.set(rule, found);
    }
    return found;
  };
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Every action of a rule, in file order, those in blocks, buttons and branches included. */
export const actionsOf = perRule<CanonicalAction>((context, rule) => listsOf(context, rule).flat());

const actionsByWord = perFile((context): ReadonlyMap<string, readonly FoundAction[]> => {
  const words = new Map<string, FoundAction[]>();
  for (const rule of context.config.rules)
    for (const action of actionsOf(context, rule)) push(words, action.action, { rule, action });
  return words;
});

/** Every action of the file that is of a word, in the order of the rules. */
export function actionsOfWord(context: CheckContext, word: string): readonly FoundAction[] {
  return actionsByWord(context).get(word) ?? [];
}

/** Every word of an action that the file uses, with its actions. Checks of one kind of word begin here. */
export function usedWords(context: CheckContext): readonly (readonly [ActionDefinition, readonly FoundAction[]])[] {
  return [...actionsByWord(context)].flatMap(([name, found]) => {
    const word = context.words.actions.get(name);
    return word === undefined ? [] : [[word, found] as const];
  });
}

/** Every list of actions of a rule, outer ones first. */
export const listsOf = perRule<readonly CanonicalAction[]>((context, rule) => {
  const found: (readonly CanonicalAction[])[] = [];
  for (const list of [rule.do, rule.else, rule.on_error]) if (list !== undefined) listsIn(context, list, found);
  for (const name in rule.blocks) listsIn(context, rule.blocks[name]!.do, found);
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
  const found: CanonicalCondition[] = [];
  if (rule.if !== undefined) found.push(rule.if);
  for (const action of actionsOf(context, rule)) if (action.if !== undefined) found.push(action.if);
  for (const { field, value } of argumentsOf(context, rule))
    if (field.kind === "condition") found.push(value as CanonicalCondition);
  return found;
});

/** Every test of a rule. */
export const testsOf = perRule<CanonicalTest>((context, rule) => {
  const found: CanonicalTest[] = [];
  for (const condition of conditionsOf(context, rule)) addTests(condition, found);
  return found;
});

type CanonicalTest = Extract<CanonicalCondition, { test: string }>;

/** Every test of a condition, those under `all`, `any` and `not` included. */
export function testsIn(condition: CanonicalCondition): readonly CanonicalTest[] {
  const found: CanonicalTest[] = [];
  addTests(condition, found);
  return found;
}

function addTests(condition: CanonicalCondition, found: CanonicalTest[]): void {
  if ("all" in condition) for (const inner of condition.all) addTests(inner, found);
  else if ("any" in condition) for (const inner of condition.any) addTests(inner, found);
  else if ("not" in condition) addTests(condition.not, found);
  else if ("test" in condition) found.push(condition);
}

/** Every argument of every word of a rule: its triggers, conditions and actions. */
export const argumentsOf = perRule<FoundArgument>((context, rule) => {
  const found: FoundArgument[] = [];
  const owner: Owner = { context, rule, found };
  for (const when of rule.when) {
    const word = context.words.triggers.get(when.trigger);
    if (word !== undefined) inObject(owner, word.fields, when.args);
  }
  if (rule.if !== undefined) inCondition(owner, rule.if);
  for (const action of actionsOf(context, rule)) {
    const own: Owner = { context, rule, action, found };
    if (action.if !== undefined) inCondition(own, action.if);
    const word = context.words.actions.get(action.action);
    if (word !== undefined) inObject(own, word.fields, action.args);
  }
  return found;
});

const argumentsByKind = perFile((context): ReadonlyMap<Kind, readonly FoundArgument[]> => {
  const kinds = new Map<Kind, FoundArgument[]>();
  for (const rule of context.config.rules)
    for (const argument of argumentsOf(context, rule)) push(kinds, argument.field.kind, argument);
  return kinds;
});

/** Every argument of the file that is of a kind, in the order of the rules: most checks look at few of all. */
export function argumentsOfKind<Of extends Kind>(context: CheckContext, kind: Of): readonly FoundArgument<Of>[] {
  return (argumentsByKind(context).get(kind) ?? []) as readonly FoundArgument<Of>[];
}

/** Whose arguments are looked at, and what was found of them. */
interface Owner {
  readonly context: CheckContext;
  readonly rule: CanonicalRule;
  readonly action?: CanonicalAction;
  readonly found: FoundArgument[];
}

function inObject(owner: Owner, fields: Fields, args: CanonicalArguments): void {
  for (const name in fields) {
    const value = args[name];
    if (value !== undefined) inValue(owner, fields[name]!, value, args, name);
  }
}

function inValue(owner: Owner, field: Field, value: CanonicalValue, node: object, key: string | number): void {
  const { rule, action, found } = owner;
  found.push(action === undefined ? { rule, field, value, node, key } : { rule, field, value, node, key, action });
  if (field.kind === "condition") inCondition(owner, value as CanonicalCondition);
  else if (field.kind === "object") inObject(owner, field.fields, value as CanonicalArguments);
  else if (field.kind === "list" && Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) inValue(owner, field.of, value[at] as CanonicalValue, value, at);
  } else if (field.kind === "map") {
    for (const name in value as CanonicalArguments)
      inValue(owner, field.of, (value as CanonicalArguments)[name]!, value as object, name);
  }
}

function inCondition(owner: Owner, condition: CanonicalCondition): void {
  if ("all" in condition) for (const inner of condition.all) inCondition(owner, inner);
  else if ("any" in condition) for (const inner of condition.any) inCondition(owner, inner);
  else if ("not" in condition) inCondition(owner, condition.not);
  else if ("test" in condition) {
    const word = owner.context.words.conditions.get(condition.test);
    if (word?.kind === "condition") inObject(owner, word.fields, condition.args);
  }
}

/** Every list of people in the file. */
export const whoListsOf = perFile((context): readonly FoundWhoList[] => {
  const { config } = context;
  const lists: FoundWhoList[] = [];
  for (const group of Object.values(config.permissions)) {
    lists.push({ list: group.allow }, { list: group.deny, denies: true });
  }
  for (const limit of Object.values(config.rate_limits)) lists.push({ list: limit.exempt });
  for (const rule of config.rules) {
    if (rule.command?.allow !== undefined) lists.push({ list: rule.command.allow, rule });
    if (rule.command?.deny !== undefined) lists.push({ list: rule.command.deny, rule, denies: true });
  }
  for (const { value, rule } of argumentsOfKind(context, "who"))
    lists.push({ list: value as readonly CanonicalWho[], rule });
  return lists;
});

const declaredIn = perFile((context): readonly string[] => Object.keys(context.config.platforms));

/** The declared platforms that a rule works on. */
export function platformsOf(context: CheckContext, rule: CanonicalRule): readonly string[] {
  const declared = declaredIn(context);
  return rule.platforms.length > 0 ? declared.filter((name) => rule.platforms.includes(name)) : declared;
}

/** The definition of an action's word. */
export function wordOf(context: CheckContext, action: CanonicalAction): ActionDefinition | undefined {
  const word = context.words.actions.get(action.action);
  return word && asWritten(word, action.args);
}
