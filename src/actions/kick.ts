import { defineAction, done } from "../contracts/word.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { isOutcome, serverOf } from "./shared/server.ts";

export const kick = defineAction({
  name: "kick",
  summary: "Removes somebody from the server. They may come back.",
  tells: "remove {member} from {server}[ because of {reason}]",
  toPeople: "remove them from the server",
  short: "member",
  fields: { member: { kind: "person", about: "Who is removed." }, ...reasonField },
  right: "kick_members",
  botRight: "kick_members",
  uses: ["members.kick"],
  moderation: true,
  target: "member",
  outcomes: {
    done: "The person is no longer on the server.",
    not_done: "The person stands too high, the bot lacks the right, or this is not on a server.",
    failed: "The platform could not be reached.",
  },
  examples: [{ about: "Remove a person", yaml: 'kick: { member: "{{ user }}", reason: Spam }' }],
  async run({ member, reason }, context) {
    const server = serverOf(context, member);
    if (isOutcome(server)) return server;
    await context.platform.kick(server.id, member.id, reasonText(reason));
    return done;
  },
});
