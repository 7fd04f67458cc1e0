import { defineAction, done } from "../contracts/word.ts";
import { isOutcome, serverOf } from "./shared/server.ts";
import { memberOf, timedJob, timedKey, timedPayload, whenDue, withUndo } from "./shared/timed.ts";

export const add_role = defineAction({
  name: "add_role",
  aka: ["give_role", "assign_role"],
  summary: "Gives somebody a role, for a while or for good.",
  tells: "give {member} the role {role}[ and take it away after {for}]",
  toPeople: "give them a role",
  short: "role",
  fields: {
    role: { kind: "role", about: "The role, by name.", examples: ["Newcomer"] },
    member: {
      kind: "person",
      about: "Who gets it. The person who caused this, if left out.",
      optional: true,
      causer: true,
    },
    for: {
      kind: "duration",
      about: "How long they keep it. Left out: until it is taken.",
      optional: true,
      minimumMs: 1000,
      examples: ["7d"],
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
    done: "The person has the role. When the time is over it is taken again.",
    not_done: "The role stands too high, the bot lacks the right, or this is not on a server.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Mark newcomers for a week", yaml: "add_role: { role: Newcomer, for: 7d }" },
    { about: "Give it to somebody else", yaml: 'add_role: { role: Member, member: "{{ user }}" }' },
  ],
  async run({ role, member, for: length }, context) {
    const person = member ?? context.event.user;
    const server = serverOf(context, person);
    if (isOutcome(server)) return server;
    const { platform, event, now, rule } = context;
    const key = timedKey("add_role", event.platform, server.id, person.id, role.id);
    const until = length === undefined ? undefined : now + length;
    const job =
      until === undefined
        ? undefined
        : timedJob(key, until, { server: server.id, member: memberOf(person), until, role: role.id, reason: rule });
    await withUndo(context, key, job, () => platform.addRole(server.id, person.id, role.id, rule));
    return done;
  },
  later(json, context) {
    const payload = timedPayload(json);
    const { server, member, role, reason } = payload;
    return whenDue(context, "remove_role", payload, () =>
      context.platform.removeRole(server, member.id, role!, reason),
    );
  },
});
