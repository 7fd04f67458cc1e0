import { warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { listsOf } from "./walk.ts";

/** What stands behind an unconditional `stop` never happens. */
export const unreachable: Check = function* (context) {
  for (const rule of context.config.rules) {
    for (const list of listsOf(context, rule)) {
      const stop = list.findIndex((action) => action.action === "stop" && action.if === undefined);
      const next = stop === -1 ? undefined : list[stop + 1];
      const at = next && context.origins.position(next);
      const message = `"${next?.action}" never happens, because "stop" before it always ends the run.`;
      if (at !== undefined) yield warningAt(at, { code: "unreachable", message });
    }
  }
};
