import { defineTrigger } from "../contracts/word.ts";
import { isRole, roleFields, roleValues, roleVariables } from "./shared/role.ts";

export const role_added = defineTrigger({
  name: "role_added",
  summary: "Somebody is given a role; role is which one.",
  tells: ["somebody is given the role {role}", "somebody is given a role"],
  short: "role",
  fields: roleFields,
  events: ["role_added"],
  matches: isRole,
  variables: roleVariables,
  values: roleValues,
  feeds: ["member_roles"],
  uses: ["events.member_roles"],
  hasMessage: false,
  examples: [{ about: "Whoever becomes a Member", yaml: "role_added: Member" }],
});
