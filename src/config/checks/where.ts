import type { CanonicalCondition } from "../../contracts/canonical.ts";
import { left, type PlacedAction, placedIn } from "../placed-actions.ts";
import type { CheckContext } from "./check.ts";
import { type FoundArgument, perRule, platformsOf } from "./walk.ts";

/** Every action of a rule, in file order, with the platforms that are left for it. */
export const placedActions = perRule<PlacedAction>((context, rule) => {
  const platforms = platformsOf(context, rule);
  const others = [rule.else, rule.on_error, ...Object.values(rule.blocks ?? {}).map((block) => block.do)];
  return [
    ...placedIn(context.words, rule.do, left(platforms, rule.if)),
    ...others.flatMap((list) => placedIn(context.words, list ?? [], platforms)),
  ];
});

/** The platforms on which an argument matters, as far as conditions around it and beside it say so. */
export function platformsOfArgument(context: CheckContext, argument: FoundArgument): readonly string[] {
  const { if: beside } = argument.node as { readonly if?: CanonicalCondition };
  return left(platformsOfAction(context, argument), beside);
}

function platformsOfAction(context: CheckContext, { rule, action }: FoundArgument): readonly string[] {
  const placed = action && placedActions(context, rule).find((one) => one.action === action);
  return placed?.platforms ?? platformsOf(context, rule);
}
