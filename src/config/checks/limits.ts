import { errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";

/** A limit that a command or a rule names must be declared under `rate_limits`. */
export const limits: Check = function* ({ config, origins }) {
  const declared = Object.keys(config.rate_limits).filter((name) => !name.includes(":"));
  for (const rule of config.rules) {
    const holder = rule.command ?? rule;
    const { rate_limit: name } = holder;
    if (name === undefined || Object.hasOwn(config.rate_limits, name)) continue;
    const at = origins.position(holder, "rate_limit");
    if (at === undefined) continue;
    const near = suggest(name, declared);
    const message = `there is no limit "${name}" under rate_limits.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
    yield errorAt(at, { code: "unknown-limit", message, hint: "or write the rate itself: 5 per 10s per user" });
  }
};
