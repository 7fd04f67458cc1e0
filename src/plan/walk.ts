import type { CanonicalAction } from "../contracts/canonical.ts";
import type { Right } from "../contracts/right.ts";
import type { Registry } from "./context.ts";

/** Every right that the actions, and the actions inside them, need from a person. A button's belong to its press. */
export function rightsOf(registry: Registry, actions: readonly CanonicalAction[]): readonly Right[] {
  const found = new Set<Right>();
  for (const action of walkActions(actions, registry)) {
    const right = registry.actions.get(action.action)?.right;
    if (right !== undefined) found.add(right);
  }
  return [...found];
}

/** All actions of a list with those in their blocks; with `buttons`, those behind buttons too. */
export function* walkActions(
  actions: readonly CanonicalAction[],
  registry: Registry,
  buttons = false,
): Generator<CanonicalAction> {
  for (const action of actions) {
    yield action;
    yield* walkActions([...(action.else ?? []), ...(action.on_error ?? [])], registry, buttons);
    for (const [name, value] of Object.entries(action.args)) {
      const field = registry.actions.get(action.action)?.fields[name];
      if (field?.kind === "actions") yield* walkActions(value as readonly CanonicalAction[], registry, buttons);
      if (field?.kind !== "list" || field.of.kind !== "object" || !Array.isArray(value)) continue;
      const isButton = "run" in field.of.fields;
      if (isButton && !buttons) continue;
      for (const item of value as readonly { do?: readonly CanonicalAction[] }[])
        if (item.do !== undefined) yield* walkActions(item.do, registry, buttons);
    }
  }
}
