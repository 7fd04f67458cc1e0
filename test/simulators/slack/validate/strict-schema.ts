import { isJson, type Json } from "../json.ts";

/**
 * The published schemas made as strict as Slack's server is: an object has no properties but the documented ones,
 * the catch-all `Block` of an unknown type is not accepted, and a choice between objects is made by their `type`,
 * so that one mistake gives one error at its place.
 */
export function strictDefinitions(definitions: Json): Json {
  const strict: Json = {};
  for (const [name, schema] of Object.entries(definitions)) strict[name] = strictSchema(schema, definitions);
  return strict;
}

export function strictSchema(schema: unknown, definitions: Json): unknown {
  if (Array.isArray(schema)) return schema.map((part) => strictSchema(part, definitions));
  if (!isJson(schema)) return schema;
  if (Array.isArray(schema.anyOf)) {
    const choices = schema.anyOf.filter((choice) => !(isJson(choice) && choice.$ref === "#/definitions/Block"));
    if (choices.length === 1) return strictSchema(choices[0], definitions);
    return byType(choices, definitions) ?? { anyOf: strictSchema(choices, definitions) };
  }
  const copy: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "description") continue;
    copy[key] =
      key === "properties" && isJson(value) ? eachStrict(value, definitions) : strictSchema(value, definitions);
  }
  if (isJson(schema.properties) && schema.additionalProperties === undefined) copy.additionalProperties = false;
  return copy;
}

function eachStrict(properties: Json, definitions: Json): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, strictSchema(value, definitions)]),
  );
}

/** A choice that looks at `type` first, when every alternative is an object with a fixed `type`. */
function byType(choices: unknown[], definitions: Json): Json | undefined {
  const groups = new Map<string, unknown[]>();
  for (const leaf of choices.flatMap((choice) => leaves(choice, definitions))) {
    if (leaf.type === undefined) return undefined;
    groups.set(leaf.type, [...(groups.get(leaf.type) ?? []), leaf.schema]);
  }
  if (groups.size < 2) return undefined;
  return {
    type: "object",
    required: ["type"],
    properties: { type: { enum: [...groups.keys()] } },
    allOf: [...groups].map(([type, schemas]) => ({
      if: { properties: { type: { const: type } } },
      then: schemas.length === 1 ? schemas[0] : { anyOf: schemas },
    })),
  };
}

function leaves(schema: unknown, definitions: Json): { type: string | undefined; schema: unknown }[] {
  if (!isJson(schema)) return [{ type: undefined, schema }];
  if (typeof schema.$ref === "string") {
    const target = definitions[schema.$ref.replace("#/definitions/", "")];
    if (isJson(target) && Array.isArray(target.anyOf)) return target.anyOf.flatMap((part) => leaves(part, definitions));
    return leaves(target, definitions).map((leaf) => ({ type: leaf.type, schema }));
  }
  if (Array.isArray(schema.anyOf)) return schema.anyOf.flatMap((part) => leaves(part, definitions));
  const type = isJson(schema.properties) && isJson(schema.properties.type) ? schema.properties.type.const : undefined;
  return [{ type: typeof type === "string" ? type : undefined, schema: strictSchema(schema, definitions) }];
}
