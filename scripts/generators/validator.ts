import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { buildSync } from "esbuild";
import { documentSchema } from "../../src/config/json-schema/document.ts";
import { registry } from "../../src/words/registry.ts";
import type { Generated } from "./generator.ts";

/**
 * The published schema as code: compiling the schema costs 0.3 s, loading its code a tenth of that. It is made on
 * installing and building, and not kept in the repository.
 */
export function generateValidator(): Generated[] {
  const ajv = new Ajv2020({
    strict: false,
    allowUnionTypes: true,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  const schema = bare(documentSchema(registry));
  const code = standalone.default(ajv, ajv.compile(schema));
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: process.cwd(), loader: "js" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  return [{ path: "src/config/shape/validator.generated.js", text: outputFiles[0]!.text }];
}

/** The schema without what only people and editors read: the code would carry all of it along. */
function bare(schema: object): object {
  const entries = Object.entries(schema)
    .filter(([key]) => !["$schema", "title", "description", "default", "examples"].includes(key))
    .map(([key, value]) => [key, mapsOfSchemas.has(key) ? bareEach(value as object) : bareValue(value)]);
  return Object.fromEntries(entries) as object;
}

/** Keywords whose members are named by the file, not by JSON Schema. */
const mapsOfSchemas = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

function bareEach(schemas: object): object {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bareValue(schema)])) as object;
}

function bareValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bareValue);
  return typeof value === "object" && value !== null ? bare(value) : value;
}
