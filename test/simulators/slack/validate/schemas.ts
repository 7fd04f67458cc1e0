import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { loadSpec, specsDirectory } from "../../shared/specs.ts";
import { isJson, type Json } from "../json.ts";
import { strictDefinitions, strictSchema } from "./strict-schema.ts";

interface Generated {
  $ref: string;
  definitions: Json;
}

/** What one argument of a method looks like on the wire. */
export type ArgumentKind = "string" | "boolean" | "number" | "json";

export interface MethodSchema {
  kinds: Map<string, ArgumentKind>;
  required: string[];
  /** Problems of decoded arguments, each with a JSON pointer. */
  check(args: Json): Problem[];
}

export interface Problem {
  pointer: string;
  text: string;
}

/** A check against one definition of a published schema, for instance `("Event", "SlackEvent")`. */
export function generatedCheck(file: string, definition?: string, strict = true): (value: unknown) => Problem[] {
  const { $ref, definitions } = loadSpec<Generated>(`slack/generated/${file}.schema.json`);
  const validate = compile({
    $ref: definition === undefined ? $ref : `#/definitions/${definition}`,
    definitions: strict ? sharingBlocks(definitions) : definitions,
  });
  return (value) => (validate(value) ? [] : told(validate.errors ?? []));
}

/** Arguments of a method that has a generated schema; its alternative forms are merged into one. */
export function generatedMethod(file: string): MethodSchema {
  const { $ref, definitions } = loadSpec<Generated>(`slack/generated/${file}.schema.json`);
  const forms = formsOf({ $ref }, definitions);
  const properties = new Map<string, Map<string, unknown>>();
  for (const form of forms)
    for (const [name, schema] of Object.entries(form.properties as Json)) {
      const known = properties.get(name) ?? new Map();
      properties.set(name, known.set(JSON.stringify(schema), schema));
    }
  const merged: Json = {};
  const kinds = new Map<string, ArgumentKind>();
  for (const [name, schemas] of properties) {
    const alternatives = [...schemas.values()];
    merged[name] = strictSchema(alternatives.length === 1 ? alternatives[0] : { anyOf: alternatives }, definitions);
    kinds.set(name, kindOf(alternatives[0], definitions));
  }
  const required = (forms[0]?.required as string[] | undefined) ?? [];
  const inAll = required.filter((name) =>
    forms.every((form) => (form.required as string[] | undefined)?.includes(name)),
  );
  const validate = lazily(() =>
    compile({
      type: "object",
      properties: merged,
      required: inAll,
      additionalProperties: false,
      definitions: sharingBlocks(definitions),
    }),
  );
  return { kinds, required: inAll, check: (args) => (validate()(args) ? [] : told(validate().errors ?? [])) };
}

/** All methods of the 2021 description, with names and simple types only. */
export const describedMethods = lazily(() => {
  const methods = new Map<string, MethodSchema>();
  if (specsDirectory() === undefined) return methods;
  const { paths } = loadSpec<{ paths: Record<string, Json> }>("slack/slack_web_openapi_v2_without_examples.json");
  for (const [path, operations] of Object.entries(paths)) {
    const operation = (operations.get ?? operations.post) as { parameters?: Parameter[] };
    const kinds = new Map<string, ArgumentKind>();
    const required: string[] = [];
    for (const { name, type, required: needed } of operation.parameters ?? []) {
      // A timestamp is described as a number, and is a string everywhere on the wire.
      const number = (type === "integer" || type === "number") && !/ts$|timestamp/.test(name);
      kinds.set(name, type === "boolean" ? "boolean" : number ? "number" : "string");
      if (needed === true && name !== "token") required.push(name);
    }
    methods.set(path.slice(1), { kinds, required, check: () => [] });
  }
  return methods;
});

interface Parameter {
  name: string;
  type?: string;
  required?: boolean;
}

function formsOf(schema: unknown, definitions: Json): Json[] {
  if (!isJson(schema)) return [];
  if (typeof schema.$ref === "string")
    return formsOf(definitions[schema.$ref.replace("#/definitions/", "")], definitions);
  if (Array.isArray(schema.anyOf)) return schema.anyOf.flatMap((part) => formsOf(part, definitions));
  return [schema];
}

function kindOf(schema: unknown, definitions: Json): ArgumentKind {
  const [first] = formsOf(schema, definitions);
  if (first?.type === "boolean") return "boolean";
  if (first?.type === "number" || first?.type === "integer") return "number";
  return first?.type === "string" ? "string" : "json";
}

/** One compiler for all, which holds the blocks once: they are nine tenths of every schema that has them. */
const compiler = lazily(() => {
  const { definitions } = loadSpec<Generated>("slack/generated/Blocks.schema.json");
  const ajv = new Ajv({ strict: false, logger: false });
  return ajv.addSchema({ $id: "blocks", definitions: strictDefinitions(definitions) });
});

function compile(schema: Json): ValidateFunction {
  return compiler().compile(schema);
}

function sharingBlocks(definitions: Json): Json {
  const strict = strictDefinitions(definitions);
  return "KnownBlock" in strict ? { ...strict, KnownBlock: { $ref: "blocks#/definitions/KnownBlock" } } : strict;
}

function told(errors: ErrorObject[]): Problem[] {
  const real = errors.filter((error) => error.keyword !== "if" && error.keyword !== "anyOf");
  const deepest = Math.max(...real.map((error) => error.instancePath.split("/").length));
  const kept = real.filter((error) => error.instancePath.split("/").length === deepest);
  return [...new Map(kept.map((error) => [`${error.instancePath}${sentence(error)}`, error])).values()].map(
    (error) => ({
      pointer: error.instancePath,
      text: sentence(error),
    }),
  );
}

function sentence(error: ErrorObject): string {
  if (error.keyword === "additionalProperties")
    return `invalid additional property: ${error.params.additionalProperty}`;
  if (error.keyword === "required") return `missing required field: ${error.params.missingProperty}`;
  if (error.keyword === "enum") return `must be one of ${(error.params.allowedValues as unknown[]).join(", ")}`;
  return error.message ?? error.keyword;
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
