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
  return errorAt(map.value(deepest.at), {
    code: "wrong-shape",
    message: "this does not have the form that is expected here.",
  });
}
