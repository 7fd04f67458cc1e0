import type {
  CanonicalAction,
  CanonicalArguments,
  CanonicalCondition,
  CanonicalRule,
  CanonicalValue,
} from "../../contracts/canonical.ts";
import type { Field, Fields } from "../../contracts/fields.ts";
import type { CheckContext } from "./check.ts";
import { type FoundArgument, platformsOf } from "./walk.ts";

/** An action with the platforms that it is done on, as far as the conditions around it say so. */
export interface PlacedAction {
  readonly action: CanonicalAction;
  readonly platforms: readonly string[];
  /** Whether nothing comes below it, in its list and in those around it. */
  readonly isLast: boolean;
}

/** Every action of a rule, in file order, with the platforms that are left for it. */
export function* placedActions(context: CheckContext, rule: CanonicalRule): Generator<PlacedAction> {
  const platforms = left(platformsOf(context, rule), rule.if);
  yield* inList(context, rule.do, platforms);
  const others = [rule.else, rule.on_error, ...Object.values(rule.blocks ?? {}).map((block) => block.do)];
  for (const list of others) yield* inList(context, list ?? [], platformsOf(context, rule));
}

function* inList(
  context: CheckContext,
  list: readonly CanonicalAction[],
  platforms: readonly string[],
  isEnd = true,
): Generator<PlacedAction> {
  for (const [at, action] of list.entries()) {
    const isLast = isEnd && at === list.length - 1;
    const own = left(platforms, action.if);
    yield { action, platforms: own, isLast };
    const word = context.words.actions.get(action.action);
    // What a press does is a run of its own.
    const inside = { platforms: own, isEnd: isLast || word?.block === undefined };
    if (word !== undefined) yield* inArguments(context, word.fields, action.args, inside);
    yield* inList(context, action.else ?? [], platforms, isLast);
    yield* inList(context, action.on_error ?? [], platforms);
  }
}

const placesKnown = new WeakMap<CheckContext, Map<CanonicalRule, ReadonlyMap<CanonicalAction, readonly string[]>>>();

/** The platforms on which an argument matters, as far as conditions around it and beside it say so. */
export function platformsOfArgument(context: CheckContext, argument: FoundArgument): readonly string[] {
  const { if: beside } = argument.node as { readonly if?: CanonicalCondition };
  return left(platformsOfAction(context, argument), beside);
}

function platformsOfAction(context: CheckContext, { rule, action }: FoundArgument): readonly string[] {
  if (action === undefined) return platformsOf(context, rule);
  const known = placesKnown.get(context) ?? new Map();
  placesKnown.set(context, known);
  let places = known.get(rule);
  if (places === undefined) {
    places = new Map([...placedActions(context, rule)].map((one) => [one.action, one.platforms]));
    known.set(rule, places);
  }
  return places.get(action) ?? platformsOf(context, rule);
}

interface Inside {
  readonly platforms: readonly string[];
  readonly isEnd: boolean;
}

/** Actions in the arguments of a word: a condition beside them, as of a branch or a button, is about them too. */
function* inArguments(
  context: CheckContext,
  fields: Fields,
  args: CanonicalArguments,
  { platforms, isEnd }: Inside,
): Generator<PlacedAction> {
  const test = fields.if?.kind === "condition" ? (args.if as CanonicalCondition | undefined) : undefined;
  for (const [name, field] of Object.entries(fields)) {
    const value = args[name];
    const own = name === "else" ? platforms : left(platforms, test);
    if (value !== undefined) yield* inValue(context, field, value, { platforms: own, isEnd });
  }
}

function* inValue(context: CheckContext, field: Field, value: CanonicalValue, inside: Inside): Generator<PlacedAction> {
  if (field.kind === "actions")
    yield* inList(context, value as readonly CanonicalAction[], inside.platforms, inside.isEnd);
  else if (field.kind === "object") yield* inArguments(context, field.fields, value as CanonicalArguments, inside);
  else if (field.kind === "list" && Array.isArray(value))
    for (const item of value) yield* inValue(context, field.of, item as CanonicalValue, inside);
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
