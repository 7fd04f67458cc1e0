import type { CanonicalTest } from "../../contracts/rehearsal.ts";
import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";

/** Words of the steps, which nobody can be called. */
const reserved: ReadonlySet<string> = new Set(["bot", "bot_silent", "expect", "after", "as", "restart"]);

/** People, groups, data and platforms that a test names must be there. */
export const testNames: Check = function* ({ config, origins }) {
  function* unknown(
    written: object,
    key: string | number,
    of: "key" | "value",
    name: string,
    known: readonly string[],
    section: "data" | "permissions" | "platforms",
  ): Generator<Diagnostic> {
    const at = origins.position(written, key, of);
    if (at === undefined || known.includes(name)) return;
    const near = suggest(name, known);
    const message = `there is no "${name}" under ${section}.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
    const code = { data: "unknown-data", permissions: "unknown-group", platforms: "undeclared-platform" } as const;
    yield errorAt(at, { code: code[section], message });
  }

  function* data(values: object): Generator<Diagnostic> {
    for (const name of Object.keys(values)) yield* unknown(values, name, "key", name, Object.keys(config.data), "data");
  }

  function* ofTest({ given, platforms, steps }: CanonicalTest): Generator<Diagnostic> {
    for (const [index, name] of platforms.entries())
      yield* unknown(platforms, index, "value", name, Object.keys(config.platforms), "platforms");
    yield* data(given.data);
    for (const [name, person] of Object.entries(given.people)) {
      const at = reserved.has(name) ? origins.position(given.people, name, "key") : undefined;
      if (at !== undefined) {
        const message = `nobody in a test can be called "${name}": it is a word of the steps.`;
        yield errorAt(at, { code: "reserved-name", message, hint: "give the person another name, such as ada" });
      }
      for (const [index, group] of person.groups.entries())
        yield* unknown(person.groups, index, "value", group, Object.keys(config.permissions), "permissions");
      yield* data(person.data);
    }
    for (const step of steps) if (step.does === "expect") yield* data(step.expected.data ?? {});
  }

  for (const test of config.tests) yield* ofTest(test);
};
