import fc from "fast-check";
import { expect, test } from "vitest";
import { keywordIndex } from "../../src/plan/keywords.ts";

const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", "é", "🦡"), minLength: 1, maxLength: 5 });

test("one pass finds exactly the words that a search for each would find", () => {
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 30 }),
      fc.string({ unit: fc.constantFrom("a", "b", "c", "é", "🦡"), maxLength: 60 }),
      (words, text) => {
        const found = new Set<number>();
        keywordIndex(words.map((word, owner) => [word, owner] as const)).search(text, (owner) => found.add(owner));
        const wanted = words.flatMap((word, owner) => (text.includes(word) ? [owner] : []));
        expect([...found].sort((a, b) => a - b)).toEqual(wanted);
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

test("a hundred thousand words are no matter", () => {
  const index = keywordIndex(Array.from({ length: 100_000 }, (_, owner) => [`word${owner}x`, owner] as const));
  const found: number[] = [];
  index.search("nothing but word77777x here", (owner) => found.push(owner));
  expect(found).toEqual([77_777]);
});
