import type { Field, Fields } from "../../contracts/fields.ts";
import { rights } from "../../contracts/right.ts";
import { timeOfDayPattern } from "../../language/time-of-day.ts";
import { whoKeys } from "../shape/kinds/who.ts";
import { mayBeLeftOut } from "../shape/object.ts";
import type { Words } from "../words.ts";

/** A piece of JSON Schema, draft 2020-12. */
export type Schema = { readonly [keyword: string]: unknown };

export const scalar = ["string", "number", "boolean"];
const expression = "\\{\\{[^]*\\}\\}";
const yesNo = ["yes", "no", "on", "off", "true", "false"];
/** Capital letters are as good, but not offered. */
const yesNoPattern = "^\\s*([Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff]{2}|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\\s*$";
export const durationPattern = "^\\s*\\d+[smhdw](\\s*\\d+[smhdw])*\\s*$";

/** Where a field stands: in words one expression may stand for a literal, in settings not. */
export interface SchemaContext {
  readonly words: Words;
  readonly dynamic: boolean;
}

/** The schema of a field; alternatives branch on the type, so that an editor explains the one that was meant. */
export function fieldSchema(field: Field, context: SchemaContext): Schema {
  const described: Record<string, unknown> = { description: field.about };
  if (field.default !== undefined) described.default = field.default;
  if (field.examples !== undefined) described.examples = field.examples;
  return { ...described, ...kindSchema(field, context) };
}

function kindSchema(field: Field, context: SchemaContext): Schema {
  switch (field.kind) {
    case "text":
    case "emoji":
    case "file":
    case "person":
    case "role":
    case "data_name":
    case "block_name":
    case "command_name":
    case "platform_name":
      return { type: scalar };
    case "secret":
      return { type: scalar };
    case "plain":
      return plainSchema(field, context);
    case "integer":
    case "number":
      return numberSchema(field, context);
    case "boolean":
      return orExpression({ anyOf: [{ enum: [true, false, ...yesNo] }, { pattern: yesNoPattern }] }, context);
    case "duration":
      return orExpression({ type: "string", pattern: durationPattern }, context);
    case "size":
      return orExpression({ type: "string", pattern: "^\\s*\\d+(\\.\\d+)?\\s*(B|KB|MB|GB)\\s*$" }, context);
    case "rate":
      return orExpression({ type: "string", pattern: "\\bper\\b" }, context);
    case "choice":
      return orExpression({ enum: field.values }, context);
    case "value":
      return { type: [...scalar, "array"] };
    case "places":
      return { type: [...scalar, "array"], items: { type: scalar } };
    case "percent":
      return orExpression(
        { type: ["number", "string"], pattern: "^\\s*\\d+(\\.\\d+)?\\s*%?\\s*$", minimum: 0, maximum: 100 },
        context,
      );
    case "right":
      return orExpression({ enum: Object.keys(rights) }, context);
    case "who":
      return field.as === undefined ? { $ref: "#/$defs/who" } : namedSchema(field.as);
    case "condition":
      return { $ref: "#/$defs/condition" };
    case "actions":
      if (field.lone !== true) return { $ref: "#/$defs/actions" };
      return { if: { type: "array" }, then: { $ref: "#/$defs/actions" }, else: { $ref: "#/$defs/action" } };
    case "list":
      return listSchema(field, context);
    case "map":
      return mapSchema(field, context);
    case "object":
      return objectSchema(field.fields, context, { short: field.short });
  }
}

/** One name or several, of what an entry of a list of people goes by. */
export function namedSchema(as: (typeof whoKeys)[number]): Schema {
  const item: Schema = as === "can" ? { enum: Object.keys(rights) } : { type: ["string", "number"] };
  return { if: { type: "array" }, then: { items: item }, else: item };
}

function orExpression(schema: Schema, context: SchemaContext): Schema {
  return context.dynamic ? { anyOf: [schema, { type: "string", pattern: expression }] } : schema;
}

