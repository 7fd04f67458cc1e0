import type { CanonicalCondition } from "../../contracts/canonical.ts";
import { sayAsked } from "./expressions.ts";
import { either, type Telling } from "./telling.ts";
import { tell } from "./values.ts";

/** A condition in plain words: `the message has an invitation and the person does not belong to moderators`. */
export function sayCondition(condition: CanonicalCondition, telling: Telling, isTrue = true): string {
  if ("all" in condition) return several(condition.all, isTrue ? ", and " : ", or ", telling, isTrue);
  if ("any" in condition) return several(condition.any, isTrue ? ", or " : ", and ", telling, isTrue);
  if ("not" in condition) return sayCondition(condition.not, telling, !isTrue);
  if ("$" in condition) return sayAsked(condition.$, isTrue, telling);
  const word = telling.registry.conditions.get(condition.test);
  if (word === undefined || word.kind === "combinator") return condition.test;
  const { fields } = word;
  // A word that takes a yes or no asks for the contrary where it says no.
  const isContrary = condition.args.is === false;
  const told = { fields, args: condition.args, isTrue: isTrue !== isContrary };
  return tell(word.tells, told, { ...telling, list: either }) ?? condition.test;
}

function several(inner: readonly CanonicalCondition[], between: string, telling: Telling, isTrue: boolean): string {
  const said = inner.map((one) => {
    const text = sayCondition(one, telling, isTrue);
    return inner.length > 1 && isJoined(one) ? `(${text})` : text;
  });
  return said.join(between);
}

/** Whether a condition is made of several, so that where it ends must be said. */
function isJoined(condition: CanonicalCondition): boolean {
  if ("not" in condition) return isJoined(condition.not);
  if ("all" in condition) return condition.all.length > 1;
  if ("any" in condition) return condition.any.length > 1;
  return "$" in condition && / (and|or) /.test(condition.$);
}
