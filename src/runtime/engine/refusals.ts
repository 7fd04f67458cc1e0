import type { AuditEntry } from "../../contracts/audit.ts";
import { permission } from "../../plan/permission.ts";
import type { BotPlan, CompiledButton, CompiledRule } from "../../plan/program.ts";
import { spelling } from "../../plan/spelling.ts";
import { type Sentence, say } from "../../sentences/sentence.ts";
import { tell, writeQuietly } from "../runs/answer.ts";
import type { Services } from "../services.ts";
import type { Denials } from "./denials.ts";
import type { EventScope } from "./start-run.ts";

/** The command as people type it where the event comes from. */
export function spelledCommand(plan: Pick<BotPlan, "spelled">, rule: CompiledRule, { event }: EventScope): string {
  return plan.spelled(event.platform, spelling(rule.canonical, event.platform));
}

/** Why a person may not use a command now, as a sentence. */
export async function whyDenied(
  plan: Pick<BotPlan, "spelled">,
  rule: CompiledRule,
  scope: EventScope,
): Promise<Sentence | undefined> {
  const answer = await permission(rule.command!, rule.rights, scope.actor);
  if (answer === "allowed") return undefined;
  const command = spelledCommand(plan, rule, scope);
  return answer === "denied"
    ? say("not_allowed", { command })
    : say("right_needed", { command, right: say(`right_${answer.lacks}`) });
}

/** Why a person may not press a button now, as a sentence. */
export async function whyNotPress(button: CompiledButton, { actor }: EventScope): Promise<Sentence | undefined> {
  const answer = await permission({ allow: button.allow }, button.rights, actor);
  if (answer === "allowed") return undefined;
  return answer === "denied"
    ? say("not_your_button")
    : say("button_right_needed", { right: say(`right_${answer.lacks}`) });
}

export interface Denial {
  /** As the audit log calls it. */
  readonly name: string;
  /** What counts apart, where a name stands for several things: a rule's buttons. */
  readonly what?: string;
  readonly sentence: Sentence;
}

/** Denies a command or a press: one answer and one counted row a window, however often somebody tries. */
export async function deny(
  services: Services,
  refused: Denials,
  { event }: EventScope,
  { name, what = name, sentence }: Denial,
): Promise<void> {
  const entry = entryOf(event, name, "denied", "refused");
  if (!refused.first(`denied:${what}:${event.platform}:${event.server?.id ?? ""}:${event.user.id}`, entry)) return;
  await writeQuietly(services, entry);
  await tell(services, event, sentence);
}

/** The row of something that a person asked for. */
export function entryOf(
  event: EventScope["event"],
  action: string,
  kind: "denied" | "rate_limited" | "commands" | "custom",
  outcome: string,
  details?: AuditEntry["details"],
): AuditEntry {
  return {
    kind,
    platform: event.platform,
    serverId: event.server?.id,
    actor: { id: event.user.id, name: event.user.name },
    action,
    outcome,
    details,
  };
}
