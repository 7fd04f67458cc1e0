import type { BotEvent } from "../../contracts/event.ts";
import type { Job } from "../../contracts/store.ts";
import type { CompiledRule, RunScope } from "../../plan/program.ts";
import { say } from "../../sentences/sentence.ts";
import { giveBack, mayBegin, type Promised } from "../engine/cooldown.ts";
import type { Acting } from "../engine/guard.ts";
import { type EventScope, eventScope, prepareRun, runScope } from "../engine/start-run.ts";
import { type Mutable, valueMakers } from "../engine/values.ts";
import type { Generation, Services } from "../services.ts";
import { messageOf, reportFailure, tell } from "./answer.ts";
import { execute } from "./interpreter.ts";
import { mostQueued, withoutOverlap } from "./overlaps.ts";
import { newEventState, type Run, wakeOf } from "./run.ts";
import { rowOf, ruleOf } from "./storing.ts";

/** Asks a rule's `if` and does its actions, or those of its `else`. Never rejects. */
export function runRule(
  services: Services,
  generation: Generation,
  rule: CompiledRule,
  scope: EventScope,
  values: RunScope & { readonly values: Mutable },
  acting: Acting,
): Promise<void> {
  return guarded(services, generation, rule, scope.event, acting, async () => {
    const early = rule.ifReads ? undefined : await holds(rule, values);
    if (early === false && !rule.blocks.has("@else")) return;
    const promised: Promised = { cooldown: undefined };
    const isHeldUp = async (): Promise<boolean> =>
      (rule.limit !== undefined || rule.cooldown !== undefined) &&
      !(await mayBegin(services, generation, rule, scope, acting, promised));
    try {
      if (early === true && (await isHeldUp())) return;
      const run = await prepareRun(services, generation, rule, scope, values, { acting, root: "do", promised });
      const isTrue = early ?? (await holds(rule, values));
      if (early === undefined && isTrue && (await isHeldUp())) return;
      const chosen = branch(run, isTrue);
      if (chosen !== undefined) await withoutOverlap(services, chosen, () => execute(services, generation, chosen));
    } catch (error) {
      await giveBack(services, promised);
      throw error;
    }
  });
}

/**
 * Begins a rule that a stored job asks for: the run and the job's next time are stored in one commit, and the run is done
 * like one that has waited, so that a kill neither loses nor repeats it.
 * @returns false where there is nothing to do: its `if` does not hold and it has no `else`, or that cannot be found out.
 */
export async function beginStored(
  services: Services,
  generation: Generation,
  rule: CompiledRule,
  event: BotEvent,
  by: { readonly job: Job; readonly next: number | undefined },
): Promise<boolean> {
  let chosen: Run | undefined;
  await guarded(services, generation, rule, event, "bot", async () => {
    const scope = eventScope(services, generation, event, "", newEventState());
    const trigger = rule.triggers.find(({ word }) => word.events.includes(event.kind));
    const values = runScope(services, generation, scope, {
      ...trigger?.word.values?.(event, valueMakers, {} as never),
    });
    const run = await prepareRun(services, generation, rule, scope, values, { acting: "bot", root: "do" });
    chosen = branch(run, await holds(rule, values));
  });
  if (chosen === undefined) return false;
  const row = rowOf(services, chosen);
  const begun = await services.store.runs.begin(
    row,
    ruleOf(chosen),
    wakeOf(row.platform, row.id, services.clock.now()),
    by,
    { overlap: rule.canonical.overlap, mostQueued },
  );
  if (begun === "left_out" || begun === "queued")
    services.log.info({ rule: rule.name, turn: begun }, "a rule did not begin, because it is still under way");
  services.wakeJobs();
  return true;
}

/** Reports what goes wrong outside of the actions, such as data that cannot be read. Never rejects. */
export async function guarded(
  services: Services,
  generation: Generation,
  rule: CompiledRule,
  event: BotEvent,
  acting: Acting,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await reportFailure(services, generation, { rule, event, message: messageOf(error) });
    if (acting === "person") await tell(services, event, say("failed"));
  }
}

async function holds(rule: CompiledRule, scope: RunScope): Promise<boolean> {
  return rule.if === undefined || (await rule.if(scope)) === true;
}

function branch(run: Run, isTrue: boolean): Run | undefined {
  if (isTrue) return run;
  const sequence = run.rule.blocks.get("@else");
  return sequence && { ...run, root: "@else", frames: [{ block: "@else", sequence, index: 0 }] };
}
