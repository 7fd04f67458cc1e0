import { defineCondition } from "../contracts/word.ts";

export const permission = defineCondition({
  name: "permission",
  aka: ["group", "groups", "permissions"],
  summary: "The person is in a group, or holds a right or a role.",
  tells: "the person {?belongs|does not belong} to {who}",
  short: "who",
  fields: {
    who: {
      kind: "who",
      about: "A group of permissions, or several; being in one is enough. Rights, roles and people may stand here too.",
    },
  },
  examples: [
    { about: "Moderators only", yaml: "permission: moderators" },
    { about: "A right of the platform, or a role", yaml: "permission: [ { can: ban_members }, { role: Helper } ]" },
  ],
  compile({ who }) {
    return ({ actor }) => who.matches(actor);
  },
});
