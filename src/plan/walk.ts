import type { CanonicalAction, CanonicalBlock, CanonicalRule } from "../contracts/canonical.ts";
import type { Right } from "../contracts/right.ts";
import { asWritten } from "../contracts/word.ts";
import type { Registry } from "./context.ts";
import { calledBlock } from "./given.ts";

/**
 * Every right that the actions of a rule, and the actions inside them and in the blocks that they call, need from a person.
 * A button's belong to its press.
 */
export function rightsOf(
  registry: Registry,
  rule: CanonicalRule,
  actions: readonly CanonicalAction[],
): readonly Right[] {
  const found = new Set<Right>();
  const called = new Set<CanonicalBlock>();
  const collectRights = (list: readonly CanonicalAction[]): void => {
    for (const { action, args } of walkActions(list, registry)) {
      const word = registry.actions.get(action);
      const right = word && asWritten(word, args).right;
      if (right !== undefined) found.add(right);
      const block = calledBlock(rule, word?.fields ?? {}, args);
      if (block === undefined || called.has(block)) continue;
      called.add(block);
      collectRights(block.do);
    }
  };
  collectRights(actions);
  return [...found];
}

/** The actions of a rule's own lists. */
export function ownActions(rule: CanonicalRule): readonly CanonicalAction[] {
  if (rule.else === undefined && rule.on_error === undefined) return rule.do;
  return [...rule.do, ...(rule.else ?? []), ...(rule.on_error ?? [])];
}

/** The actions of a rule's own lists, and of the blocks that it calls. */
export function actionsOf(rule: CanonicalRule): readonly CanonicalAction[] {
  if (rule.blocks === undefined) return ownActions(rule);
  const blocks = Object.values(rule.blocks);
  return [...ownActions(rule), ...blocks.flatMap((block) => block.do)];
}

/** All actions of a list with those in their blocks; with `buttons`, those behind buttons too. */
export function walkActions(
  actions: readonly CanonicalAction[],
  registry: Registry,
  buttons = false,
): readonly CanonicalAction[] {
  const found: CanonicalAction[] = [];
  collect(actions, registry, buttons, found);
  return found;
}

function collect(
  actions: readonly CanonicalAction[],
  registry: Registry,
  buttons: boolean,
  found: CanonicalAction[],
): void {
  for (const action of actions) {
    found.push(action);
    if (action.else !== undefined) collect(action.else, registry, buttons, found);
    if (action.on_error !== undefined) collect(action.on_error, registry, buttons, found);
    const fields = registry.actions.get(action.action)?.fields ?? {};
    for (const name of Object.keys(action.args)) {
      const value = action.args[name];
      const field = fields[name];
      if (field?.kind === "actions") collect(value as readonly CanonicalAction[], registry, buttons, found);
      if (field?.kind === "object" && "choices" in field.fields && buttons) {
        const inside = (value as { do?: readonly CanonicalAction[] } | undefined)?.do;
        if (inside !== undefined) collect(inside, registry, buttons, found);
      }
      if (field?.kind !== "list" || field.of.kind !== "object" || !Array.isArray(value)) continue;
      const isButton = "run" in field.of.fields;
      if (isButton && !buttons) continue;
      for (const item of value as readonly { do?: readonly CanonicalAction[] }[])
        if (item.do !== undefined) collect(item.do, registry, buttons, found);
    }
  }
}
