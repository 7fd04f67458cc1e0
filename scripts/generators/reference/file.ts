import { documentSchema } from "../../../src/config/json-schema/document.ts";
import type { Schema } from "../../../src/config/json-schema/field.ts";
import { registry } from "../../../src/words/registry.ts";
import { packHeads } from "../packs.ts";
import { code, generatedNote, page, table } from "./markdown.ts";

/** Sections that have pages of their own. */
const elsewhere: Readonly<Record<string, string>> = {
  platforms: "Their settings are on the page [Platforms](platforms.md).",
  packs: "Each has a page of its own under [packs](../packs).",
};

/** Every key of a bot.yaml, read from the published schema. */
export function filePage(): string {
  const { properties } = documentSchema(registry, packHeads()) as { properties: Record<string, Schema> };
  return page(
    generatedNote,
    "# The file",
    "The sections of a bot.yaml, in the order in which people write them. `<name>` is a name of your own, `[]` an item of a list. Keys that begin with `x-` are yours.",
    ...Object.entries(properties).flatMap(([name, schema]) => {
      const about = elsewhere[name];
      return [
        `## ${name}`,
        String(schema.description ?? ""),
        about ?? table(["key", "what is written", "what it means"], rowsOf(schema, name)),
      ];
    }),
  );
}

function rowsOf(schema: Schema, path: string): string[][] {
  const long = longForm(schema);
  const rows: string[][] = [];
  const required = new Set((long.required as readonly string[] | undefined) ?? []);
  for (const [key, value] of Object.entries((long.properties ?? {}) as Record<string, Schema>))
    rows.push(...rowOf(value, `${path}.${key}`, required.has(key)));
  const each = long.additionalProperties;
  if (typeof each === "object" && each !== null) rows.push(...rowOf(each as Schema, `${path}.<name>`, false));
  const items = long.items;
  if (typeof items === "object" && items !== null) rows.push(...rowsOf(items as Schema, `${path}[]`));
  return rows;
}

function rowOf(schema: Schema, path: string, needed: boolean): string[][] {
  const inner = path.split(/[.[]/).length > 6 ? [] : rowsOf(schema, path);
  const about = String(longForm(schema).description ?? schema.description ?? "");
  const fallback =
    schema.default === undefined || schema.default === "" ? "" : `; ${code(shown(schema.default))} if left out`;
  if (about === "" && inner.length > 0) return inner;
  return [[code(path), `${written(schema)}${needed ? "; needed" : fallback}`, about], ...inner];
}

/** The form that has keys, where a plain value may stand for the whole. */
function longForm(schema: Schema): Schema {
  if (schema.properties !== undefined || schema.items !== undefined) return schema;
  const then = schema.then as Schema | undefined;
  return then?.properties !== undefined || then?.items !== undefined || then?.additionalProperties !== undefined
    ? { ...then, description: schema.description ?? then.description }
    : schema;
}

const links: Readonly<Record<string, string>> = {
  actions: "[actions](actions.md)",
  action: "[action](actions.md)",
  condition: "[condition](conditions.md)",
  trigger: "[trigger](triggers.md)",
  who: "who: groups, rights, roles, people",
};

function written(schema: Schema): string {
  const reference = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1)! : undefined;
  if (reference !== undefined) return links[reference] ?? reference;
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.filter((one) => typeof one === "string");
    return values.includes("yes") ? "yes or no" : `one of ${values.map((one) => code(one)).join(", ")}`;
  }
  const plain = schema.else as Schema | undefined;
  if (schema.if !== undefined && plain !== undefined && Object.keys(plain).length > 0)
    return `${written(plain)}, or more of it`;
  const types = [schema.type ?? "any"].flat().filter((type) => type !== "null");
  if (types.includes("object")) return "keys";
  if (types.includes("array")) return "a list";
  if (types.includes("integer")) return "whole number";
  if (types.includes("number") && !types.includes("boolean")) return "number";
  return "text";
}

const shown = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : String(value));
