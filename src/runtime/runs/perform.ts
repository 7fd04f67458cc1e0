import { PlatformError } from "../../contracts/platform.ts";
import { type ActionContext, type ActionDefinition, done, type Outcome } from "../../contracts/word.ts";
import { type CompiledStep, Refusal } from "../../plan/program.ts";
import { platformSaid, say } from "../../sentences/sentence.ts";
import { inEnglish } from "../../sentences/speaker.ts";
import { refusal } from "../engine/guard.ts";
import type { Generation, Services } from "../services.ts";
import { messageOf } from "./answer.ts";
import { actionContext } from "./context.ts";
import { recordModeration } from "./moderation.ts";
import { type Run, topStep } from "./run.ts";

/** Evaluates, checks rank and right, records the intent, acts, records the outcome. */
export async function perform(
  services: Services,
  run: Run,
  step: CompiledStep,
  context: ActionContext,
): Promise<Outcome> {
  const { word } = step;
  const evaluated = argumentsOf(step, run);
  const read = evaluated instanceof Promise ? await evaluated : evaluated;
  if ("end" in read) return read;
  const { args } = read;
  if (run.rule.canonical.mode === "shadow" && word.decides !== true) {
    services.log.info({ rule: run.rule.name, line: step.line(), action: word.name }, "in shadow mode: not done");
    await recordModeration(services, run, step, args, { outcome: "would" });
    return done;
  }
  const refused = await refusal(step, args, run.event, run.scope.actor, context.platform, run.acting);
  if (refused !== undefined) {
    if (word.moderation === true)
      await recordModeration(services, run, step, args, { outcome: "not_done", why: inEnglish(refused) });
    return { end: "not_done", reason: refused };
  }
  if (word.moderation !== true) return orNotDone(() => word.run(args as never, context));
  const ref = services.newRef();
  if (!(await recordModeration(services, run, step, args, { outcome: "intent", ref })))
    return { end: "not_done", reason: say("not_recorded") };
  let outcome: Outcome;
  try {
    outcome = await orNotDone(() => word.run(args as never, context));
  } catch (error) {
    await recordModeration(services, run, step, args, { outcome: "failed", ref, why: messageOf(error) });
    throw error;
  }
  const row =
    outcome.end === "not_done"
      ? { outcome: "not_done" as const, why: inEnglish(outcome.reason) }
      : { outcome: "done" as const };
  await recordModeration(services, run, step, args, { ...row, ref });
  return outcome;
}

type ReadArguments = { readonly args: Readonly<Record<string, unknown>> } | Extract<Outcome, { end: "not_done" }>;

/** The arguments of a step as they are now; what cannot be used here and now is a refusal. */
export function argumentsOf(step: CompiledStep, run: Run): ReadArguments | Promise<ReadArguments> {
  const refused = (error: unknown): ReadArguments => {
    if (error instanceof Refusal) return { end: "not_done", reason: error.sentence };
    throw error;
  };
  try {
    const evaluated = step.args(run.scope);
    return evaluated instanceof Promise ? evaluated.then((args) => ({ args }), refused) : { args: evaluated };
  } catch (error) {
    return refused(error);
  }
}

/** A platform's plain no is a refusal, told in its sentence; trouble is a failure. */
export async function orNotDone<End extends { readonly end: string }>(
  act: () => End | Promise<End>,
): Promise<End | Extract<Outcome, { end: "not_done" }>> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return { end: "not_done", reason: error.sentence };
    const plainNo = ["missing_right", "refused", "not_found", "unsupported"];
    if (error instanceof PlatformError && plainNo.includes(error.kind))
      return { end: "not_done", reason: platformSaid(error) };
    throw error;
  }
}

/** The context of the step on top; what an action does by `act` has a context of its own. */
export function contextOf(
  services: Services,
  generation: Generation,
  run: Run,
  word?: ActionDefinition,
): ActionContext {
  return actionContext(services, generation, run, {
    word: () => word ?? topStep(run)!.word,
    act: async (name, args) => {
      const other = generation.plan.actions.get(name);
      if (other === undefined) throw new Error(`there is no action "${name}"`);
      const step = {
        ...topStep(run)!,
        word: other,
        args: () => args,
        blocks: noBlocks,
        buttons: [],
        roleFromFile: true,
      };
      return perform(services, run, step, contextOf(services, generation, run, other));
    },
  });
}

const noBlocks: CompiledStep["blocks"] = new Map();
