import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { loadSpec, specsDirectory } from "../shared/specs.ts";

/** Holds requests, updates and results against the published Bot API; each answer is a list of sentences, empty when all is well. */
export interface WireValidator {
  request(method: string, params: unknown): string[];
  update(update: unknown): string[];
  result(method: string, result: unknown): string[];
  /** The type that the API gives a field, to read form fields; `undefined` for an unknown one. */
  isText(method: string, field: string): boolean;
}

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema & { const?: string; enum?: string[]; maxLength?: number }>;
  additionalProperties?: boolean;
  [keyword: string]: unknown;
}
interface BotApiSchema {
  definitions: Record<string, Schema>;
  methods: Record<string, { params: Schema; returns: Schema }>;
}
interface BotApi {
  types: Record<string, { fields?: { name: string; description: string }[] }>;
}

let cached: WireValidator | undefined;

/** The validator, or nothing where the published formats are not here. */
export function wireValidator(): WireValidator | undefined {
  if (specsDirectory() === undefined) return undefined;
  cached ??= createValidator(loadSpec("telegram/botapi.schema.json"), loadSpec("telegram/api.json"));
  return cached;
}

function createValidator(schema: BotApiSchema, api: BotApi): WireValidator {
  const compiled = new Map<string, ValidateFunction>();
  // What a bot sends may hold no unknown field; what it receives may, because the API grows.
  const strict = new Ajv({ strict: false, allErrors: true });
  strict.addSchema({ $id: "strict", ...tightened(schema, api) });
  const loose = new Ajv({ strict: false });
  loose.addSchema({ $id: "loose", definitions: schema.definitions, methods: schema.methods });

  const check = (ajv: Ajv, ref: string, value: unknown): string[] => {
    let validate = compiled.get(ref);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: ref });
      compiled.set(ref, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []).map(sentence);
  };
  return {
    request: (method, params) =>
      method in schema.methods
        ? check(strict, `strict#/methods/${method}/params`, params)
        : ["the Bot API has no such method"],
    update: (update) => check(loose, "loose#/definitions/Update", update),
    result: (method, result) => check(loose, `loose#/methods/${method}/returns`, result),
    isText: (method, field) => {
      const type = schema.methods[method]?.params.properties?.[field]?.type;
      return type === "string";
    },
  };
}

/** The schema with every object closed, and with the constants that the documentation states in words only. */
function tightened(schema: BotApiSchema, api: BotApi): BotApiSchema {
  const copy = structuredClone(schema);
  for (const [name, definition] of Object.entries(copy.definitions)) {
    if (definition.properties === undefined) continue;
    definition.additionalProperties = false;
    for (const field of api.types[name]?.fields ?? []) {
      const property = definition.properties[field.name];
      const constant = /(?:always|must be) [“"]?([a-z_]+)[”"]?\.?$/.exec(field.description)?.[1];
      if (property !== undefined && constant !== undefined && property.type === "string") property.const = constant;
      const choices = /it can be one of (".*")\.$/.exec(field.description)?.[1];
      if (property !== undefined && choices !== undefined)
        property.enum = [...choices.matchAll(/"([^"]+)"/g)].map((match) => match[1] as string);
    }
  }
  return copy;
}

function sentence(error: ErrorObject): string {
  const extra = error.keyword === "additionalProperties" ? ` (${String(error.params.additionalProperty)})` : "";
  return `${error.instancePath || "/"} ${error.message ?? error.keyword}${extra}`;
}
