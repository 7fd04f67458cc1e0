/**
 * Words: actions, conditions and triggers. One file per word; the file's name is the word in YAML. Schema, canonical
 * form, reference, completion, capability and rights checks come from these definitions alone.
 */
export * from "./word/action.ts";
export * from "./word/condition.ts";
export * from "./word/context.ts";
export * from "./word/data-access.ts";
export * from "./word/outcome.ts";
export * from "./word/shared.ts";
export * from "./word/trigger.ts";
