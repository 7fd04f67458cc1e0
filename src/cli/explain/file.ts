import { documentSchema } from "../../config/json-schema/document.ts";
import type { Schema } from "../../config/json-schema/field.ts";
import { fieldRows } from "../../config/json-schema/field-rows.ts";
import { type KeyRow, keyRows, type Marks } from "../../config/json-schema/keys.ts";
import { sectionPages } from "../../config/json-schema/sections.ts";
import type { Fields } from "../../contracts/fields.ts";
import { actions, conditions, registry, triggers } from "../../words/registry.ts";
import { example, list, paragraph } from "./text.ts";
import { keyTree } from "./tree.ts";

/** Sections whose keys are told by a list of their own. */
const withLists: ReadonlySet<string> = new Set(["platforms", "packs", "messages"]);

const terms: Readonly<Record<string, string>> = {
  actions: "a list of actions",
  action: "an action",
  condition: "a condition",
  trigger: "a trigger",
  who: "who: groups, rights, roles, people",
};

const marks: Marks = { code: String, refer: (definition) => terms[definition] ?? definition };

/** What a bot.yaml consists of. */
export function sectionList(): string {
  const entries = Object.entries(sectionPages).map(([name, { about }]) => ({ name, summary: about }));
  return list("The sections of a bot.yaml", entries);
}

/** A section: what it is for, its keys, and an example. */
export function sectionPage(name: string): string {
  const { about, example: text, files = {} } = sectionPages[name as keyof typeof sectionPages];
  const keys = withLists.has(name) ? "" : keyTree(rowsOfSection(name), name);
  return [
    `${name} (section)\n\n${paragraph(about)}`,
    ...(keys === "" ? [] : [`What can be written in it:\n${keys}`]),
    example("Example", text),
    ...Object.entries(files).map(([file, content]) => example(`The file ${file}`, content)),
  ].join("\n");
}

/** A key that has no page by another name: every place where it stands, and what stands in it. */
export function keyPage(name: string): string {
  const places = new Map<string, string[]>();
  const examples: string[] = [];
  for (const part of parts()) {
    for (const [at, row] of part.rows.entries()) {
      if (nameOf(row) !== name) continue;
      const above = row.path.slice(0, -name.length - 1);
      const isBelow = ({ path }: KeyRow) => path.startsWith(`${row.path}.`) || path.startsWith(`${row.path}[`);
      const behind = part.rows.slice(at + 1);
      const end = behind.findIndex((other) => !isBelow(other));
      const body = keyTree([row, ...(end === -1 ? behind : behind.slice(0, end))], above);
      places.set(body, [...(places.get(body) ?? []), above]);
      examples.push(...part.examples.filter((text) => new RegExp(`\\b${name}:\\s`).test(text)));
    }
  }
  return [
    `${name} (key)\n`,
    ...[...places].map(([body, where]) => `${paragraph(`In ${where.join(", ")}:`)}${body}`),
    ...examples.slice(0, 1).map((text) => example("Example", text)),
  ].join("\n");
}

/** Names of keys, of the file's sections and of its words. */
export function keyNames(): Set<string> {
  return new Set(parts().flatMap(({ rows }) => rows.flatMap((row) => nameOf(row) ?? [])));
}

interface Part {
  readonly rows: readonly KeyRow[];
  readonly examples: readonly string[];
}

/** Sections and words, whose keys are looked through. */
function parts(): Part[] {
  const words = [actions, conditions, triggers].flatMap((all) => [...all.values()]);
  const own = Object.entries(sectionPages).filter(([name]) => !withLists.has(name));
  return [
    ...own.map(([name, page]) => ({ rows: rowsOfSection(name), examples: [page.example] })),
    ...words.map((word) => ({
      rows: rowsOfFields("fields" in word ? word.fields : {}, word.name),
      examples: word.examples.map(({ yaml }) => yaml),
    })),
  ];
}

/** What can be written in a word of the file, or in the settings of a platform. */
export function fieldTree(fields: Fields): string {
  return keyTree(rowsOfFields(fields, ""), "");
}

/** As in sections, only what is needed says so. */
function rowsOfFields(fields: Fields, path: string): KeyRow[] {
  const rows = fieldRows(fields, path, marks.code);
  return rows.map((row) => ({ ...row, written: row.written.replace(/; may be left out$/, "") }));
}

function rowsOfSection(name: string): KeyRow[] {
  return keyRows(documentSchemas()[name]!, name, marks);
}

let made: Readonly<Record<string, Schema>> | undefined;

/** The schema of each section. */
function documentSchemas(): Readonly<Record<string, Schema>> {
  made ??= documentSchema(registry, []).properties as Readonly<Record<string, Schema>>;
  return made;
}

const nameOf = ({ path }: KeyRow): string | undefined => /\.(\w+)$/.exec(path)?.[1];
