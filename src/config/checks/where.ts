import type {
  CanonicalAction,
  CanonicalArguments,
  CanonicalCondition,
  CanonicalValue,
} from "../../contracts/canonical.ts";
import type { Field, Fields } from "../../contracts/fields.ts";
import type { CheckContext } from "./check.ts";
import { type FoundArgument, perRule, platformsOf } from "./walk.ts";

/** An action with the platforms that it is done on, as far as the conditions around it say so. */
export interface PlacedAction {
  readonly action: CanonicalAction;
  readonly platforms: readonly string[];
  /** Whether nothing comes below it, in its list and in those around it. */
  readonly isLast: boolean;
}

/** Every action of a rule, in file order, with the platforms that are left for it. */
export const placedActions = perRule<PlacedAction>((context, rule) => {
  const placed: PlacedAction[] = [];
  const platforms = platformsOf(context, rule);
  inList(context, rule.do, { platforms: left(platforms, rule.if), isEnd: true }, placed);
  const others = [rule.else, rule.on_error, ...Object.values(rule.blocks ?? {}).map((block) => block.do)];
  for (const list of others) inList(context, list ?? [], { platforms, isEnd: true }, placed);
  return placed;
});

function inList(
  context: CheckContext,
  list: readonly CanonicalAction[],
  { platforms, isEnd }: Inside,
  placed: PlacedAction[],
): void {
  for (const [at, action] of list.entries()) {
    const isLast = isEnd && at === list.length - 1;
    const own = left(platforms, action.if);
    placed.push({ action, platforms: own, isLast });
    const word = context.words.actions.get(action.action);
    // What a press does is a run of its own.
    const inside = { platforms: own, isEnd: isLast || word?.block === undefined };
    if (word !== undefined) inArguments(context, word.fields, action.args, inside, placed);
    inList(context, action.else ?? [], { platforms, isEnd: isLast }, placed);
    inList(context, action.on_error ?? [], { platforms, isEnd: true }, placed);
  }
}

/** The platforms on which an argument matters, as far as conditions around it and beside it say so. */
export function platformsOfArgument(context: CheckContext, argument: FoundArgument): readonly string[] {
  const { if: beside } = argument.node as { readonly if?: CanonicalCondition };
  return left(platformsOfAction(context, argument), beside);
}

function platformsOfAction(context: CheckContext, { rule, action }: FoundArgument): readonly string[] {
  const placed = action && placedActions(context, rule).find((one) => one.action === action);
  return placed?.platforms ?? platformsOf(context, rule);
}

interface Inside {
  readonly platforms: readonly string[];
  readonly isEnd: boolean;
}

/** Actions in the arguments of a word: a condition beside them, as of a branch or a button, is about them too. */
function inArguments(
  context: CheckContext,
  fields: Fields,
  args: CanonicalArguments,
  { platforms, isEnd }: Inside,
  placed: PlacedAction[],
): void {
  const test = fields.if?.kind === "condition" ? (args.if as CanonicalCondition | undefined) : undefined;
  for (const name in fields) {
    const value = args[name];
    if (value === undefined) continue;
    const own = name === "else" ? platforms : left(platforms, test);
    inValue(context, fields[name]!, value, { platforms: own, isEnd }, placed);
  }
}

function inValue(
  context: CheckContext,
  field: Field,
  value: CanonicalValue,
  inside: Inside,
  placed: PlacedAction[],
): void {
  if (field.kind === "actions") inList(context, value as readonly CanonicalAction[], inside, placed);
  else if (field.kind === "object") inArguments(context, field.fields, value as CanonicalArguments, inside, placed);
  else if (field.kind === "list" && Array.isArray(value))
    for (const item of value) inValue(context, field.of, item as CanonicalValue, inside, placed);
}

/** The platforms on which a condition can hold. */
function left(platforms: readonly string[], condition: CanonicalCondition | undefined): readonly string[] {
  if (condition === undefined) return platforms;
  if ("all" in condition) return condition.all.reduce(left, platforms);
  if ("any" in condition) {
    const some = condition.any.map((one) => left(platforms, one));
    return platforms.filter((name) => some.some((names) => names.includes(name)));
  }
  if ("not" in condition) {
    const named = namedIn(condition.not);
    return named === undefined ? platforms : platforms.filter((name) => !named.includes(name));
  }
  const named = namedIn(condition);
  return named === undefined ? platforms : platforms.filter((name) => named.includes(name));
}

/** The platforms that a test asks for, where it asks for nothing else. */
function namedIn(condition: CanonicalCondition): readonly string[] | undefined {
  if ("test" in condition) return condition.test === "platform" ? (condition.args.name as string[]) : undefined;
  const compared = "$" in condition ? /^platform\s*==\s*(?:'(\w+)'|"(\w+)")$/.exec(condition.$.trim()) : null;
  return compared === null ? undefined : [compared[1] ?? compared[2]!];
}
