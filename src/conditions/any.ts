import type { CombinatorDefinition } from "../contracts/word.ts";

export const any: CombinatorDefinition = {
  kind: "combinator",
  name: "any",
  summary: "At least one of these is true.",
  examples: [{ about: "Either will do", yaml: "any:\n  - text: hello\n  - text: { starts_with: good morning }" }],
};
