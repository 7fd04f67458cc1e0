import { describe, expect, test } from "vitest";
import { sectionPages } from "../../src/config/json-schema/sections.ts";
import { sections } from "../../src/config/shape/section-names.ts";
import { diagnosticsOf, loadText, shown, whole } from "./support.ts";

describe("the example of every section is in order", () => {
  test.each(Object.entries(sectionPages))("%s", async (name, { about, example, files }) => {
    expect(about).toMatch(/^[A-Z].*\.$/);
    expect(example).toMatch(new RegExp(`^${name}:`, "m"));
    const loaded = await loadText(whole(example), files);
    expect(shown(loaded, diagnosticsOf(loaded))).toBe("");
  });
});

test("the pages stand in the order of the sections", () => {
  expect(Object.keys(sectionPages)).toEqual([...sections]);
});
