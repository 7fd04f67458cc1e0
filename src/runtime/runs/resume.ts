import type { Json } from "../../contracts/event.ts";
import type { SuspendedRun } from "../../contracts/store.ts";
import type { CompiledRule } from "../../plan/program.ts";
import { entryOf, whyDenied } from "../engine/refusals.ts";
import { sentences } from "../engine/sentences.ts";
import { type EventScope, eventScope, lowerTextOf, prepareRun, runScope } from "../engine/start-run.ts";
import type { Mutable } from "../engine/values.ts";
import type { Generation, Services } from "../services.ts";
import { tell, writeQuietly } from "./answer.ts";
import { execute } from "./interpreter.ts";
import { eventFromJson, framesOf, type StoredState } from "./run.ts";
import { currentRule, storedRule } from "./stored-rule.ts";

/**
 * Goes on with a suspended run: the rule it began with, today's names and permissions, fresh data.
 * @returns false when there is no such run any more.
 */
export async function resume(services: Services, generation: Generation, id: string): Promise<boolean> {
  const stored = await services.store.runs.get(id);
  if (stored === undefined) return false;
  const state = stored.state as unknown as StoredState;
  const rule = await storedRule(services, generation, stored.ruleId, stored.ruleHash);
  const frames = rule === undefined ? undefined : framesOf(rule, state);
  if (rule === undefined || frames === undefined) {
    await endWithoutRule(services, stored);
    return true;
  }
  const event = eventFromJson(state.event as Json);
  const scope = eventScope(services, generation, event, lowerTextOf(event), {
    commandCancelled: false,
    stopped: false,
  });
  if (!(await stillAllowed(services, generation, currentRule(generation.plan, stored.ruleId), scope, state))) {
    await services.store.runs.finish(id);
    return true;
  }
  const values = runScope(services, generation, scope, state.variables as Mutable);
  const { acting, root, base, left } = state;
  const run = await prepareRun(services, generation, rule, scope, values, { acting, root, frames, id, base, left });
  if ((await execute(services, generation, run)) !== "suspended") await services.store.runs.finish(id);
  return true;
}

async function endWithoutRule(services: Services, stored: SuspendedRun): Promise<void> {
  const why = "its rule is gone or switched off";
  services.log.info({ rule: stored.ruleId }, `a waiting run ended because ${why}`);
  await writeQuietly(services, {
    kind: "config",
    platform: stored.platform,
    action: stored.ruleId,
    outcome: "ended",
    details: { why },
  });
  const { event, acting } = stored.state as unknown as StoredState;
  if (acting === "person") await tell(services, eventFromJson(event), sentences.endedWithItsRule);
  await services.store.runs.finish(stored.id);
}

/**
 * Whoever may not use a command any more, as the file is today, does not get the rest of it either.
 * @throws PlatformError when nobody can tell now.
 */
async function stillAllowed(
  services: Services,
  generation: Generation,
  rule: CompiledRule | undefined,
  scope: EventScope,
  { acting, root }: StoredState,
): Promise<boolean> {
  const isPress = root !== "do" && root !== "@else";
  if (acting !== "person" || isPress || rule?.command === undefined) return true;
  const denied = await whyDenied(generation.plan, rule, scope);
  if (denied === undefined) return true;
  const { event } = scope;
  // A platform that does not answer throws here, and the run is tried again later instead of being lost.
  if (event.server !== undefined) await services.port(event.platform)?.standing(event.server.id, event.user.id);
  await writeQuietly(services, entryOf(event, rule.name, "denied", "refused"));
  await tell(services, event, denied);
  return false;
}
