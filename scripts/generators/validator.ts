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
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  const schema = shareRepeated(bare(documentSchema(registry)));
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

/** Shorter pieces cost more as a function of their own than repeated. Characters of JSON. */
const worthSharing = 150;

/** What stands in several places becomes one definition: the code of a message's form is the same for reply and send. */
function shareRepeated(schema: object): object {
  const counts = new Map<string, number>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const text = JSON.stringify(value);
    const seen = counts.get(text) ?? 0;
    counts.set(text, seen + 1);
    if (seen === 0) Object.values(value).forEach(visit);
  };
  visit(schema);
  const names = new Map<string, string>();
  const definitions: Record<string, unknown> = {};
  const replace = (value: unknown, isSchema: boolean): unknown => {
    if (Array.isArray(value)) return value.map((one) => replace(one, isSchema));
    if (typeof value !== "object" || value === null) return value;
    const text = JSON.stringify(value);
    if (!isSchema || text.length < worthSharing || (counts.get(text) ?? 0) < 2) return replaceMembers(value);
    let name = names.get(text);
    if (name === undefined) {
      name = `shared-${names.size}`;
      names.set(text, name);
      definitions[name] = replaceMembers(value);
    }
    return { $ref: `#/$defs/${name}` };
  };
  const replaceMembers = (value: object): object =>
    Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        mapsOfSchemas.has(key)
          ? Object.fromEntries(Object.entries(member as object).map(([name, one]) => [name, replace(one, true)]))
          : replace(member, true),
      ]),
    ) as object;
  const whole = replaceMembers(schema) as { $defs?: object };
  return { ...whole, $defs: { ...whole.$defs, ...definitions } };
}
