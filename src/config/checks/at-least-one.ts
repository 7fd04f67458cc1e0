import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { usedWords } from "./walk.ts";

/** `send: { to: news }` and `reply: { ephemeral: yes }`: messages that say nothing. */
export const atLeastOne: Check = function* (context) {
  for (const [word, found] of usedWords(context)) {
    const keys: readonly string[] = word.atLeastOne ?? [];
    if (keys.length === 0) continue;
    for (const { action } of found) {
      if (keys.some((key) => action.args[key] !== undefined)) continue;
      const at = context.origins.position(action, undefined, "key");
      const either = keys.map((key) => `"${key}"`).join(" or ");
      const message = `"${action.action}" has nothing to say: it needs ${either}.`;
      const hint = `write ${keys[0]}: and what it says`;
      if (at !== undefined) yield errorAt(at, { code: "missing-key", message, hint });
    }
  }
};
