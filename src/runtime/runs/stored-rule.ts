import type { CanonicalRule } from "../../contracts/canonical.ts";
import type { BotPlan, CompiledRule } from "../../plan/program.ts";
import type { Generation, Services } from "../services.ts";

/** Rules of earlier files, compiled under one plan, by their hash. Emptied with the plan. */
const compiled = new WeakMap<BotPlan, Map<string, CompiledRule | undefined>>();
/** How many such rules one plan keeps compiled. */
const most = 500;

/**
 * The rule that a suspended run or a button began with, under today's names, permissions and data; in shadow mode where
 * today's rule is. Undefined when the file no longer has the rule (or has it switched off), or when it no longer makes
 * sense with today's declarations.
 */
export async function storedRule(
  services: Pick<Services, "store" | "switches" | "names">,
  { plan }: Pick<Generation, "plan">,
  ruleId: string,
  ruleHash: string,
): Promise<CompiledRule | undefined> {
  const current = services.names.currentRule(plan, ruleId);
  if (current === undefined || services.switches.isOff(current)) return undefined;
  if (current.hash() === ruleHash) return current;
  let known = compiled.get(plan);
  if (known === undefined) {
    known = new Map();
    compiled.set(plan, known);
  }
  if (known.has(ruleHash)) return known.get(ruleHash);
  const stored = (await services.store.runs.rule(ruleHash)) as CanonicalRule | undefined;
  const { mode } = current.canonical;
  const rule = stored && plan.compileStored(mode === "shadow" ? { ...stored, mode } : stored);
  if (known.size >= most) known.clear();
  known.set(ruleHash, rule);
  return rule;
}
