import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse, parseDocument } from "yaml";
import { packHeads } from "../../scripts/generators/packs.ts";
import { documentSchema } from "../../src/config/json-schema/document.ts";
import { registry } from "../../src/words/registry.ts";
import { loadText } from "./support.ts";

const validate = new Ajv2020({ strict: false, allowUnionTypes: true }).compile(documentSchema(registry, packHeads()));
const folder = join(import.meta.dirname, "../configs");
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const filesIn = (name: string) => readdirSync(join(folder, name)).filter((file) => file.endsWith(".yaml"));

describe("what botctl accepts, an editor accepts", () => {
  test.each(filesIn("ok"))("%s", (name) => {
    validate(parse(read(`ok/${name}`)));
    expect(validate.errors ?? []).toEqual([]);
  });
});

/** Mistakes that a schema can see. */
const shapeCodes = new Set([
  "unknown-key",
  "unknown-action",
  "unknown-condition",
  "unknown-trigger",
  "unknown-platform",
  "unknown-right",
  "missing-key",
  "empty-value",
  "wrong-type",
  "not-a-choice",
  "out-of-range",
  "several-in-one-item",
  "action-without-dash",
  "action-without-arguments",
  "no-action",
  "misplaced-key",
]);

/** Files whose mistake is of such a kind, but needs more than a schema to be seen; each with its reason. */
const beyondSchema: Record<string, string> = {
  "default-of-wrong-type.yaml": "what a default may be depends on the type beside it",
  "choice-without-choices.yaml": "choices are only needed for one type",
  "duration-too-short.yaml": "durations are texts in a schema",
  "numbers-as-programs-write-them.yaml": "YAML reads them as numbers",
  "missing-way-in.yaml": "one of two keys must be there",
  "nothing-to-say.yaml": "one of several keys must be there",
  "bounds-of-types.yaml": "which bounds fit is said by the type beside them",
  "condition-platform-misspelt.yaml": "what a condition compares with is any text to a schema",
};

test("what botctl refuses for its shape, an editor marks too", async () => {
  const missed: string[] = [];
  let compared = 0;
  for (const name of filesIn("err")) {
    const loaded = await loadText(read(`err/${name}`));
    const errors = loaded.ok ? [] : loaded.diagnostics.filter((one) => one.severity === "error");
    if (errors.length === 0 || !errors.every((one) => shapeCodes.has(one.code)) || name in beyondSchema) continue;
    compared++;
    const document = parseDocument(read(`err/${name}`));
    const accepted = document.errors.length === 0 && validate(document.toJS());
    if (accepted) missed.push(name);
  }
  expect(missed).toEqual([]);
  expect(compared).toBeGreaterThan(30);
});
