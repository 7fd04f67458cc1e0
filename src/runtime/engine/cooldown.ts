import type { BotEvent } from "../../contracts/event.ts";
import type { CooldownKey } from "../../contracts/store.ts";
import { duration } from "../../language/values.ts";
import type { CompiledCooldown, CompiledRule } from "../../plan/program.ts";
import { say } from "../../sentences/sentence.ts";
import { answer, tell, writeQuietly } from "../runs/answer.ts";
import type { Generation, Services } from "../services.ts";
import type { Acting } from "./guard.ts";
import { counterWindow, countUse } from "./limits.ts";
import { entryOf } from "./refusals.ts";
import type { EventScope } from "./start-run.ts";

/** A cooldown that a run has taken; it is plain JSON, because a run that waits keeps it. */
export interface TakenCooldown {
  readonly key: CooldownKey;
  readonly until: number;
}

/** What a run has taken and would give back, were it to end without having done anything. Branches share it. */
export interface Promised {
  cooldown: TakenCooldown | undefined;
}

/** Whether a rule may do its actions now: its limit (a command's own is asked earlier), then its cooldown, which is taken. */
export async function mayBegin(
  services: Services,
  generation: Generation,
  rule: CompiledRule,
  scope: EventScope,
  acting: Acting,
  promised: Promised,
): Promise<boolean> {
  const { timezone } = generation.plan.config.bot;
  const { limit, cooldown } = rule;
  if (limit !== undefined && (limit.exempt === undefined || (await limit.exempt.matches(scope.actor)) !== true)) {
    const counted = await countUse(services, limit, scope.event, timezone);
    if (!counted.allowed) return false;
  }
  if (cooldown === undefined) return true;
  const now = services.clock.now();
  const window = counterWindow(cooldown.window, now, timezone);
  const until = window.kind === "rolling" ? now + window.ms : window.endsAt;
  const key = keyOf(rule.id, cooldown, scope.event);
  const cooling = await takenBefore(services, key, now, until);
  if (cooling === undefined) {
    promised.cooldown = { key, until };
    return true;
  }
  if (acting === "person") await tellCooling(services, rule, cooldown, scope, key, cooling - now);
  return false;
}

/** Gives back what was taken for nothing. */
export async function giveBack(services: Pick<Services, "store">, promised: Promised): Promise<void> {
  const { cooldown } = promised;
  if (cooldown === undefined) return;
  promised.cooldown = undefined;
  await services.store.cooldowns.giveBack(cooldown.key, cooldown.until);
}

/** Looking first costs no commit, and whoever asks again and again mostly still has to wait. */
async function takenBefore(
  { store: { cooldowns }, names }: Pick<Services, "store" | "names">,
  key: CooldownKey,
  now: number,
  until: number,
): Promise<number | undefined> {
  for (const rule of [key.rule, ...names.before(key.rule)]) {
    const one = { ...key, rule };
    const before = await cooldowns.until(one);
    if (before !== undefined && before > now) return before;
  }
  return cooldowns.take(key, now, until);
}

async function tellCooling(
  services: Services,
  rule: CompiledRule,
  { whenCooling }: CompiledCooldown,
  { event, env }: EventScope,
  key: CooldownKey,
  left: number,
): Promise<void> {
  const ms = Math.max(1000, left);
  const once = `cooling:${rule.id}:${key.platform}:${key.server}:${key.subject}:${event.user.id}`;
  if (await services.seen.firstIn(once, ms))
    await writeQuietly(services, entryOf(event, rule.name, "rate_limited", "refused"));
  const said = whenCooling?.({ retry_after: duration(ms) }, env);
  if (said === undefined) await tell(services, event, say("cooling", { retry_after: duration(ms) }));
  else await answer(services, event, said);
}

function keyOf(rule: string, { per }: CompiledCooldown, event: BotEvent): CooldownKey {
  const { platform, user, channel } = event;
  const server = event.server?.id ?? "";
  switch (per) {
    case "user":
      return { rule, platform, server: "", subject: user.id };
    case "member":
      return { rule, platform, server, subject: user.id };
    case "channel":
      return { rule, platform, server, subject: channel?.id ?? "" };
    case "server":
      return { rule, platform, server, subject: server === "" ? (channel?.id ?? "") : "" };
  }
}
