import type { CanonicalTest, TestStep } from "../../contracts/rehearsal.ts";
import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";

/** Words of the steps, which nobody can be called. */
const reserved: ReadonlySet<string> = new Set(["bot", "bot_silent", "expect", "after", "as", "restart", "webhook"]);

/** People, groups, data, platforms and webhooks that a test names must be there. */
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

  const paths = config.rules.flatMap(({ when }) =>
    when.flatMap(({ trigger, args }) => (trigger === "webhook" ? [String(args.path).replace(/^\//, "")] : [])),
  );

  function* webhook(step: Extract<TestStep, { does: "webhook" }>): Generator<Diagnostic> {
    const at = paths.includes(step.webhook) ? undefined : origins.position(step, "webhook");
    if (at === undefined) return;
    const near = suggest(step.webhook, paths);
    const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
    const message = `no rule waits for a webhook "${step.webhook}".${meant}`;
    const others = paths.length === 0 ? "a rule waits for one by when: { webhook: … }" : `there is ${paths.join(", ")}`;
    yield errorAt(at, { code: "unknown-webhook", message, ...(near === undefined ? { hint: others } : {}) });
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
    for (const step of steps) {
      if (step.does === "expect") yield* data(step.expected.data ?? {});
      if (step.does === "webhook") yield* webhook(step);
    }
  }

  for (const test of config.tests) yield* ofTest(test);
};
