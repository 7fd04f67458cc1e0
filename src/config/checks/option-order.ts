import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";

/** Options that must be given come before those that may be left out: people type them in this order. */
export const optionOrder: Check = function* ({ config, origins }) {
  for (const { command } of config.rules) {
    let optional: string | undefined;
    for (const option of command?.options ?? []) {
      if (!option.required) optional ??= option.name;
      else if (optional !== undefined) {
        const at = origins.position(option, undefined, "key");
        const message = `"${option.name}" must be given, but stands behind "${optional}", which may be left out.`;
        const hint = `move it before "${optional}", or write required: no`;
        if (at !== undefined) yield errorAt(at, { code: "required-after-optional", message, hint });
        break;
      }
    }
  }
};
