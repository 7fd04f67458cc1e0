/** Words of the language that this build does not have yet: they answer "not yet in this version", never "unknown". */

export type LaterKind = "action" | "condition" | "trigger" | "section" | "key" | "option_type" | "pack";

export const laterWords: Readonly<Record<LaterKind, ReadonlySet<string>>> = {
  action: new Set<string>(),
  condition: new Set<string>(),
  trigger: new Set<string>(),
  section: new Set<string>(),
  key: new Set<string>(),
  pack: new Set<string>(),
  option_type: new Set<string>(),
};
