import type { BuiltPacks } from "../contracts/pack.ts";
import type { PlatformDefinition } from "../contracts/platform.ts";
import type {
  ActionDefinition,
  CombinatorDefinition,
  ConditionDefinition,
  TriggerDefinition,
} from "../contracts/word.ts";

/** The words and platforms that a file is read with. */
export interface Words {
  readonly actions: ReadonlyMap<string, ActionDefinition>;
  readonly conditions: ReadonlyMap<string, ConditionDefinition | CombinatorDefinition>;
  readonly triggers: ReadonlyMap<string, TriggerDefinition>;
  readonly platforms: ReadonlyMap<string, PlatformDefinition>;
  /** Ready-made command sets. */
  readonly packs: BuiltPacks;
  /** Words of the language that this version does not have: answered "not yet", never "unknown". */
  readonly later: Readonly<Record<LaterKind, ReadonlySet<string>>>;
}

export type LaterKind = "action" | "condition" | "trigger" | "section" | "key" | "option_type" | "pack";
