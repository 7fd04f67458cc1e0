import { defineTrigger } from "../contracts/word.ts";
import { isRole, roleFields, roleValues, roleVariables } from "./shared/role.ts";

export const role_removed = defineTrigger({
  name: "role_removed",
  summary: "A role is taken from somebody; role is which one.",
  tells: ["the role {role} is taken from somebody", "a role is taken from somebody"],
  short: "role",
  fields: roleFields,
  events: ["role_removed"],
  matches: isRole,
  variables: roleVariables,
  values: roleValues,
  feeds: ["member_roles"],
  uses: ["events.member_roles"],
  hasMessage: false,
  examples: [{ about: "Whoever is no longer a Member", yaml: "role_removed: Member" }],
});
