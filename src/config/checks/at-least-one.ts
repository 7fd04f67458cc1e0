import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { actionsOf, wordOf } from "./walk.ts";

/** `send: { to: news }` and `reply: { ephemeral: yes }`: messages that say nothing. */
export const atLeastOne: Check = function* (context) {
  for (const rule of context.config.rules)
    for (const action of actionsOf(context, rule)) {
      const keys: readonly string[] = wordOf(context, action)?.atLeastOne ?? [];
      if (keys.length === 0 || keys.some((key) => action.args[key] !== undefined)) continue;
      const at = context.origins.position(action, undefined, "key");
      const either = keys.map((key) => `"${key}"`).join(" or ");
      const message = `"${action.action}" has nothing to say: it needs ${either}.`;
      const hint = `write ${keys[0]}: and what it says`;
      if (at !== undefined) yield errorAt(at, { code: "missing-key", message, hint });
    }
};
