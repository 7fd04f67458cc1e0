import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import type { SourceMap } from "../../diagnostics/source-map.ts";
import type { YamlMap } from "../value.ts";
import validate, { type SchemaMistake } from "./validator.generated.js";

/** What the published schema says of a file. Empty: its shape is right. */
export function validateShape(value: YamlMap): readonly SchemaMistake[] {
  return validate(value) ? [] : (validate.errors ?? []);
}

/**
 * The deepest mistake of the schema at its place. The reader explains mistakes of shape in better words, so this is only
 * told where the reader found nothing wrong: a file that editors mark must never be run.
 */
export function schemaDiagnostic(mistakes: readonly SchemaMistake[], map: SourceMap): Diagnostic {
  const depth = ({ at }: SchemaMistake) => at.split("/").length;
  const deepest = mistakes.reduce((found, one) => (depth(one) > depth(found) ? one : found));
  const raw = map.raw(deepest.at) ?? "";
  if (/^(null|Null|NULL|~)$/.test(raw)) {
    const message = `${raw} stands for no value, and there must be one here.`;
    const hint = "write a value, or delete the key";
    return errorAt(map.value(deepest.at), { code: "empty-value", message, hint });
  }
  return errorAt(map.value(deepest.at), {
    code: "wrong-shape",
    message: "this does not have the form that is expected here.",
  });
}
