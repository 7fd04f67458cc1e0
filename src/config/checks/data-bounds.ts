import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { shown } from "./data-values.ts";

/** Bounds of data and options must leave something in between. */
export const dataBounds: Check = function* ({ config, origins }) {
  const options = config.rules.flatMap((rule) => rule.command?.options ?? []);
  for (const node of [...Object.values(config.data), ...options]) {
    if (node.minimum === undefined || node.maximum === undefined || node.minimum <= node.maximum) continue;
    const at = origins.position(node, "minimum");
    const [least, most] = [node.minimum, node.maximum].map((bound) => shown({ type: node.of ?? node.type }, bound));
    const message = `the minimum (${least}) is greater than the maximum (${most}).`;
    if (at !== undefined) yield errorAt(at, { code: "bounds-crossed", message });
  }
};
