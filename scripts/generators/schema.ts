import { documentSchema } from "../../src/config/json-schema/document.ts";
import { registry } from "../../src/words/registry.ts";
import type { Generated } from "./generator.ts";
import { packHeads } from "./packs.ts";

/** The JSON Schema that editors complete and explain bot.yaml with. */
export function generateSchema(): Generated[] {
  const schema = documentSchema(registry, packHeads());
  return [{ path: "schemas/bot.schema.json", text: `${JSON.stringify(schema, null, 2)}\n` }];
}
