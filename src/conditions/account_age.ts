import { defineCondition } from "../contracts/word.ts";
import { ageFields, compileAge } from "./shared/age.ts";

export const account_age = defineCondition({
  name: "account_age",
  summary: "How long ago the person's account was made.",
  tells: "the person's account {?is|is not} [, younger than {under}][, older than {over}]",
  fields: ageFields,
  uses: ["people.created_at"],
  examples: [
    { about: "Accounts of less than a day", yaml: "account_age: { under: 24h }" },
    { about: "Accounts of more than a week", yaml: "account_age: { over: 7d }" },
  ],
  compile(args) {
    const fits = compileAge(args);
    if (typeof fits !== "function") return fits;
    return ({ event, env }) => (event.user.createdAt === undefined ? undefined : fits(event.user.createdAt, env.now()));
  },
});
