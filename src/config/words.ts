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
}
