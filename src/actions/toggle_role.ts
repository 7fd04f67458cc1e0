import { defineAction, doneWith } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { isOutcome, serverOf } from "./shared/server.ts";

export const toggle_role = defineAction({
  name: "toggle_role",
  summary: "Gives somebody a role, or takes it away where they have it.",
  tells: [
    "give {member} the role {role}, or take it away where they have it",
    "give the person the role {role}, or take it away where they have it",
  ],
  toPeople: "give them a role or take it",
  short: "role",
  fields: {
    role: { kind: "role", about: "The role, by name.", examples: ["News"] },
    member: { kind: "person", about: "Whose. The person who caused this, if left out.", optional: true },
  },
  right: "manage_roles",
  botRight: "manage_roles",
  uses: ["members.roles"],
  target: "member",
  role: "role",
  saves: t.boolean,
  outcomes: {
    done: "The person has the role now, or has it no more; save_as holds yes or no.",
    not_done: "The role stands too high, the bot lacks the right, or this is not on a server.",
    failed: "The platform could not be reached.",
  },
  examples: [
    {
      about: "A button that gives a role and takes it again",
      yaml: "toggle_role: News",
    },
  ],
  async run({ role, member }, context) {
    const person = member ?? context.event.user;
    const server = serverOf(context, person);
    if (isOutcome(server)) return server;
    const standing = await context.platform.standing(server.id, person.id);
    const has = (standing?.roles ?? []).some(({ id }) => id === role.id);
    const outcome = await context.act(has ? "remove_role" : "add_role", { role, member: person });
    return outcome.end === "done" ? doneWith(!has) : outcome;
  },
});
