import { defineAction, done } from "../contracts/word.ts";
import { isOutcome, serverOf } from "./shared/server.ts";
import { timedKey } from "./shared/timed.ts";

export const remove_role = defineAction({
  name: "remove_role",
  aka: ["take_role"],
  summary: "Takes a role from somebody.",
  tells: "take the role {role} from {member}",
  toPeople: "take a role from them",
  short: "role",
  fields: {
    role: { kind: "role", about: "The role, by name.", examples: ["Newcomer"] },
    member: {
      kind: "person",
      about: "Who loses it. The person who caused this, if left out.",
      optional: true,
      causer: true,
    },
  },
  right: "manage_roles",
  botRight: "manage_roles",
  uses: ["members.roles"],
  moderation: true,
  target: "member",
  role: "role",
  repeatable: true,
  outcomes: {
    done: "The person no longer has the role.",
    not_done: "The role stands too high, the bot lacks the right, or this is not on a server.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Take the role from the person who caused this", yaml: "remove_role: Newcomer" },
    { about: "Take it from somebody else", yaml: 'remove_role: { role: Helper, member: "{{ user }}" }' },
  ],
  async run({ role, member }, context) {
    const person = member ?? context.event.user;
    const server = serverOf(context, person);
    if (isOutcome(server)) return server;
    await context.platform.removeRole(server.id, person.id, role.id, context.rule);
    await context.cancelLater(timedKey("add_role", context.event.platform, server.id, person.id, role.id));
    return done;
  },
});
