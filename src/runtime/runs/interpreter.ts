import type { Json } from "../../contracts/event.ts";
import type { ActionContext, Branch, Outcome } from "../../contracts/word.ts";
import { plainText } from "../../language/rich-text.ts";
import type { Value } from "../../language/values.ts";
import type { CompiledStep } from "../../plan/program.ts";
import { type Sentence, say } from "../../sentences/sentence.ts";
import { inEnglish } from "../../sentences/speaker.ts";
import { giveBack } from "../engine/cooldown.ts";
import { mostActions } from "../engine/start-run.ts";
import type { Generation, Services } from "../services.ts";
import { messageOf, reportFailure, tell } from "./answer.ts";
import { runBranches, takeUp } from "./branches.ts";
import { enter, enterBlock, enterOnError, leave, save } from "./frames.ts";
import { nextRound } from "./loops.ts";
import { contextOf, perform } from "./perform.ts";
import { type BranchItem, type BranchResult, type Run, type RunEnd, storedState } from "./run.ts";
import { stateBehind, storeBranches, suspend } from "./storing.ts";

/** How the action that a run waited in has ended. */
export interface Settled {
  readonly outcome: () => Promise<Outcome>;
  /** Ends the wait in the storage. @returns false when it was over already. */
  readonly keep: (state: Json) => Promise<boolean>;
}

const tooManyActions = `more than ${mostActions} actions in one run; look for a repeat or for_each that goes on and on`;

/** How one step left the run. */
type After = "next" | "entered" | "end" | "suspended" | "failed";

/**
 * Does a run's actions one by one, until it ends, fails or waits. The stack of frames is explicit, so that a run can be
 * stored at any step and go on after a restart. Never rejects because of an action.
 */
export async function execute(
  services: Services,
  generation: Generation,
  run: Run,
  answered?: Settled,
): Promise<RunEnd> {
  const end = await doSteps(services, generation, run, answered);
  // Whoever got nothing need not wait for the next time.
  if (end !== "suspended") await giveBack(services, run.promised);
  for (const event of run.raised.splice(0)) await services.raise(event);
  return end;
}

/** What branches cause is told with what the whole run does. */
async function doSteps(services: Services, generation: Generation, run: Run, answered?: Settled): Promise<RunEnd> {
  const context = contextOf(services, generation, run);
  let first = answered;
  while (run.frames.length > run.base) {
    if (run.control.cancelled) return "ended";
    const frame = run.frames.at(-1)!;
    const step = frame.sequence[frame.index];
    if (step === undefined) {
      if (await nextRound(services, run)) continue;
      if ((await leave(services, run)) === "@on_error") return "failed";
      continue;
    }
    let after = await runStep(services, generation, run, step, context, first?.outcome);
    if (run.opening.length > 0) services.waits.settled(run.opening.splice(0));
    if (after === "failed") {
      if (!enterOnError(run, step)) return "failed";
      after = "entered";
    }
    if (after === "next") frame.index++;
    else if (after === "end") return "ended";
    else if (after === "suspended") return "suspended";
    if (first !== undefined) {
      // What was answered is kept before anything comes of it, and nothing comes of what was answered already.
      if (!(await first.keep(storedState(run)))) return "ended";
      first = undefined;
      continue;
    }
    // How a step ended that is not done twice would else be forgotten by a kill.
    if (mustNotRepeat(run, step) && (after === "entered" || step.saveAs !== undefined))
      if (!(await services.store.runs.checkpoint(run.id!, storedState(run)))) return "ended";
  }
  return "ended";
}

/** Whether a kill must not make this step happen twice; before its first wait a run is not stored and not repeated. */
function mustNotRepeat(run: Run, step: CompiledStep): boolean {
  return run.id !== undefined && step.word.repeatable !== true;
}

async function runStep(
  services: Services,
  generation: Generation,
  run: Run,
  step: CompiledStep,
  context: ActionContext,
  answered: (() => Promise<Outcome>) | undefined,
): Promise<After> {
  try {
    if (answered !== undefined) return await settle(services, generation, run, step, await answered());
    if (run.budget.left-- <= 0) throw new Error(tooManyActions);
    if (step.if !== undefined && (await step.if(run.scope)) !== true) return await enter(services, run, step, "@else");
    if (mustNotRepeat(run, step) && !(await passBeforehand(services, run))) return "end";
    return await settle(services, generation, run, step, await perform(services, run, step, context));
  } catch (error) {
    const message = messageOf(error);
    await giveBack(services, run.promised);
    await reportFailure(services, generation, { rule: run.rule, event: run.event, step, message });
    run.scope.values.error = message;
    const handled = !run.inOnError && (step.blocks.has("@on_error") || run.rule.blocks.has("@on_error"));
    if (!handled && run.acting === "person") await tell(services, run.event, say("failed"));
    return "failed";
  }
}