function plainSchema(field: Extract<Field, { kind: "plain" }>, context: SchemaContext): Schema {
  const limits: Record<string, unknown> = {};
  if (field.pattern !== undefined) limits.pattern = field.pattern;
  if (field.format === "time_of_day") limits.pattern = timeOfDayPattern;
  if (field.maxLength !== undefined) limits.maxLength = field.maxLength;
  if (Object.keys(limits).length === 0) return { type: scalar };
  return context.dynamic ? orExpression({ type: scalar, ...limits }, context) : { type: scalar, ...limits };
}

function numberSchema(field: Extract<Field, { kind: "integer" | "number" }>, context: SchemaContext): Schema {
  const bounds: Record<string, unknown> = {};
  if (field.minimum !== undefined) bounds.minimum = field.minimum;
  if (field.maximum !== undefined) bounds.maximum = field.maximum;
  if (field.positive === true) bounds.exclusiveMinimum = 0;
  const digits = field.kind === "integer" ? "^\\s*[+-]?\\d+\\s*$" : "^\\s*[+-]?\\d+(\\.\\d+)?\\s*$";
  const written = field.orDuration === true ? `${digits}|${durationPattern}` : digits;
  const pattern = context.dynamic ? `${written}|${expression}` : written;
  return { type: [field.kind, "string"], ...bounds, pattern };
}

function listSchema(field: Extract<Field, { kind: "list" }>, context: SchemaContext): Schema {
  const item = fieldSchema(field.of, context);
  const list: Record<string, unknown> = { type: "array", items: item };
  if (field.minItems !== undefined) list.minItems = field.minItems;
  if (field.maxItems !== undefined) list.maxItems = field.maxItems;
  return field.lone === true ? { if: { type: "array" }, then: list, else: item } : list;
}

function mapSchema(field: Extract<Field, { kind: "map" }>, context: SchemaContext): Schema {
  const names = field.keys === undefined ? {} : { propertyNames: { pattern: field.keys } };
  const least = field.minItems === undefined ? {} : { minProperties: field.minItems };
  const most = field.maxItems === undefined ? {} : { maxProperties: field.maxItems };
  return { type: "object", ...names, ...least, ...most, additionalProperties: fieldSchema(field.of, context) };
}

/** A map that is an entry of a list of people, such as `{ role: Moderator }`, and no map of fields. */
const whoEntry: Schema = { anyOf: whoKeys.map((key) => ({ required: [key] })) };

/** How an object may be written besides as a map of its fields. */
export interface ObjectForm {
  readonly short?: string | undefined;
  /** Keys that stand beside the fields. */
  readonly beside?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** The schema of a map with known keys, and of the plain value that may stand for it. */
export function objectSchema(fields: Fields, context: SchemaContext, form: ObjectForm = {}): Schema {
  const properties: Record<string, Schema> = {};
  for (const [name, field] of Object.entries(fields)) properties[name] = fieldSchema(field, context);
  const required = Object.entries(fields).flatMap(([name, field]) => (mayBeLeftOut(field) ? [] : [name]));
  required.push(...(form.required ?? []));
  const long: Record<string, unknown> = {
    type: "object",
    properties: { ...properties, ...form.beside },
    additionalProperties: false,
  };
  if (required.length > 0) long.required = required;
  const short = form.short === undefined ? undefined : fields[form.short];
  if (short?.kind === "map") return fieldSchema(short, context);
  if (short !== undefined) {
    const others = required.filter((name) => name !== form.short);
    const isLong = {
      type: "object",
      ...(short.kind === "who" ? { not: whoEntry } : notAnAction(short, fields, context)),
    };
    return { if: isLong, then: long, else: others.length > 0 ? { not: {} } : fieldSchema(short, context) };
  }
  return required.length === 0 ? { ...long, type: ["object", "null"] } : long;
}

/** Says of a map that it is no action, such as `reply: Hello`, where actions may stand for the whole. */
function notAnAction(short: Field, fields: Fields, { words }: SchemaContext): Schema {
  if (short.kind !== "actions") return {};
  const names = [...words.actions.keys()].filter((name) => !Object.hasOwn(fields, name));
  return { not: { anyOf: names.map((name) => ({ required: [name] })) } };
}
