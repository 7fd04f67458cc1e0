import type { BotEvent, Json } from "../../contracts/event.ts";
import type { SuspendedRun } from "../../contracts/store.ts";
import { notDone, type Outcome } from "../../contracts/word.ts";
import type { CompiledRule } from "../../plan/program.ts";
import { say } from "../../sentences/sentence.ts";
import { giveBack } from "../engine/cooldown.ts";
import { entryOf, whyDenied, whyNotPress } from "../engine/refusals.ts";
import { type EventScope, eventScope, lowerTextOf, prepareRun, runScope } from "../engine/start-run.ts";
import type { Mutable } from "../engine/values.ts";
import type { Generation, Services } from "../services.ts";
import { tell, writeQuietly } from "./answer.ts";
import { execute, goOnAfterBranches, type Settled } from "./interpreter.ts";
import { argumentsOf, contextOf } from "./perform.ts";
import { eventFromJson, framesOf, newEventState, type Run, type StoredState, topStep, type Waiting } from "./run.ts";
import { storedRule } from "./stored-rule.ts";
import { finishRun } from "./storing.ts";

/**
 * Goes on with a suspended run: the rule it began with, today's names and permissions, fresh data. What it waited for did
 * not come.
 * @returns false when there is no such run any more.
 */
export async function resume(services: Services, generation: Generation, id: string): Promise<boolean> {
  const stored = await services.store.runs.get(id);
  if (stored === undefined) return false;
  const { waiting, forked } = stateOf(stored);
  // Somebody answered when the job had been taken already, and the run waits for something else by now.
  if (waiting !== undefined && waiting.until > services.clock.now()) return true;
  const taken = await takeUp(services, generation, stored);
  if (taken === undefined) return true;
  if (!(await stillAllowed(services, generation, taken, stored))) {
    await giveBack(services, taken.run.promised);
    await endStored(services, id);
    return true;
  }
  if (forked !== undefined) {
    const end = await goOnAfterBranches(services, generation, taken.run, forked);
    if (end === "ended" || end === "failed") await finishRun(services, taken.run);
    return true;
  }
  await finishing(services, generation, taken.run, waiting && overdue(services, generation, taken.run, waiting));
  return true;
}

/** A stored run, ready to go on. */
export interface TakenUp {
  readonly run: Run;
  readonly scope: EventScope;
}

/** Makes a stored run ready; undefined where its rule is gone, and then it has ended. `origin`: where answers go from now on. */
export async function takeUp(
  services: Services,
  generation: Generation,
  stored: SuspendedRun,
  origin?: (event: BotEvent) => Json,
): Promise<TakenUp | undefined> {
  const state = stateOf(stored);
  const rule = await storedRule(services, generation, stored.ruleId, stored.ruleHash);
  const frames = rule === undefined ? undefined : framesOf(rule, state);
  if (rule === undefined || frames === undefined) {
    await endWithoutRule(services, generation, stored);
    return undefined;
  }
  const then = eventFromJson(state.event);
  const event = origin === undefined ? then : { ...then, origin: origin(then) };
  const scope = eventScope(services, generation, event, lowerTextOf(event), newEventState());
  const values = runScope(services, generation, scope, state.variables as Mutable);
  const { root, base, left, branch, cooldown } = state;
  const beginning = {
    // Whoever asked for it hears nothing more of what is only tried out by now.
    acting: rule.canonical.mode === "shadow" ? ("bot" as const) : state.acting,
    root,
    frames,
    id: stored.id,
    base,
    left,
    promised: { cooldown },
    ...(branch === undefined ? {} : { branch }),
  };
  return { run: await prepareRun(services, generation, rule, scope, values, beginning), scope };
}

/** Does what is left of a run, and removes it when it is over. */
export async function finishing(
  services: Services,
  generation: Generation,
  run: Run,
  settled: Settled | undefined,
): Promise<void> {
  if ((await execute(services, generation, run, settled)) !== "suspended") await finishRun(services, run);
}

/** Nobody answered in time. */
function overdue(services: Services, generation: Generation, run: Run, waiting: Waiting): Settled {
  return {
    async outcome(): Promise<Outcome> {
      const { word } = topStep(run)!;
      if (run.rule.canonical.mode === "shadow" || word.unanswered === undefined) return notDone(say("unanswered"));
      const args = await argumentsOf(topStep(run)!, run);
      if ("end" in args) return args;
      return word.unanswered(waiting.state, args.args as never, contextOf(services, generation, run));
    },
    async keep(state) {
      services.waits.remove(waiting.id);
      return services.store.runs.endWait(waiting.id, state);
    },
  };
}

export const stateOf = (stored: SuspendedRun): StoredState => stored.state as unknown as StoredState;

/** Ends a stored run that does not go on; where it is a branch, the run that waits for it does. */
export async function endStored(services: Services, id: string): Promise<void> {
  await services.store.runs.finish(id, { at: services.clock.now() });
  services.wakeJobs();
}

async function endWithoutRule(services: Services, { plan }: Generation, stored: SuspendedRun): Promise<void> {
  const colon = stored.ruleId.indexOf(":");
  const name = stored.ruleId.slice(colon + 1);
  const why = "its rule is gone or switched off";
  const isGone = services.names.currentRule(plan, stored.ruleId) === undefined;
  const hint = isGone
    ? `; if it only has another name now, write "was: ${name}" there, so that what waits goes on`
    : "";
  services.log.info({ rule: stored.ruleId }, `a waiting run ended because ${why}${hint}`);
  await writeQuietly(services, {
    kind: "config",
    platform: stored.platform,
    action: stored.ruleId,
    outcome: "ended",
    details: { why },
  });
  const { event, acting } = stateOf(stored);
  // The run that waits for its branches tells it once for all of them.
  if (acting === "person" && stored.parent === undefined)
    await tell(
      services,
      eventFromJson(event),
      say("ended_with_its_rule", { name: stored.ruleId.startsWith("command:") ? `/${name}` : `"${name}"` }),
    );
  await endStored(services, stored.id);
}

/**
 * Whoever may not use a command any more, as the file is today, does not get the rest of it either, nor of what a button
 * does that they may not press any more.
 * @throws PlatformError when nobody can tell now.
 */
export async function stillAllowed(
  services: Services,
  generation: Generation,
  { run, scope }: TakenUp,
  stored: SuspendedRun,
): Promise<boolean> {
  const { acting, root, branch } = run;
  const rule: CompiledRule = services.names.currentRule(generation.plan, stored.ruleId) ?? run.rule;
  if (acting !== "person") return true;
  const button = run.rule.buttons.get(root);
  const denied =
    button !== undefined
      ? await whyNotPress(button, scope)
      : rule.command && (await whyDenied(generation.plan, rule, scope));
  if (denied === undefined) return true;
  const { event } = scope;
  // A platform that does not answer throws here, and the run is tried again later instead of being lost.
  if (event.server !== undefined) await services.port(event.platform)?.standing(event.server.id, event.user.id);
  // The run that waits for its branches is told for all of them.
  if (branch !== undefined) return false;
  await writeQuietly(services, entryOf(event, rule.name, "denied", "refused"));
  await tell(services, event, denied);
  return false;
}
