import type { BotEvent } from "../../contracts/event.ts";
import type { CompiledRule, RunScope } from "../../plan/program.ts";
import type { Acting } from "../engine/guard.ts";
import { sentences } from "../engine/sentences.ts";
import { type EventScope, prepareRun } from "../engine/start-run.ts";
import type { Mutable } from "../engine/values.ts";
import type { Generation, Services } from "../services.ts";
import { messageOf, reportFailure, tell } from "./answer.ts";
import { execute } from "./interpreter.ts";
import { withoutOverlap } from "./overlaps.ts";
import type { Run } from "./run.ts";

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
    const run = await prepareRun(services, generation, rule, scope, values, { acting, root: "do" });
    const chosen = branch(run, early ?? (await holds(rule, values)));
    if (chosen !== undefined) await withoutOverlap(services, chosen, () => execute(services, generation, chosen));
  });
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
    if (acting === "person") await tell(services, event, sentences.failed);
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
