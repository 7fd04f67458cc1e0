import type { CombinatorDefinition } from "../contracts/word.ts";

export const all: CombinatorDefinition = {
  kind: "combinator",
  name: "all",
  summary: "Every one of these is true. A plain list under if means the same.",
  examples: [{ about: "Both must hold", yaml: "all:\n  - text: hello\n  - permission: moderators" }],
};
