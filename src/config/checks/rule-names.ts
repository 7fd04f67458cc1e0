import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";

/** Rules are known by their names, so each has one of its own. */
export const ruleNames: Check = function* ({ config, origins }) {
  const first = new Map<string, object>();
  for (const rule of config.rules) {
    const earlier = first.get(rule.id);
    first.set(rule.id, earlier ?? rule);
    if (earlier === undefined) continue;
    const at = origins.position(rule, "name");
    const before = origins.position(earlier, "name");
    if (at === undefined || before === undefined) continue;
    const where = before.file === at.file ? `on line ${before.line}` : `in ${before.file} on line ${before.line}`;
    yield errorAt(at, {
      code: "duplicate-rule-name",
      message: `another rule is called "${rule.name}", ${where}.`,
      hint: "give one of them another name",
      related: [{ ...before, message: "it is used here already." }],
    });
  }
};
