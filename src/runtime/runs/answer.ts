import type { BotEvent } from "../../contracts/event.ts";
import type { RichText } from "../../language/rich-text.ts";
import type { CompiledRule, CompiledStep } from "../../plan/program.ts";
import type { Sentence } from "../../sentences/sentence.ts";
import type { Generation, Services } from "../services.ts";

/** Answers the person with a sentence of our own; a platform that cannot be reached now is only logged. */
export function tell(services: Services, event: BotEvent, sentence: Sentence): Promise<void> {
  return answer(services, event, services.say(sentence, event.user));
}

/** Answers the person, seen by nobody else where the platform can do that. */
export async function answer(services: Services, event: BotEvent, text: RichText): Promise<void> {
  try {
    await services.port(event.platform)?.reply(event.origin, { text, ephemeral: true });
  } catch (error) {
    services.log.warn({ error: messageOf(error) }, "a person could not be answered");
  }
}

/** Writes to the audit log what no action waits for: when it fails, the log says so and the work goes on. */
export async function writeQuietly(
  services: Pick<Services, "audit" | "log">,
  entry: Parameters<Services["audit"]["write"]>[0],
): Promise<void> {
  try {
    await services.audit.write(entry);
  } catch (error) {
    services.log.error({ error: messageOf(error), action: entry.action }, "the audit log could not be written");
  }
}

/** What went wrong in a rule; without a step, it was before its first action. */
export interface Failure {
  readonly rule: CompiledRule;
  readonly event: BotEvent;
  readonly step?: CompiledStep;
  readonly message: string;
}

/** Logs, publishes and audits an error, for the people who run the bot. */
export async function reportFailure(
  services: Services,
  generation: Generation,
  { rule, event, step, message }: Failure,
): Promise<void> {
  const line = step?.line();
  const action = step?.word.name ?? rule.name;
  services.log.error(
    { rule: rule.name, line, action, platform: event.platform, error: message },
    step === undefined ? "a rule could not begin" : "an action failed",
  );
  services.publishError({
    at: services.clock.now(),
    bot: generation.plan.config.bot.name,
    platform: event.platform,
    rule: rule.name,
    line,
    message,
  });
  await writeQuietly(services, {
    kind: "errors",
    platform: event.platform,
    ...(event.server === undefined ? {} : { serverId: event.server.id }),
    actor: { id: event.user.id, name: event.user.name },
    action,
    outcome: "failed",
    details: { rule: rule.name, ...(line === undefined ? {} : { line }), error: message },
  });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
