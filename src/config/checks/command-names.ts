import { errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";
import { argumentsOf } from "./walk.ts";

/** A button that runs a command must name one of this file. */
export const commandNames: Check = function* (context) {
  const { config, origins } = context;
  const commands = config.rules.filter((rule) => rule.command !== undefined).map((rule) => rule.name);
  for (const rule of config.rules) {
    for (const { field, value, node, key } of argumentsOf(context, rule)) {
      if (field.kind !== "command_name" || typeof value !== "string") continue;
      if (commands.includes(value) || value === "help") continue;
      const at = origins.position(node, key);
      const near = suggest(value, commands);
      const message = `there is no command "${value}" in this file.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
      if (at !== undefined) yield errorAt(at, { code: "unknown-command", message });
    }
  }
};
