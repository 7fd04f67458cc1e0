import type { CanonicalCondition } from "../contracts/canonical.ts";
import { asAsked } from "../language/types.ts";
import type { RuleContext } from "./context.ts";

/** What is the case where an action is done: a condition as it is written, or a way that nothing tells when it is taken. */
export type Guard = string | { readonly condition: CanonicalCondition; readonly isTrue: boolean };

/** Inside of what is done on a way that no condition tells of. */
export function onSomeWay(context: RuleContext, way: string): RuleContext {
  return { ...context, guards: [...context.guards, way] };
}

/** Inside of what is done only where a condition is true, or only where it is not. */
export function under(context: RuleContext, condition: CanonicalCondition, isTrue = true): RuleContext {
  const guards = [...context.guards, ...guardsOf(condition, isTrue)];
  const inside = { ...context, guards };
  if (context.unsure.size === 0) return inside;
  const here = new Set(guards.map(written));
  const known = [...context.unsure].filter(([, save]) =>
    save.under.some((way) => way.every((guard) => here.has(written(guard)))),
  );
  return asked(
    whereAsked(inside, condition),
    known.map(([name]) => [name]),
  );
}

/** Where something has asked about saved values, they are no longer missed. */
export function whereAsked(context: RuleContext, asking: unknown): RuleContext {
  if (context.unsure.size === 0) return context;
  const mentions = (JSON.stringify(asking) ?? "").matchAll(/\bsteps((?:\.\w+)+)/g);
  return asked(
    context,
    [...mentions].map(([, path]) => path!.slice(1).split(".")),
  );
}

function asked(context: RuleContext, paths: readonly (readonly string[])[]): RuleContext {
  const { steps } = context.scope;
  if (steps === undefined || paths.length === 0) return context;
  return { ...context, scope: { ...context.scope, steps: paths.reduce(asAsked, steps) } };
}

/** Conditions that must all hold, apart; `not` taken away. */
function guardsOf(condition: CanonicalCondition, isTrue: boolean): readonly Guard[] {
  if ("not" in condition) return guardsOf(condition.not, !isTrue);
  if ("all" in condition && isTrue) return condition.all.flatMap((one) => guardsOf(one, true));
  if ("any" in condition && !isTrue) return condition.any.flatMap((one) => guardsOf(one, false));
  return [{ condition, isTrue }];
}

const written = (guard: Guard): string => JSON.stringify(guard);
