import type { FactStore } from "../contracts/store.ts";
import type { BotPlan, CompiledRule } from "../plan/program.ts";

const space = "earlier_names";

/**
 * What commands, rules and schedules were called. `was` tells the last name only; the storage keeps those before it, so that
 * what began under any of them goes on.
 */
export interface EarlierNames {
  /** Reads what the storage keeps. */
  load(): Promise<void>;
  /** Takes up what the file in force says; until it is written it is known already. */
  note(plan: BotPlan): Promise<void>;
  /** The rule of today's file that something belongs to which was stored under an id. */
  currentRule(plan: BotPlan, ruleId: string): CompiledRule | undefined;
  /** The ids that a rule had before, the last first. */
  before(ruleId: string): readonly string[];
}

export function createEarlierNames(facts: Pick<FactStore, "all" | "set" | "remove">): EarlierNames {
  /** The next id of each. */
  const next = new Map<string, string>();
  return {
    async load() {
      for (const [id, now] of await facts.all(space)) next.set(id, String(now));
    },
    async note({ rules }) {
      // Something else has the name now: what begins under it from here on is its own.
      const taken = [...next.keys()].filter((id) => rules.has(id));
      const fresh = [...rules.values()].flatMap((rule) => {
        const was = idBefore(rule);
        return was === undefined || rules.has(was) || next.get(was) === rule.id ? [] : [[was, rule.id] as const];
      });
      for (const id of taken) next.delete(id);
      for (const [was, id] of fresh) next.set(was, id);
      for (const id of taken) await facts.remove(space, id);
      for (const [was, id] of fresh) await facts.set(space, was, id);
    },
    currentRule(plan, ruleId) {
      const seen = new Set<string>();
      for (let id: string | undefined = ruleId; id !== undefined && !seen.has(id); id = next.get(id)) {
        seen.add(id);
        const rule = plan.rules.get(id) ?? renamed(plan, id);
        if (rule !== undefined) return rule;
      }
      return undefined;
    },
    before(ruleId) {
      const ids = [ruleId];
      for (const id of ids) for (const [was, now] of next) if (now === id && !ids.includes(was)) ids.push(was);
      return ids.slice(1);
    },
  };
}

/** A rule that says `was: Old name` takes up what was begun under that name. */
function renamed(plan: BotPlan, ruleId: string): CompiledRule | undefined {
  return [...plan.rules.values()].find((rule) => idBefore(rule) === ruleId);
}

function idBefore({ id, canonical: { was } }: CompiledRule): string | undefined {
  return was === undefined ? undefined : `${id.slice(0, id.indexOf(":"))}:${was}`;
}
