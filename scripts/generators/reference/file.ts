import { documentSchema } from "../../../src/config/json-schema/document.ts";
import type { Schema } from "../../../src/config/json-schema/field.ts";
import { keyRows, type Marks } from "../../../src/config/json-schema/keys.ts";
import { sectionPages } from "../../../src/config/json-schema/sections.ts";
import { registry } from "../../../src/words/registry.ts";
import { packHeads } from "../packs.ts";
import { code, generatedNote, keyTable, page, yaml } from "./markdown.ts";

/** Sections that have pages of their own. */
const elsewhere: Readonly<Record<string, string>> = {
  platforms: "Their settings are on the page [Platforms](platforms.md).",
  packs: "Each has a page of its own under [packs](../packs).",
};

const links: Readonly<Record<string, string>> = {
  actions: "[actions](actions.md)",
  action: "[action](actions.md)",
  condition: "[condition](conditions.md)",
  trigger: "[trigger](triggers.md)",
  who: "who: groups, rights, roles, people",
};

const marks: Marks = { code, refer: (definition) => links[definition] ?? definition };

/** Every key of a bot.yaml, read from the published schema. */
export function filePage(): string {
  const { properties } = documentSchema(registry, packHeads()) as { properties: Record<string, Schema> };
  return page(
    generatedNote,
    "# The file",
    "The sections of a bot.yaml, in the order in which people write them. `<name>` is a name of your own, `[]` an item of a list. Keys that begin with `x-` are yours. `botctl explain <section>` shows the same in the terminal.",
    ...Object.entries(sectionPages).flatMap(([name, { about, example, files = {} }]) => [
      `## ${name}`,
      about,
      yaml(example),
      ...Object.entries(files).flatMap(([file, text]) => [`The file ${code(file)}:`, yaml(text)]),
      elsewhere[name] ?? keyTable(keyRows(properties[name]!, name, marks)),
    ]),
  );
}
