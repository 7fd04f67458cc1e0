import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { packHeads } from "../../scripts/generators/packs.ts";
import { documentSchema } from "../../src/config/json-schema/document.ts";
import validate from "../../src/config/shape/validator.generated.js";
import { registry } from "../../src/words/registry.ts";

/** The emitted code is a slimmer form of the schema; this is the schema itself. */
const published = new Ajv2020({ strict: false, allowUnionTypes: true }).compile(documentSchema(registry, packHeads()));
const folder = join(import.meta.dirname, "../configs");
const files = ["ok", "err"].flatMap((name) =>
  readdirSync(join(folder, name))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => `${name}/${file}`),
);
const values = new Map<string, unknown>(
  files.flatMap((file) => {
    const value = readValue(readFileSync(join(folder, file), "utf8"));
    return typeof value === "object" && value !== null ? [[file, value]] : [];
  }),
);

describe("the emitted code and the published schema agree", () => {
  test("on every example file", () => {
    const accepted = { right: 0, wrong: 0 };
    for (const [file, value] of values) {
      expect(validate(value), file).toBe(published(value));
      accepted[published(value) ? "right" : "wrong"]++;
    }
    expect(accepted.right).toBeGreaterThan(50);
    expect(accepted.wrong).toBeGreaterThan(50);
  });

  test("on files with something out of place", () => {
    const right = [...values.values()].filter((value) => published(value));
    const strange = fc.constantFrom<unknown>(null, "", "10m", "nonsense!", 0, -1, 3.5, true, [], {}, ["a"], { a: 1 });
    const counts = { right: 0, wrong: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...right), fc.nat(), fc.nat(), strange, (value, at, how, instead) => {
        const changed = structuredClone(value);
        change(changed, at, how, instead);
        expect(validate(changed), JSON.stringify(changed)).toBe(published(changed));
        counts[published(changed) ? "right" : "wrong"]++;
      }),
      { seed: 20, numRuns: 3000 },
    );
    expect(counts.right).toBeGreaterThan(100);
    expect(counts.wrong).toBeGreaterThan(1000);
  });
});

/** @returns undefined for what is no YAML, or never ends. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(JSON.stringify(parse(text, { logLevel: "error" })));
  } catch {
    return undefined;
  }
}

/** Replaces, renames, adds or takes away one of the members anywhere in a value. */
function change(value: unknown, at: number, how: number, instead: unknown): void {
  const places: (readonly [Record<string, unknown>, string])[] = [];
  const collect = (one: unknown): void => {
    if (typeof one !== "object" || one === null) return;
    for (const [key, member] of Object.entries(one)) {
      places.push([one as Record<string, unknown>, key]);
      collect(member);
    }
  };
  collect(value);
  const [holder, key] = places[at % places.length]!;
  if (how % 4 === 0) delete holder[key];
  else if (how % 4 === 1) holder[`${key}x`] = holder[key];
  else holder[key] = instead;
}