/**
 * What was done before a kill is not done again: such a step is passed in the storage before it is begun.
 * @returns false when the run was cancelled.
 */
function passBeforehand(services: Services, run: Run): Promise<boolean> {
  // After a kill nobody can tell whether it was done: then it counts as done.
  const state = stateBehind({ ...run, promised: { cooldown: undefined } });
  return services.store.runs.checkpoint(run.id!, state);
}

async function settle(
  services: Services,
  generation: Generation,
  run: Run,
  step: CompiledStep,
  outcome: Outcome,
): Promise<After> {
  switch (outcome.end) {
    case "done":
      run.promised.cooldown = undefined;
      if (step.saveAs !== undefined) save(run, step.saveAs, outcome.value ?? null);
      return "next";
    case "not_done":
      await giveBack(services, run.promised);
      return notDone(services, run, step, outcome.reason);
    case "skip":
      return enter(services, run, step, "@else");
    case "enter":
      return enter(services, run, step, outcome.block.block, outcome.loop);
    case "call":
      return enterBlock(services, run, outcome.block, outcome.options);
    case "fork":
      run.promised.cooldown = undefined;
      return fork(services, generation, run, step, outcome.branches);
    case "suspend":
      return (await suspend(services, run, outcome.until)) ? "suspended" : "end";
    case "await":
      if (!(await services.waits.hasRoom())) return notDone(services, run, step, say("too_many_questions"));
      return (await suspend(services, run, outcome.wait.until, outcome.wait)) ? "suspended" : "end";
    case "stop":
      if (outcome.event && run.rule.canonical.mode !== "shadow") run.event_state.stopped = true;
      return "end";
  }
}

/**
 * Does branches side by side: in memory where none can wait, else as stored runs of their own. A stored run passes what is
 * done in memory beforehand, so that a kill does not do it twice.
 */
async function fork(
  services: Services,
  generation: Generation,
  run: Run,
  step: CompiledStep,
  branches: readonly Branch[],
): Promise<After> {
  const onError = run.rule.blocks.get("@on_error") ?? [];
  if (branches.length > 0 && (step.waits || onError.some(({ waits }) => waits)))
    return (await storeBranches(services, run, step, branches)) ? "suspended" : "end";
  if (run.id !== undefined && !(await passBeforehand(services, run))) return "end";
  const records = await runBranches(services, run, step, branches, (branch) => doSteps(services, generation, branch));
  takeUp(run, step, branches, records);
  return run.id === undefined || (await passBeforehand(services, run)) ? "next" : "end";
}

/**
 * Goes on with a stored run whose branches have all ended, behind the step that did them.
 * @returns how it ended; undefined where a branch has not.
 */
export async function goOnAfterBranches(
  services: Services,
  generation: Generation,
  run: Run,
  branches: readonly BranchItem[],
): Promise<RunEnd | undefined> {
  const results = (await services.store.runs.branches(run.id!)) as readonly (BranchResult | null | undefined)[];
  if (branches.some((_, at) => results[at] === undefined)) return undefined;
  const frame = run.frames.at(-1)!;
  const step = frame.sequence[frame.index]!;
  const records = branches.map(({ as, item = null }, at): Value => {
    const record = results[at]?.record as Value | undefined;
    return record ?? (as === undefined ? {} : { [as]: item });
  });
  takeUp(run, step, branches, records);
  for (const result of results) run.budget.left += result?.left ?? 0;
  frame.index++;
  return (await services.store.runs.join(run.id!, storedState(run))) ? execute(services, generation, run) : "ended";
}

/** A refusal without `else` tells the person in one sentence and ends the run. */
async function notDone(services: Services, run: Run, step: CompiledStep, reason: Sentence): Promise<After> {
  if (step.blocks.has("@else")) {
    run.scope.values.reason = plainText(services.say(reason, run.event.user));
    return enter(services, run, step, "@else");
  }
  services.log.info(
    {
      rule: run.rule.name,
      line: step.line(),
      action: step.word.name,
      platform: run.event.platform,
      reason: inEnglish(reason),
    },
    "an action was not done",
  );
  if (run.acting === "person") await tell(services, run.event, reason);
  return "end";
}
