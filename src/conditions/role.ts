import { defineCondition } from "../contracts/word.ts";

export const role = defineCondition({
  name: "role",
  aka: ["has_role", "roles"],
  summary: "The person has a role.",
  tells: "the person {?has|does not have} {name}",
  short: "name",
  fields: { name: { kind: "who", as: "role", about: "The name or id of a role, or several; having one is enough." } },
  examples: [
    { about: "Only helpers", yaml: "role: Helper" },
    { about: "One of several roles", yaml: "role: [Moderator, Helper]" },
  ],
  compile({ name }) {
    return ({ actor }) => name.matches(actor);
  },
});
