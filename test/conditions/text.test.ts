import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { text } from "../../src/conditions/text.ts";
import { contextOf, eventOf } from "./support.ts";

type Args = Partial<Parameters<typeof text.compile>[0]>;

const args = (given: Args) => ({ whole_words: false, ignore_case: true, ...given });

function holds(given: Args, written: string | undefined) {
  const test = text.compile(args(given));
  if (typeof test !== "function") throw new Error(test.problem);
  return test(contextOf({ event: eventOf(written === undefined ? undefined : { text: written }) }));
}

function problem(given: Args) {
  const test = text.compile(args(given));
  return typeof test === "function" ? undefined : test;
}

test.each<[Args, string, boolean]>([
  [{ contains: ["spam"] }, "No SPAM here", true],
  [{ contains: ["spam"] }, "spammer", true],
  [{ contains: ["eggs", "spam"] }, "spam", true],
  [{ contains: ["eggs", "spam"] }, "ham", false],
  [{ contains: ["spam"], ignore_case: false }, "SPAM", false],
  [{ contains: ["ПРИВЕТ"] }, "ну привет", true],
  [{ starts_with: ["good morning"] }, "Good morning all", true],
  [{ starts_with: ["morning"] }, "Good morning", false],
  [{ ends_with: ["?"] }, "really?", true],
  [{ ends_with: ["?"] }, "really? yes", false],
  [{ equals: ["hi"] }, "  Hi\n", true],
  [{ equals: ["hi", "hello"] }, "hello", true],
  [{ equals: ["hi"] }, "hi there", false],
  [{ matches: ["order #\\d+"] }, "my Order #12 is late", true],
  [{ matches: ["^\\d+$"] }, "12a", false],
  [{ matches: ["x"], ignore_case: false }, "X", false],
  [{ matches: ["[а-я]{3}"] }, "ПРИ", true],
  [{ contains: ["spam"], ends_with: ["!"] }, "spam!", true],
  [{ contains: ["spam"], ends_with: ["!"] }, "spam?", false],
])("%j of %j is %s", (given, written, expected) => {
  expect(holds(given, written)).toBe(expected);
});

describe("whole words", () => {
  test.each<[string, string, boolean]>([
    ["cat", "the cat sat", true],
    ["cat", "cat", true],
    ["cat", "concatenate", false],
    ["cat", "cats", false],
    ["cat", "concat, then cat", true],
    ["cat", "_cat_ (cat) cat's", true],
    ["cat", "cat7", false],
    ["été", "L'été!", true],
    ["t", "été", false],
    ["мир", "миру мир", true],
    ["мир", "миру", false],
    ["हिन्द", "हिन्दी", false],
    ["हिन्दी", "मैं हिन्दी बोलता हूँ", true],
    ["שלום", "שלום!", true],
    ["𐐨", "𐐨𐐩", false],
    ["𐐩", "𐐨𐐩", false],
    ["cat", "🐈cat🐈", true],
    ["c++", "I like C++", true],
    ["c++", "vc++", false],
    ["🐈", "a🐈b", true],
  ])("%j in %j: %s", (word, written, expected) => {
    expect(holds({ contains: [word], whole_words: true }, written)).toBe(expected);
  });

  test("count at the ends of the message too", () => {
    expect(holds({ starts_with: ["good"], whole_words: true }, "Goodbye")).toBe(false);
    expect(holds({ starts_with: ["good"], whole_words: true }, "Good day")).toBe(true);
    expect(holds({ ends_with: ["day"], whole_words: true }, "Friday")).toBe(false);
    expect(holds({ ends_with: ["day"], whole_words: true }, "a day")).toBe(true);
  });
});

test("the Greek sigma is one letter, wherever it stands", () => {
  expect(holds({ contains: ["ΟΔΟΣ"] }, "οδος")).toBe(true);
  expect(holds({ contains: ["ΣΑΣ"] }, "σασα")).toBe(true);
  expect(text.words?.(args({ contains: ["ΣΑΣ"] }))).toBeUndefined();
});

test("an event without a message cannot be told", () => {
  expect(holds({ contains: ["a"] }, undefined)).toBeUndefined();
  expect(holds({ matches: ["a"] }, undefined)).toBeUndefined();
});

test.each<[string, string]>([
  ["a(b", 'a "(" is never closed; write "\\(" for the sign itself'],
  ["ab)", 'a ")" was never opened; write "\\)" for the sign itself'],
  ["[a", 'a "[" is never closed; write "\\[" for the sign itself'],
  ["*a", '"*" has nothing before it to repeat; write "\\*" for the sign itself'],
  ["a**", '"**" repeats a repetition'],
  ["a{2000}", '"{2000}" repeats too often: at most 1000 times, and the first number must not be the larger one'],
  ["[z-a]", '"z-a" is not a range of characters'],
  ["(?=x)", '"(?=" is not offered: patterns here cannot look ahead or behind'],
  ["(?<=a)b", '"(?<=a)b" is not offered: patterns here cannot look ahead or behind'],
  ["(a)\\1", '"\\1" means nothing here; pieces found before cannot be referred to'],
  ["a\\", "it ends in a lone backslash; write two for the sign itself"],
])("the bad pattern %s is explained", (pattern, why) => {
  expect(problem({ matches: ["fine", pattern] })).toEqual({
    problem: `the pattern "${pattern}" cannot be used: ${why}`,
    field: "matches",
  });
});

test("asking for nothing makes no sense", () => {
  expect(problem({})).toMatchObject({ field: "contains", problem: expect.stringContaining("contains: hello") });
  expect(problem({ equals: [] })).toMatchObject({ field: "equals", problem: expect.stringContaining("empty") });
  expect(problem({ contains: ["a", " "] })).toMatchObject({ field: "contains" });
});

test("patterns that make other engines hang answer at once", () => {
  const bad = "a".repeat(50_000);
  expect(holds({ matches: ["(a+)+$"] }, `${bad}!`)).toBe(false);
  expect(holds({ matches: ["(a|a)*b"] }, bad)).toBe(false);
});

describe("words for the one pass over the text", () => {
  test("are there when contains or equals alone decide", () => {
    expect(text.words?.(args({ contains: ["Spam", "eggs"], matches: ["x"] }))).toEqual({ anyOf: ["Spam", "eggs"] });
    expect(text.words?.(args({ equals: [" hi "] }))).toEqual({ anyOf: ["hi"] });
    expect(text.words?.(args({ starts_with: ["hi"] }))).toBeUndefined();
    expect(text.words?.(args({ matches: ["hi"] }))).toBeUndefined();
  });

  test("stand in every text for which the condition holds", () => {
    const letters = fc.constantFrom(..."aAbß İıſKéσςΣ😀д𐐨ﬁ!");
    const word = fc.string({ unit: letters, minLength: 1, maxLength: 4 }).filter((some) => some.trim() !== "");
    const written = fc.string({ unit: letters, maxLength: 8 });
    fc.assert(
      fc.property(word, written, written, fc.boolean(), fc.boolean(), (some, before, after, whole, ignore) => {
        const given: Args = { contains: [some], whole_words: whole, ignore_case: ignore };
        const message = before + some + after;
        const words = text.words?.(args(given));
        if (!whole) expect(holds(given, message)).toBe(true);
        if (words !== undefined && holds(given, message) === true)
          expect(message.toLowerCase()).toContain(words.anyOf[0]!.toLowerCase());
      }),
      { seed: 20260101, numRuns: 2000 },
    );
  });
});
