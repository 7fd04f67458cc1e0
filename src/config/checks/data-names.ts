import { errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";
import { argumentsOf } from "./walk.ts";

/** Data that an action changes must be declared under `data`. */
export const dataNames: Check = function* (context) {
  const { config, origins } = context;
  const declared = Object.keys(config.data);
  for (const rule of config.rules) {
    for (const { field, value, node, key } of argumentsOf(context, rule)) {
      if (field.kind !== "data_name" || typeof value !== "string" || declared.includes(value)) continue;
      const at = origins.position(node, key);
      if (at === undefined) continue;
      const near = suggest(value, declared);
      const message = `there is no "${value}" under data.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
      const hint = near === undefined ? { hint: `declare it: data: { ${value}: { type: integer } }` } : {};
      yield errorAt(at, { code: "unknown-data", message, ...hint });
    }
  }
};
