import type { BotEvent } from "../../contracts/event.ts";
import type { CompiledRule } from "../../plan/program.ts";

const exclusive: ReadonlySet<string> = new Set(["single", "restart", "queue"]);

/** What runs of a rule that must not overlap have in common: the rule, the server and the person; "" where they may. */
export function overlapKey({ id, canonical }: CompiledRule, { platform, server, user }: BotEvent): string {
  if (!exclusive.has(canonical.overlap)) return "";
  return JSON.stringify([id, platform, server?.id ?? "", user.id]);
}
