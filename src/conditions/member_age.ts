import type { Standing } from "../contracts/event.ts";
import { defineCondition } from "../contracts/word.ts";
import { ageFields, compileAge } from "./shared/age.ts";

export const member_age = defineCondition({
  name: "member_age",
  summary: "How long ago the person came to the server.",
  tells: "the person {?has been here for|has not been here for} [, less than {under}][, more than {over}]",
  fields: ageFields,
  uses: ["members.joined_at"],
  examples: [
    { about: "Members of less than a day", yaml: "member_age: { under: 24h }" },
    { about: "Members of more than a week", yaml: "member_age: { over: 7d }" },
  ],
  compile(args) {
    const fits = compileAge(args);
    if (typeof fits !== "function") return fits;
    return ({ actor, env }) => {
      const ask = (standing: Standing | undefined) =>
        standing?.joinedAt === undefined ? undefined : fits(standing.joinedAt, env.now());
      const standing = actor.standing();
      return standing instanceof Promise ? standing.then(ask) : ask(standing);
    };
  },
});
