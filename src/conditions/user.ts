import { defineCondition } from "../contracts/word.ts";

export const user = defineCondition({
  name: "user",
  aka: ["member", "author"],
  summary: "The person is this one, or one of these.",
  tells: "the person {?is|is not} {name}",
  short: "name",
  fields: {
    name: {
      kind: "who",
      as: "user",
      about:
        "A username or id, or several. Where usernames change hands, as on Telegram and Slack, only ids are certain.",
    },
  },
  examples: [
    { about: "Only Ada", yaml: "user: ada" },
    { about: "Somebody on one platform, by id on another", yaml: 'user: ["discord:@ada", "telegram:42"]' },
  ],
  steady: true,
  compile({ name }) {
    return ({ actor }) => name.matches(actor);
  },
});
