import type {
  CanonicalAction,
  CanonicalArguments,
  CanonicalCondition,
  CanonicalRule,
  CanonicalValue,
  CanonicalWho,
} from "../../contracts/canonical.ts";
import type { Field, Fields } from "../../contracts/fields.ts";
import type { ActionDefinition } from "../../contracts/word.ts";
import type { CheckContext } from "./check.ts";

/** An argument somewhere in a rule. */
export interface FoundArgument {
  readonly rule: CanonicalRule;
  readonly field: Field;
  readonly value: CanonicalValue;
  /** The object or list that holds the value, and under which key: for asking the origins. */
  readonly node: object;
  readonly key: string | number;
}

/** Every action of a rule, in file order, those in blocks, buttons and branches included. */
export function* actionsOf(context: CheckContext, rule: CanonicalRule): Generator<CanonicalAction> {
  for (const list of listsOf(context, rule)) yield* list;
}

/** Every list of actions of a rule, outer ones first. */
export function* listsOf(context: CheckContext, rule: CanonicalRule): Generator<readonly CanonicalAction[]> {
  for (const list of [rule.do, rule.else, rule.on_error]) if (list !== undefined) yield* listsIn(context, list);
}

function* listsIn(context: CheckContext, list: readonly CanonicalAction[]): Generator<readonly CanonicalAction[]> {
  yield list;
  for (const action of list) {
    const word = context.words.actions.get(action.action);
    if (word !== undefined) yield* listsInArguments(context, word.fields, action.args);
    for (const inner of [action.else, action.on_error]) if (inner !== undefined) yield* listsIn(context, inner);
  }
}

function* listsInArguments(
  context: CheckContext,
  fields: Fields,
  args: CanonicalArguments,
): Generator<readonly CanonicalAction[]> {
  for (const [name, field] of Object.entries(fields)) {
    const value = args[name];
    if (value !== undefined) yield* listsInValue(context, field, value);
  }
}

function* listsInValue(
  context: CheckContext,
  field: Field,
  value: CanonicalValue,
): Generator<readonly CanonicalAction[]> {
  if (field.kind === "actions") yield* listsIn(context, value as readonly CanonicalAction[]);
  else if (field.kind === "object") yield* listsInArguments(context, field.fields, value as CanonicalArguments);
  else if (field.kind === "list") {
    for (const item of value as readonly CanonicalValue[]) yield* listsInValue(context, field.of, item);
  }
}

/** Every argument of every word of a rule: its triggers, conditions and actions. */
export function* argumentsOf(context: CheckContext, rule: CanonicalRule): Generator<FoundArgument> {
  for (const when of rule.when) {
    const word = context.words.triggers.get(when.trigger);
    if (word !== undefined) yield* inObject(context, rule, word.fields, when.args);
  }
  if (rule.if !== undefined) yield* inCondition(context, rule, rule.if);
  for (const action of actionsOf(context, rule)) {
    if (action.if !== undefined) yield* inCondition(context, rule, action.if);
    const word = context.words.actions.get(action.action);
    if (word !== undefined) yield* inObject(context, rule, word.fields, action.args);
  }
}

function* inObject(
  context: CheckContext,
  rule: CanonicalRule,
  fields: Fields,
  args: CanonicalArguments,
): Generator<FoundArgument> {
  for (const [name, field] of Object.entries(fields)) {
    const value = args[name];
    if (value !== undefined) yield* inValue(context, { rule, field, value, node: args, key: name });
  }
}

function* inValue(context: CheckContext, found: FoundArgument): Generator<FoundArgument> {
  const { field, value, rule } = found;
  yield found;
  if (field.kind === "condition") yield* inCondition(context, rule, value as CanonicalCondition);
  else if (field.kind === "object") yield* inObject(context, rule, field.fields, value as CanonicalArguments);
  else if (field.kind === "list" && Array.isArray(value)) {
    for (const [key, item] of value.entries()) {
      yield* inValue(context, { rule, field: field.of, value: item as CanonicalValue, node: value, key });
    }
  } else if (field.kind === "map") {
    for (const [key, item] of Object.entries(value as CanonicalArguments)) {
      yield* inValue(context, { rule, field: field.of, value: item!, node: value as object, key });
    }
  }
}

function* inCondition(
  context: CheckContext,
  rule: CanonicalRule,
  condition: CanonicalCondition,
): Generator<FoundArgument> {
  if ("all" in condition) for (const inner of condition.all) yield* inCondition(context, rule, inner);
  else if ("any" in condition) for (const inner of condition.any) yield* inCondition(context, rule, inner);
  else if ("not" in condition) yield* inCondition(context, rule, condition.not);
  else if ("test" in condition) {
    const word = context.words.conditions.get(condition.test);
    if (word?.kind === "condition") yield* inObject(context, rule, word.fields, condition.args);
  }
}

/** Every list of people in the file with the rule that it is in, if any. */
export function* whoListsOf(
  context: CheckContext,
): Generator<{ readonly list: readonly CanonicalWho[]; readonly rule?: CanonicalRule }> {
  const { config } = context;
  for (const group of Object.values(config.permissions)) {
    yield { list: group.allow };
    yield { list: group.deny };
  }
  for (const limit of Object.values(config.rate_limits)) yield { list: limit.exempt };
  for (const rule of config.rules) {
    if (rule.command?.allow !== undefined) yield { list: rule.command.allow, rule };
    if (rule.command?.deny !== undefined) yield { list: rule.command.deny, rule };
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
  return context.words.actions.get(action.action);
}
