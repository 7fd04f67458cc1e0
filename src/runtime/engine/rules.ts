import type { BotEvent } from "../../contracts/event.ts";
import type { TriggerContext } from "../../contracts/word.ts";
import type { Values } from "../../language/values.ts";
import type { CompiledRule, CompiledTrigger, RunScope } from "../../plan/program.ts";
import { runRule } from "../runs/begin.ts";
import type { Generation, Services } from "../services.ts";
import { accountKey } from "./account.ts";
import type { Bursts } from "./bursts.ts";
import type { Chains } from "./chains.ts";
import { type EventScope, runScope } from "./start-run.ts";
import { valueMakers } from "./values.ts";

/** The rules of which a trigger can be waiting for this event: the list itself where that is all of them. */
export function whatCanHear(
  services: Pick<Services, "port">,
  rules: readonly CompiledRule[],
  event: BotEvent,
): readonly CompiledRule[] {
  if (rules.length === 0) return rules;
  const self = services.port(event.platform)?.self();
  const can = (rule: CompiledRule) =>
    rule.triggers.some(
      ({ word }) => word.events.includes(event.kind) && (word.hears === undefined || word.hears(event, self)),
    );
  return rules.every(can) ? rules : rules.filter(can);
}

/**
 * Does the rules that an event starts, one after the other in file order.
 * @param from - whether other people brought it about, of whom bots are ignored unless a rule says otherwise, or the bot
 * itself, within bounds
 */
export async function runRules(
  services: Services,
  generation: Generation,
  bursts: Bursts,
  scope: EventScope,
  rules: readonly CompiledRule[],
  from: "others" | Pick<Chains, "mayBegin">,
): Promise<void> {
  const { event, state } = scope;
  const context = { event, self: services.port(event.platform)?.self(), callsCommand: scope.here.callsCommand() };
  for (const rule of rules) {
    if (rule.platforms?.has(event.platform) === false || services.switches.isOff(rule)) continue;
    if (from === "others" && event.user.isBot && !rule.bots) continue;
    const burst: Bursts = (key, most, withinMs) =>
      bursts(`${accountKey(services, event.platform)}:${rule.id}:${key}`, most, withinMs);
    const names = () => runScope(services, generation, scope);
    const starting = startedBy(rule, { ...context, burst }, names);
    const started = starting instanceof Promise ? await starting : starting;
    if (started === undefined) continue;
    if (from !== "others" && !from.mayBegin(event)) return;
    if (started.word.addressed === true) state.taken = true;
    const values = runScope(services, generation, scope, { ...started.values });
    await runRule(services, generation, rule, scope, values, "bot");
    if (state.stopped) return;
  }
}

interface StartedBy {
  readonly word: CompiledTrigger["word"];
  readonly values: Values;
}

/** The first trigger of a rule that waits for this event, at once where all of them answer at once. */
function startedBy(
  rule: CompiledRule,
  context: TriggerContext,
  names: () => RunScope,
  first = 0,
): StartedBy | undefined | Promise<StartedBy | undefined> {
  for (let index = first; index < rule.triggers.length; index++) {
    const { word, start } = rule.triggers[index]!;
    const { event, self } = context;
    if (!word.events.includes(event.kind) || word.hears?.(event, self) === false) continue;
    const values = start(context, valueMakers, names);
    if (values instanceof Promise)
      return values.then((late) =>
        late === undefined ? startedBy(rule, context, names, index + 1) : { word, values: late },
      );
    if (values !== undefined) return { word, values };
  }
  return undefined;
}
