import type { CanonicalArguments } from "../../contracts/canonical.ts";
import { type Diagnostic, errorAt, type Position } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";
import { argumentsOfKind } from "./walk.ts";

/** Data that an action changes must be declared under `data`. */
export const dataNames: Check = function* (context) {
  const { config, origins } = context;
  const declared = Object.keys(config.data);

  function* undeclared(name: string, at: Position | undefined): Generator<Diagnostic> {
    if (at === undefined || declared.includes(name)) return;
    const near = suggest(name, declared);
    const message = `there is no "${name}" under data.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
    const hint = near === undefined ? { hint: `declare it: data: { ${name}: { type: integer } }` } : {};
    yield errorAt(at, { code: "unknown-data", message, ...hint });
  }

  for (const { value, node, key } of argumentsOfKind(context, "data_name"))
    if (typeof value === "string") yield* undeclared(value, origins.position(node, key));
  for (const { field, value } of argumentsOfKind(context, "map")) {
    if (field.data !== true) continue;
    const asked = value as CanonicalArguments;
    for (const name of Object.keys(asked)) yield* undeclared(name, origins.position(asked, name, "key"));
  }
};
