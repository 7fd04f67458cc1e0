import type { CombinatorDefinition } from "../contracts/word.ts";

export const not: CombinatorDefinition = {
  kind: "combinator",
  name: "not",
  summary: "This is not true. What cannot be told stays untold, and counts as no.",
  examples: [{ about: "Everybody but moderators", yaml: "not: { permission: moderators }" }],
};
