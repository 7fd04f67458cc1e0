import fc from "fast-check";
import { expect, test } from "vitest";
import type { RawOption } from "../../../src/contracts/event.ts";
import type { CommandOptionForm } from "../../../src/contracts/platform.ts";
import { Refusal } from "../../../src/plan/program.ts";
import { type OptionLookup, readOptions } from "../../../src/runtime/engine/options.ts";
import { say } from "../../../src/sentences/sentence.ts";
import { inEnglish } from "../../../src/sentences/speaker.ts";

const ada = { platform: "console", id: "ada", name: "ada", isBot: false };
const lookup: OptionLookup = {
  timezone: "UTC",
  person: async (name) => (name.includes("a") ? ada : undefined),
  async role(name) {
    if (name.includes("a")) return { id: name, name };
    throw new Refusal(say("no_role", { name, near: undefined }));
  },
  async channel(name) {
    if (name.includes("a")) return { id: name, name };
    throw new Refusal(say("no_channel", { name, near: undefined }));
  },
};

const types = ["text", "integer", "number", "boolean", "choice", "member", "role", "channel", "duration"] as const;
const forms = fc
  .array(
    fc.record(
      {
        type: fc.constantFrom(...types),
        required: fc.boolean(),
        minimum: fc.integer({ min: -5, max: 5 }),
        maximum: fc.integer({ min: -5, max: 5 }),
        minLength: fc.integer({ min: 0, max: 3 }),
        maxLength: fc.integer({ min: 1, max: 8 }),
      },
      { requiredKeys: ["type", "required"] },
    ),
    { maxLength: 4 },
  )
  .map((list) =>
    list.map(
      (one, index): CommandOptionForm => ({ name: `o${index}`, description: "", choices: ["small", "large"], ...one }),
    ),
  );

const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "@ada",
    '"two words"',
    "“round ones”",
    '"',
    "10m",
    "-3",
    "1.5",
    "yes",
    "small",
    " ",
    "\n",
    "#a",
    "1e9",
  ),
);
const typed = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(" "));
const entities = fc.array(
  fc.record({
    offset: fc.integer({ min: 0, max: 40 }),
    length: fc.integer({ min: 1, max: 10 }),
    kind: fc.constantFrom("user" as const, "role" as const, "channel" as const),
    id: fc.string(),
    name: fc.string(),
  }),
  { maxLength: 3 },
);
const raw: fc.Arbitrary<RawOption> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), text: typed }),
  fc.record({ kind: fc.constant("number" as const), number: fc.double() }),
  fc.record({ kind: fc.constant("boolean" as const), boolean: fc.boolean() }),
  fc.constant({ kind: "person" as const, person: ada }),
  fc.constant({ kind: "role" as const, role: { id: "r", name: "r" } }),
  fc.constant({ kind: "channel" as const, channel: { id: "c", name: "c", direct: false } }),
);

/** Checks that what was accepted is what the declarations promise, and what was not is refused in a sentence. */
async function acceptedOrRefused(
  declared: readonly CommandOptionForm[],
  input: Parameters<typeof readOptions>[2]["input"],
) {
  try {
    const values = await readOptions("/try", declared, { name: "try", addressed: true, input }, undefined, lookup);
    expect(Object.keys(values)).toEqual(declared.map((option) => option.name));
    for (const option of declared) {
      const value = values[option.name];
      if (option.required) expect(value).not.toBeNull();
      if (typeof value !== "number") continue;
      expect(Number.isFinite(value)).toBe(true);
      if (option.type === "integer") expect(Number.isSafeInteger(value)).toBe(true);
      if (option.minimum !== undefined) expect(value).toBeGreaterThanOrEqual(option.minimum);
      if (option.maximum !== undefined) expect(value).toBeLessThanOrEqual(option.maximum);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(inEnglish(error.sentence)).toMatch(/Write it like this: \/try|^There is no (role|channel) "/);
  }
}

test("whatever is typed, options are read or refused in a sentence", async () => {
  const property = fc.asyncProperty(forms, typed, entities, (declared, text, found) =>
    acceptedOrRefused(declared, { kind: "text", text, entities: found }),
  );
  await fc.assert(property, { seed: 2, numRuns: 1500 });
});

test("whatever a form sends, options are read or refused in a sentence", async () => {
  const filled = fc.dictionary(fc.constantFrom("o0", "o1", "o2", "o3", "o9", "__proto__", "constructor"), raw);
  const property = fc.asyncProperty(forms, filled, (declared, options) =>
    acceptedOrRefused(declared, { kind: "options", options }),
  );
  await fc.assert(property, { seed: 3, numRuns: 1500 });
});
