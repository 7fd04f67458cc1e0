import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import dependentSchemas from "ajv/dist/vocabularies/applicator/dependentSchemas.js";
import { buildSync } from "esbuild";
import { documentSchema } from "../../src/config/json-schema/document.ts";
import { registry } from "../../src/words/registry.ts";
import type { Generated } from "./generator.ts";
import { packHeads } from "./packs.ts";

/**
 * The published schema as code: compiling the schema costs 0.3 s, loading its code a tenth of that. It is made on
 * installing and building, and not kept in the repository.
 */
export function generateValidator(): Generated[] {
  // Not `Ajv2020`: what follows dynamic references and unevaluated members, which the schema has not, is much of the code.
  const ajv = new Ajv({
    strict: false,
    // A keyword that is not known would be left unchecked.
    strictSchema: true,
    allowUnionTypes: true,
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  ajv.addKeyword(dependentSchemas.default);
  const schema = apart(shareRepeated(withCommonMembers(cheap(bare(documentSchema(registry, packHeads()))))));
  const code = slim(standalone.default(ajv, ajv.compile(schema)));
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

/** Each section as a function of its own, so that only those that a file has are ever compiled by the engine. */
function apart(schema: object): object {
  const { properties, $defs, ...rest } = schema as { properties: Readonly<Record<string, object>>; $defs: object };
  const sections = Object.entries(properties).map(([name, one]) => [`section-${name}`, one]);
  const references = Object.keys(properties).map((name) => [name, { $ref: `#/$defs/section-${name}` }]);
  return {
    ...rest,
    properties: Object.fromEntries(references),
    $defs: { ...$defs, ...Object.fromEntries(sections) },
  };
}

/** Without what nobody reads: by which rule of the schema a mistake was found, and what only custom keywords look at. */
function slim(code: string): string {
  const short = code
    .replace(/,schemaPath:"(?:[^"\\]|\\.)*"/g, "")
    .replace(/,keyword:"\w+"/g, "")
    .replace(/,params:\{[^{}]*\}/g, "")
    .replace(/,parentData(?::\w+)?,parentDataProperty(?::(?:"(?:[^"\\]|\\.)*"|\w+))?,rootData\}/g, "}")
    .replaceAll(", parentData, parentDataProperty, rootData=data}={}", "}={}")
    .replace(
      /if\(vErrors === null\)\{vErrors = \[(\w+)\];\}\s*else \{vErrors\.push\(\1\);\}/g,
      "vErrors = added(vErrors, $1);",
    )
    .replaceAll("instancePath", "at");
  return `function added(errors, one) { if (errors === null) return [one]; errors.push(one); return errors; }${withoutSchemas(short)}`;
}

/** The code looks names of many members up in the schema that it carries along: a set of them is enough. */
function withoutSchemas(code: string): string {
  const sets = new Map<string, string>();
  const short = code.replace(
    /func\d+\.call\((schema\d+)((?:\.\w+|\["[^"]*"\])*), (\w+)\)/g,
    (_, schema: string, path: string, key: string) => {
      const literal = new RegExp(`const ${schema} = (\\{.*?\\});(?=const |function |export |$)`).exec(code)?.[1];
      if (literal === undefined) throw new Error(`the code has no ${schema}`);
      let members = JSON.parse(literal) as Record<string, unknown>;
      for (const [, plain, quoted] of path.matchAll(/\.(\w+)|\["([^"]*)"\]/g))
        members = members[(plain ?? quoted)!] as Record<string, unknown>;
      const text = JSON.stringify(Object.keys(members));
      if (!sets.has(text)) sets.set(text, `names${sets.size}`);
      return `${sets.get(text)}.has(${key})`;
    },
  );
  const declared = [...sets].map(([text, name]) => `const ${name} = new Set(${text});`);
  return `${declared.join("")}${short}`;
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

/**
 * The same schema said so that checking costs less: the compiled code makes an object for every alternative that does
 * not hold, and an action has as many alternatives as there are words. Editors know the published form better.
 */
function cheap(schema: object): object {
  const members = Object.entries(schema).map(([key, value]) => [key, cheapValue(value)]);
  const { allOf, ...rest } = Object.fromEntries(members) as { allOf?: readonly object[] };
  if (allOf === undefined) return grouped(withoutAnyOf(rest));
  const dependentSchemas: Record<string, unknown> = {};
  const others: object[] = [];
  for (const one of allOf) {
    const key = onlyWhenPresent(one);
    if (key === undefined || key in dependentSchemas) others.push(one);
    else dependentSchemas[key] = (one as { then: unknown }).then;
  }
  return grouped({ ...rest, dependentSchemas, ...(others.length > 0 && { allOf: others }) });
}

/** Keys with the same schema that are worth one piece of code for all of them. */
const worthGrouping = 6;

/** `{ properties: { a: X, b: X, … } }`: one pattern of their names instead of one piece of code for each. */
function grouped(schema: object): object {
  const { properties, patternProperties, ...rest } = schema as {
    properties?: Readonly<Record<string, unknown>>;
    patternProperties?: object;
  };
  if (properties === undefined) return schema;
  const alike = new Map<string, string[]>();
  for (const [name, one] of Object.entries(properties)) {
    const text = JSON.stringify(one);
    alike.set(text, [...(alike.get(text) ?? []), name]);
  }
  const single: Record<string, unknown> = {};
  const patterns: Record<string, unknown> = { ...patternProperties };
  for (const names of alike.values()) {
    const value = properties[names[0]!];
    if (names.length < worthGrouping || !names.every((name) => /^\w+$/.test(name)))
      for (const name of names) single[name] = properties[name];
    else patterns[`^(${names.join("|")})$`] = value;
  }
  return { ...rest, properties: single, ...(Object.keys(patterns).length > 0 && { patternProperties: patterns }) };
}

function cheapValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cheapValue);
  return typeof value === "object" && value !== null ? cheap(value) : value;
}

/** The key of `if: { type: object, required: [key] }, then: …`. */
function onlyWhenPresent(schema: object): string | undefined {
  const { if: test, then: _, ...more } = schema as { if?: object; then?: object };
  const { type, required, ...rest } = (test ?? {}) as { type?: string; required?: readonly string[] };
  const isPlain = Object.keys(more).length === 0 && Object.keys(rest).length === 0;
  return isPlain && type === "object" && required?.length === 1 ? required[0] : undefined;
}

/** `not: { anyOf: [{ required: [a] }, …] }`: none of these keys. */
function withoutAnyOf(schema: object): object {
  const { not, ...rest } = schema as { not?: { anyOf?: readonly { required?: readonly string[] }[] } };
  const keys = not?.anyOf?.map(({ required, ...more }) => (Object.keys(more).length === 0 ? required : undefined));
  if (keys === undefined || keys.some((one) => one?.length !== 1) || "properties" in rest) return schema;
  return { ...rest, properties: Object.fromEntries(keys.map((one) => [one![0], false])) };
}

/** Objects that must share a member, before it counts as common. */
const worthCommon = 20;

/** The members that most actions have, `if` and `on_error` and such, apart from the rest: one piece of code for all. */
function withCommonMembers(schema: object): object {
  const counts = new Map<string, number>();
  withEachObject(schema, (one) => {
    for (const member of Object.entries(one.properties)) {
      const text = JSON.stringify(member);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    return one;
  });
  return withEachObject(schema, (one) => {
    const common = Object.entries(one.properties).filter(
      (member) => (counts.get(JSON.stringify(member)) ?? 0) >= worthCommon,
    );
    if (common.length < 2) return one;
    const known = Object.fromEntries(common.map(([name]) => [name, true]));
    const allOf = [...(one.allOf ?? []), { properties: Object.fromEntries(common) }];
    return { ...one, properties: { ...one.properties, ...known }, allOf };
  });
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly allOf?: readonly unknown[];
}

function withEachObject(schema: object, change: (one: ObjectSchema) => ObjectSchema): object {
  const isObjectSchema = (value: unknown): value is ObjectSchema =>
    typeof value === "object" && value !== null && "properties" in value;
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) =>
    isObjectSchema(value) ? change(value) : value,
  ) as object;
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
