/** Words of the language that this build does not have yet: they answer "not yet in this version", never "unknown". */

/** Keys that are not there yet, by the place where they stand. */
export const laterKeys = {
  reply: ["file"],
  send: ["file"],
  option: ["long"],
} as const satisfies Record<string, readonly string[]>;

export type LaterKind = "action" | "condition" | "trigger" | "section" | "key" | "option_type" | "pack";

export const laterWords: Readonly<Record<LaterKind, ReadonlySet<string>>> = {
  action: new Set<string>(),
  condition: new Set<string>(),
  trigger: new Set<string>(),
  section: new Set(["messages"]),
  key: new Set(Object.values(laterKeys).flat()),
  pack: new Set(["admin"]),
  option_type: new Set(["user", "time", "attachment", "list"]),
};
