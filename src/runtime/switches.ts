import type { FactStore } from "../contracts/store.ts";
import type { CompiledRule } from "../plan/program.ts";
import type { EarlierNames } from "./earlier-names.ts";

const space = "switched_off";

/** Which rules are switched off while the bot runs; the storage keeps it over restarts. */
export interface Switches {
  /** Reads what the storage keeps. */
  load(): Promise<void>;
  isOff(rule: Pick<CompiledRule, "id">): boolean;
  set(rule: Pick<CompiledRule, "id">, on: boolean, at: number): Promise<void>;
}

export function createSwitches(
  facts: Pick<FactStore, "all" | "set" | "remove">,
  names: Pick<EarlierNames, "before">,
): Switches {
  const off = new Set<string>();
  /** What was switched off stays off under its new name. */
  const idsOf = ({ id }: Pick<CompiledRule, "id">) => [id, ...names.before(id)];
  return {
    async load() {
      for (const id of (await facts.all(space)).keys()) off.add(id);
    },
    isOff: (rule) => off.size > 0 && idsOf(rule).some((id) => off.has(id)),
    async set(rule, on, at) {
      if (!on) {
        await facts.set(space, rule.id, at);
        off.add(rule.id);
        return;
      }
      for (const id of idsOf(rule)) {
        await facts.remove(space, id);
        off.delete(id);
      }
    },
  };
}
