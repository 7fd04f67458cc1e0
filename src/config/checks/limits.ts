import { errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";

/** A limit that a command names must be declared under `rate_limits`. */
export const limits: Check = function* ({ config, origins }) {
  const declared = Object.keys(config.rate_limits).filter((name) => !name.includes(":"));
  for (const { command } of config.rules) {
    if (command?.rate_limit === undefined || Object.hasOwn(config.rate_limits, command.rate_limit)) continue;
    const at = origins.position(command, "rate_limit");
    if (at === undefined) continue;
    const near = suggest(command.rate_limit, declared);
    const message = `there is no limit "${command.rate_limit}" under rate_limits.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
    yield errorAt(at, { code: "unknown-limit", message, hint: "or write the rate itself: 5 per 10s per user" });
  }
};
