import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";

/** Options that must be given come before those that may be left out, a long text after all: people type them in this order. */
export const optionOrder: Check = function* ({ config, origins }) {
  for (const { command } of config.rules) {
    let optional: string | undefined;
    // A file is not typed, so it does not matter where it stands.
    const options = (command?.options ?? []).filter(({ type }) => type !== "attachment");
    for (const [index, option] of options.entries()) {
      const behind = options[index + 1]?.name;
      if (option.long === true && behind !== undefined) {
        const at = origins.position(option, undefined, "key");
        const message = `"${option.name}" is long and takes all that is left, so nothing would be left for "${behind}".`;
        if (at !== undefined) yield errorAt(at, { code: "long-not-last", message, hint: "move it to the end" });
      }
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
