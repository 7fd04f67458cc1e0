import { warningAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";
import { actionsOf } from "./walk.ts";

/** What `emit` lets happen without a rule that listens does nothing: most likely one of the names is misspelt. */
export const customEvents: Check = function* (context) {
  const { rules } = context.config;
  const heard = rules.flatMap((rule) =>
    rule.when.flatMap(({ trigger, args }) => (trigger === "custom_event" ? [String(args.name)] : [])),
  );
  for (const rule of rules)
    for (const { action, args } of actionsOf(context, rule)) {
      const name = action === "emit" ? args.event : undefined;
      if (typeof name !== "string" || name.includes("{{") || heard.includes(name)) continue;
      const at = context.origins.position(args, "event");
      const near = suggest(name, heard);
      const offer = near === undefined ? "" : ` Did you mean "${near}"?`;
      const message = `no rule listens for "${name}", so nothing comes of it.${offer}`;
      if (at !== undefined) yield warningAt(at, { code: "unheard-event", message });
    }
};
