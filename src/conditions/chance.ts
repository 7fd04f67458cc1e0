import { defineCondition } from "../contracts/word.ts";

export const chance = defineCondition({
  name: "chance",
  summary: "True as often as this, by chance.",
  tells: "luck {?has|does not have} it, with a chance of {share}",
  short: "share",
  fields: { share: { kind: "percent", about: "How often: 10%, or 0.1, is one time out of ten.", examples: ["10%"] } },
  examples: [
    { about: "One time out of ten", yaml: "chance: 10%" },
    { about: "The same as a number", yaml: "chance: 0.1" },
  ],
  compile({ share }) {
    return ({ env }) => env.random() < share;
  },
});
