import type { CanonicalAction } from "../contracts/canonical.ts";
import { t, type ValueType } from "../language/types.ts";
import { compileArguments } from "./arguments.ts";
import type { RuleContext } from "./context.ts";
import type { CompiledStep, Sequence } from "./program.ts";
import { savedType } from "./scope.ts";

/** Compiles a list of actions. Values kept by `save_as` are known to the actions after it. */
export function compileSequence(context: RuleContext, actions: readonly CanonicalAction[], at: string): Sequence {
  let here = context;
  const steps: CompiledStep[] = [];
  actions.forEach((action, index) => {
    const step = compileStep(here, action, `${at}/${index}`);
    if (step === undefined) return;
    steps.push(step);
    if (action.save_as !== undefined)
      here = here = withSaved(here, action.save_as, savedType(step.word.saves, action.args, context.types));
  });
  return steps;
}

function compileStep(context: RuleContext, action: CanonicalAction, at: string): CompiledStep | undefined {
  const word = context.registry.actions.get(action.action);
  if (word === undefined) return undefined;
  const { compiled, blocks, buttons } = compileArguments(context, word.fields, action.args, at);
  if (action.else !== undefined)
    blocks.set("@else", compileSequence(withVariable(context, "reason", t.text), action.else, `${at}/@else`));
  if (action.on_error !== undefined)
    blocks.set(
      "@on_error",
      compileSequence(withVariable(context, "error", t.text), action.on_error, `${at}/@on_error`),
    );
  const position = context.origins.position(action);
  return {
    word,
    args: "value" in compiled ? () => compiled.value : compiled.evaluate,
    ...(action.if === undefined ? {} : { if: context.compile.condition(context, action.if) }),
    ...(action.save_as === undefined ? {} : { saveAs: action.save_as }),
    blocks,
    buttons,
    roleFromFile: word.role !== undefined && typeof action.args[word.role] === "string",
    line: position?.line,
  };
}

/** The same rule with one more variable; what is collected goes on being shared. */
export function withVariable(context: RuleContext, name: string, type: ValueType): RuleContext {
  return extend(context, { ...context.scope, [name]: type });
}

function withSaved(context: RuleContext, name: string, type: ValueType): RuleContext {
  const before = context.scope.steps;
  const fields = before?.kind === "object" ? before.fields : {};
  return extend(context, { ...context.scope, steps: t.object("set of saved values", { ...fields, [name]: type }) });
}

function extend(context: RuleContext, scope: RuleContext["scope"]): RuleContext {
  return { ...context, scope };
}
