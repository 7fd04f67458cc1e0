import type { Json } from "../../contracts/event.ts";
import { plainText, type RichText } from "../../language/rich-text.ts";
import type { CompiledStep } from "../../plan/program.ts";
import { targetOf } from "../engine/guard.ts";
import type { Services } from "../services.ts";
import { messageOf } from "./answer.ts";
import type { Run } from "./run.ts";

/** What is written of a moderation action: `ref` binds its outcome to its intent. */
export interface ModerationRow {
  readonly outcome: "intent" | "done" | "not_done" | "failed" | "would";
  readonly ref?: string;
  readonly why?: string;
}

/** Writes a moderation row, or that of any action in shadow mode. @returns whether it is durable: an action whose intent is not must not be done. */
export async function recordModeration(
  services: Services,
  run: Run,
  step: CompiledStep,
  args: Readonly<Record<string, unknown>>,
  { outcome, ref, why }: ModerationRow,
): Promise<boolean> {
  const { event } = run;
  const target = targetOf(step, args, event);
  const self = services.port(event.platform)?.self();
  const asked = run.acting === "person" || run.rule.command !== undefined || run.rule.buttons.has(run.root);
  const actor = asked ? event.user : { id: self?.id ?? "", name: self?.name ?? "the bot" };
  const details: Record<string, Json> = { rule: run.rule.name };
  for (const [name, value] of Object.entries(args))
    if (name !== step.word.target && value !== undefined) details[name] = shown(value);
  if (why !== undefined) details.why = why;
  try {
    await services.audit.write({
      kind: outcome === "would" ? "shadow" : "moderation",
      platform: event.platform,
      ...(event.server === undefined ? {} : { serverId: event.server.id }),
      actor: { id: actor.id, name: actor.name },
      ...(target === undefined ? {} : { target: { id: target.id, name: target.name } }),
      action: step.word.name,
      outcome,
      details,
      ...(ref === undefined ? {} : { ref }),
    });
    return true;
  } catch (error) {
    const fields = { error: messageOf(error), action: step.word.name, outcome };
    services.log.error(fields, "the audit log could not be written");
    return false;
  }
}

/** An argument as the audit log keeps it: texts as plain text, people and roles by name. */
function shown(value: unknown): Json {
  if (Array.isArray(value) && value.every((node) => typeof node === "object" && node !== null && "type" in node))
    return plainText(value as RichText);
  if (typeof value === "object" && value !== null && "name" in value) return String(value.name);
  return (JSON.parse(JSON.stringify(value) ?? "null") as Json) ?? null;
}
