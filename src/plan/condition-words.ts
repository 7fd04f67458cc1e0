import { conditionMeant } from "../config/condition-meant.ts";
import type { Problem } from "../language/problem.ts";
import { parseYesNo } from "../language/yes-no.ts";
import type { RuleContext } from "./context.ts";

/** What is wrong with an expression that is made of the names of conditions, such as `has_link and not is_bot`. */
export function conditionsAsExpression(context: RuleContext, source: string): Problem | undefined {
  const meant = conditionMeant(source, (name, value) => spelt(context, name, value));
  if (meant === undefined) return undefined;
  return {
    code: "expression-syntax",
    offset: 0,
    length: source.length,
    message: "a condition is written with a colon behind its name",
    hint: `write in its place ${meant}`,
  };
}

function spelt({ registry, scope }: RuleContext, name: string, value: string | undefined): string | undefined {
  if (Object.hasOwn(scope, name) || /^[<>!=]/.test(value ?? "")) return undefined;
  const { conditions } = registry;
  const word = conditions.get(name) ?? [...conditions.values()].find(({ aka }) => aka?.includes(name));
  if (word?.kind !== "condition") return undefined;
  const isYesNo = word.short !== undefined && word.fields[word.short]?.kind === "boolean";
  if (isYesNo) return value === undefined || parseYesNo(value).ok ? `${word.name}: ${value ?? "yes"}` : undefined;
  return value === undefined ? undefined : `${word.name}: ${value}`;
}
