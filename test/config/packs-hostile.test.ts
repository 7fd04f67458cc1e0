import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settingTypes } from "../../src/config/packs/setting-types.ts";
import { diagnosticsOf, loadText } from "./support.ts";

const head = "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n";

/** Values with the words of packs in them, so that much of what is made means something. */
const text = fc.oneof(
  fc.constantFrom(
    "{{ settings.a }}",
    "{{ settings.b | size }} x",
    "{{ one.a }}",
    "settings.a",
    "one in settings.b",
    "30d",
  ),
  fc.constantFrom(
    "a",
    "b",
    "yes",
    "{{ data[settings.a] }}",
    "{% if settings.b %}x{% endif %}",
    "__proto__",
    "constructor",
  ),
  fc.string({ maxLength: 8 }),
);
const key = fc.oneof(
  fc.constantFrom("keep_if", "repeat_for", "do", "reply", "if", "name", "when", "platforms", "names", "run", "allow"),
  fc.constantFrom("a", "b", "c_{{ one }}", "{{ settings.a }}", "buttons", "options", "not"),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 5 },
    text,
    fc.integer(),
    fc.constantFrom(true, false, null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
  ),
}));
const form = fc.record(
  { type: fc.constantFrom(...settingTypes), default: value, of: value, required: fc.boolean(), choices: value },
  { requiredKeys: ["type"] },
);
const forms = fc.dictionary(fc.constantFrom("a", "b", "only", "allow", "prefix"), form);
const map = fc.dictionary(key, value, { maxKeys: 4 });

/** JSON is YAML. */
const yaml = (value: unknown): string => JSON.stringify(value);

async function isAnswered(main: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const one of diagnosticsOf(await loadText(main, files))) {
    expect(one.message).not.toMatch(/undefined|\[object|NaN/);
    expect([one.line, one.column].every((number) => number >= 1)).toBe(true);
    expect(["bot.yaml", ...Object.keys(files)]).toContain(one.file);
  }
}

describe("whatever stands in it, there are diagnostics or a plan, never an exception", () => {
  test("settings of a pack that comes with botctl", async () => {
    const names = fc.constantFrom("answers", "die", "wave_back", "only", "except", "prefix", "allow", "compliments");
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, value), (settings) =>
        isAnswered(`${head}packs: ${yaml({ fun: settings })}\n`, {}),
      ),
      { numRuns: 300, seed: 7 },
    );
  });

  test("a pack of one's own, and what is set in it", async () => {
    await fc.assert(
      fc.asyncProperty(forms, map, map, fc.array(value, { maxLength: 3 }), (settings, given, commands, rules) => {
        const pack = yaml({ pack: { name: "own", settings }, commands, rules, data: given });
        return isAnswered(`${head}packs: ${yaml({ "./own.yaml": given, fun: {} })}\n`, { "own.yaml": pack });
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  test("the commands and rules of a pack whose settings are right", async () => {
    const settings = { a: "text", b: "list", c: { type: "name", default: "gold" }, n: { type: "integer", default: 3 } };
    const given = fc.record({ a: text, b: fc.array(text, { maxLength: 3 }), n: fc.integer() }, { requiredKeys: [] });
    const action = fc.oneof(fc.record({ reply: text, keep_if: text, if: value }, { requiredKeys: ["reply"] }), value);
    const body = fc.record(
      {
        do: fc.array(action, { maxLength: 3 }),
        keep_if: text,
        repeat_for: text,
        if: value,
        platforms: text,
        allow: value,
      },
      { requiredKeys: ["do"] },
    );
    const names = fc.constantFrom("a", "b", "c_{{ settings.n }}", "d_{{ one }}", "{{ settings.c }}");
    const rule = fc.tuple(text, body).map(([name, rest]) => ({ name, when: "message", ...rest }));
    await fc.assert(
      fc.asyncProperty(given, fc.dictionary(names, body), fc.array(rule, { maxLength: 3 }), (own, commands, rules) => {
        const pack = yaml({ pack: { name: "own", settings }, commands, rules });
        return isAnswered(`${head}packs: ${yaml({ "./own.yaml": own })}\n`, { "own.yaml": pack });
      }),
      { numRuns: 1000, seed: 10 },
    );
  });

  test("included files", async () => {
    const sections = fc.dictionary(
      fc.constantFrom("commands", "rules", "data", "packs", "include", "tests", "x"),
      value,
    );
    await fc.assert(
      fc.asyncProperty(sections, sections, (one, two) =>
        isAnswered(`${head}include: [one.yaml, two.yaml]\n`, { "one.yaml": yaml(one), "two.yaml": yaml(two) }),
      ),
      { numRuns: 500, seed: 9 },
    );
  });
});

test("lists repeated for lists end in a sentence", async () => {
  const pack = `pack:
  name: many
  settings: { list: { type: list, of: integer } }
commands:
  many:
    do:
      - repeat_for: a in settings.list
        if:
          any:
            - repeat_for: b in settings.list
              text:
                contains: ["{{ a }} {{ b }}"]
        reply: Hi
`;
  const list = Array.from({ length: 400 }, (_, index) => index).join(", ");
  const loaded = await loadText(`${head}packs: { ./many.yaml: { list: [${list}] } }\n`, { "many.yaml": pack });
  expect(diagnosticsOf(loaded)).toMatchObject([{ code: "bad-repeat", message: expect.stringContaining("100000") }]);
});
