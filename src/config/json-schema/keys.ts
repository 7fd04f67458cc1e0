import { durationPattern, type Schema, scalar } from "./field.ts";

/** One key of the file, as the reference and `botctl explain` tell of it. */
export interface KeyRow {
  /** `commands.<name>.options`: `<name>` is a name of the writer's own, `[]` an item of a list. */
  readonly path: string;
  /** What is written for it, and what it is if left out. */
  readonly written: string;
  readonly about: string;
}

/** How a page marks what is written as it stands, and how it refers to what has a page of its own. */
export interface Marks {
  readonly code: (text: string) => string;
  readonly refer: (definition: string) => string;
}

/** Every key below a part of the schema, in its order. */
export function keyRows(schema: Schema, path: string, marks: Marks): KeyRow[] {
  const rows: KeyRow[] = [];
  for (const form of formsOf(schema)) {
    const required = new Set((form.required as readonly string[] | undefined) ?? []);
    for (const [key, value] of Object.entries((form.properties ?? {}) as Record<string, Schema>))
      rows.push(...rowOf(value, `${path}.${key}`, required.has(key), marks));
    const each = form.additionalProperties;
    if (typeof each === "object" && each !== null) rows.push(...rowOf(each as Schema, `${path}.<name>`, false, marks));
    const items = form.items;
    if (typeof items === "object" && items !== null) rows.push(...keyRows(items as Schema, `${path}[]`, marks));
  }
  // What several forms have is told of with the first.
  return rows.filter(({ path: at }, index) => rows.findIndex((one) => one.path === at) === index);
}

function rowOf(schema: Schema, path: string, needed: boolean, marks: Marks): KeyRow[] {
  const inner = path.split(/[.[]/).length > 6 ? [] : keyRows(schema, path, marks);
  const [form] = formsOf(schema);
  const about = String(schema.description ?? form?.description ?? "");
  if (about === "" && inner.length > 0) return inner;
  return [
    { path, written: `${written(schema, marks)}${needed ? "; needed" : fallback(schema, marks)}`, about },
    ...inner,
  ];
}

function fallback({ default: value }: Schema, { code }: Marks): string {
  const shown = Array.isArray(value) ? value.join(", ") : value;
  if (shown === undefined || shown === "") return "";
  return `; ${typeof shown === "boolean" ? (shown ? "yes" : "no") : code(String(shown))} if left out`;
}

/** The forms of a value that have keys or items: the long form where a plain value, or a lone item, may stand for the whole. */
function formsOf(schema: Schema): Schema[] {
  if (hasKeys(schema)) return [schema];
  const { then, else: other } = schema as { then?: Schema; else?: Schema };
  const forms = then?.items === undefined ? [then, other] : [then];
  return forms.flatMap((form) => (form === undefined ? [] : formsOf(form)));
}

const hasKeys = ({ properties, items, additionalProperties }: Schema): boolean =>
  properties !== undefined || items !== undefined || typeof additionalProperties === "object";

function written(schema: Schema, marks: Marks): string {
  const [literal] = (schema.anyOf as readonly Schema[] | undefined) ?? [];
  if (literal !== undefined) return written(literal, marks);
  if (typeof schema.$ref === "string") return marks.refer(schema.$ref.split("/").at(-1)!);
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.filter((one) => typeof one === "string");
    return values.includes("yes") ? "yes or no" : `one of ${values.map((one) => marks.code(one)).join(", ")}`;
  }
  const short = schema.else as Schema | undefined;
  if (schema.if !== undefined && short !== undefined && Object.keys(short).length > 0)
    return `${written(short, marks)}, or ${isList(schema.then as Schema) ? "a list" : "the keys below"}`;
  return plain(schema, marks);
}

const isList = ({ type, items, $ref }: Schema): boolean =>
  type === "array" || items !== undefined || $ref === "#/$defs/actions";

function plain(schema: Schema, { code }: Marks): string {
  const types = [schema.type ?? "any"].flat().filter((type) => type !== "null") as string[];
  if (scalar.every((type) => types.includes(type)) && types.includes("array")) return "any value";
  if (types.includes("object")) return "keys of its own";
  if (types.includes("array")) return "a list";
  if (types.includes("integer")) return "whole number";
  if (types.includes("number") && !types.includes("boolean")) return "number";
  if (types.includes("boolean") && !types.includes("number")) return "yes or no";
  return schema.pattern === durationPattern ? `duration, such as ${code("10m")}` : "text";
}
