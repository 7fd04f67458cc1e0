import type {
  CanonicalAction,
  CanonicalArguments,
  CanonicalCondition,
  CanonicalValue,
} from "../contracts/canonical.ts";
import type { Field, Fields } from "../contracts/fields.ts";
import type { Words } from "./words.ts";

/** An action with the platforms that it is done on, as far as the conditions around it say so. */
export interface PlacedAction {
  readonly action: CanonicalAction;
  readonly platforms: readonly string[];
  /** Whether nothing comes below it, in its list and in those around it. */
  readonly isLast: boolean;
}

type Actions = Pick<Words, "actions">;

interface Inside {
  readonly platforms: readonly string[];
  readonly isEnd: boolean;
}

/** The actions of a list that is done on some platforms, and those inside of them, in file order. */
export function placedIn(
  words: Actions,
  list: readonly CanonicalAction[],
  platforms: readonly string[],
): readonly PlacedAction[] {
  const placed: PlacedAction[] = [];
  inList(words, list, { platforms, isEnd: true }, placed);
  return placed;
}

function inList(
  words: Actions,
  list: readonly CanonicalAction[],
  { platforms, isEnd }: Inside,
  placed: PlacedAction[],
): void {
  for (const [at, action] of list.entries()) {
    const isLast = isEnd && at === list.length - 1;
    const own = left(platforms, action.if);
    placed.push({ action, platforms: own, isLast });
    const word = words.actions.get(action.action);
    // What a press does is a run of its own.
    const inside = { platforms: own, isEnd: isLast || word?.block === undefined };
    if (word !== undefined) inArguments(words, word.fields, action.args, inside, placed);
    inList(words, action.else ?? [], { platforms, isEnd: isLast }, placed);
    inList(words, action.on_error ?? [], { platforms, isEnd: true }, placed);
  }
}

/** Actions in the arguments of a word: a condition beside them, as of a branch or a button, is about them too. */
function inArguments(
  words: Actions,
  fields: Fields,
  args: CanonicalArguments,
  { platforms, isEnd }: Inside,
  placed: PlacedAction[],
): void {
  const test = fields.if?.kind === "condition" ? (args.if as CanonicalCondition | undefined) : undefined;
  for (const name in fields) {
    const value = args[name];
    if (value === undefined) continue;
    const own = left(platforms, name === "else" && test !== undefined ? { not: test } : test);
    inValue(words, fields[name]!, value, { platforms: own, isEnd }, placed);
  }
}

function inValue(words: Actions, field: Field, value: CanonicalValue, inside: Inside, placed: PlacedAction[]): void {
  if (field.kind === "actions") inList(words, value as readonly CanonicalAction[], inside, placed);
  else if (field.kind === "object") inArguments(words, field.fields, value as CanonicalArguments, inside, placed);
  else if (field.kind === "list" && Array.isArray(value))
    for (const item of value) inValue(words, field.of, item as CanonicalValue, inside, placed);
}

/** The platforms on which a condition can hold. */
export function left(platforms: readonly string[], condition: CanonicalCondition | undefined): readonly string[] {
  if (condition === undefined) return platforms;
  if ("all" in condition) return condition.all.reduce(left, platforms);
  if ("any" in condition) {
    const some = condition.any.map((one) => left(platforms, one));
    return platforms.filter((name) => some.some((names) => names.includes(name)));
  }
  if ("not" in condition) {
    if ("not" in condition.not) return left(platforms, condition.not.not);
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
