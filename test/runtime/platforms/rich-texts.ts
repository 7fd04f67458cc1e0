import fc from "fast-check";
import type { RichText } from "../../../src/language/rich-text.ts";

/** Texts with marks, code, links and mentions of these ids, made of pieces that a platform could take for its own markup. */
export function richTexts(piece: fc.Arbitrary<string>, ids: Readonly<Record<"user" | "role", string>>) {
  const leaf = piece.chain((text) =>
    fc.constantFrom<RichText[number]>(
      { type: "text", text },
      { type: "code", text },
      { type: "code_block", text, language: "js" },
      { type: "mention", target: { kind: "user", id: ids.user, name: text } },
      { type: "mention", target: { kind: "role", id: ids.role, name: text } },
      { type: "link", url: "https://example.org/", children: [{ type: "text", text }] },
    ),
  );
  const marked = fc
    .tuple(fc.constantFrom("bold", "italic", "strike", "list_item"), fc.array(leaf, { maxLength: 3 }))
    .map(([type, children]) => ({ type, children }) as RichText[number]);
  return fc.array(fc.oneof(leaf, marked), { maxLength: 6 });
}

export const seed = { seed: 20_260_331, numRuns: 500 };
