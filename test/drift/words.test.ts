import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import type { Field, Fields } from "../../src/contracts/fields.ts";
import { actions, conditions, platforms, triggers } from "../../src/words/registry.ts";

const rooms = { actions, conditions, triggers, platforms };

function filesOf(room: string): string[] {
  const entries = readdirSync(`src/${room}`, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => basename(entry.name, ".ts"));
}

describe.each(Object.entries(rooms))("%s", (room, registered) => {
  test("are the files of their folder", () => {
    expect([...registered.keys()].sort()).toEqual(filesOf(room).sort());
  });

  test.each([...registered])("%s has its name from its file", async (name, definition) => {
    expect(definition.name).toBe(name);
    const module = (await import(`../../src/${room}/${name}.ts`)) as Record<string, unknown>;
    expect(Object.values(module)).toContain(definition);
    expect(module[name === "if" ? "ifAction" : name]).toBe(definition);
  });
});

const words = [...actions.values(), ...conditions.values(), ...triggers.values()];

test.each(words.map((word) => [word.kind, word.name, word] as const))("the %s %s says what it does", (_, __, word) => {
  expect(word.summary).toMatch(/^[A-Z].*\.$/);
  // A trigger that its place in the file gives is never written, so there is nothing to show.
  const written = !("implicit" in word && word.implicit);
  expect(word.examples.length > 0).toBe(written);
  for (const { about, yaml } of word.examples) {
    expect(about).toMatch(/^[A-Z].*[^.]$/);
    expect(yaml.startsWith(word.name)).toBe(true);
  }
  if ("fields" in word) checkFields(word.fields);
  if ("short" in word && word.short !== undefined) expect(Object.keys(word.fields)).toContain(word.short);
});

function checkFields(fields: Fields): void {
  for (const field of Object.values(fields)) checkField(field);
}

function checkField(field: Field): void {
  expect(field.about).toMatch(/^[A-Z].*\.$/);
  if (field.kind === "list" || field.kind === "map") checkField(field.of);
  if (field.kind === "object") checkFields(field.fields);
}

test.each([...actions.values()].map((word) => [word.name, word] as const))(
  "the action %s names its own fields only",
  (_, word) => {
    const own = Object.keys(word.fields);
    for (const named of [word.target, word.role, word.block?.key, ...Object.keys(word.usesWhen ?? {})])
      if (named !== undefined) expect(own).toContain(named);
    expect(word.outcomes.done).toMatch(/^[A-Z].*\.$/);
    // What is done to a place is done to nobody.
    if (word.moderation === true && word.target === undefined) expect(own).toContain("channel");
  },
);

test("names that every object has are no words", () => {
  for (const registered of Object.values(rooms))
    for (const name of ["constructor", "__proto__", "toString"]) expect(registered.get(name)).toBeUndefined();
});
