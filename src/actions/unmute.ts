import { defineAction, done } from "../contracts/word.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { isOutcome, serverOf } from "./shared/server.ts";
import { timedKey } from "./shared/timed.ts";

export const unmute = defineAction({
  name: "unmute",
  summary: "Lets somebody who was muted write again.",
  tells: "let {member} write again",
  toPeople: "lift their mute",
  short: "member",
  fields: { member: { kind: "person", about: "Who may write again." }, ...reasonField },
  right: "mute_members",
  botRight: "mute_members",
  uses: ["members.mute"],
  moderation: true,
  target: "member",
  repeatable: true,
  outcomes: {
    done: "The person can write again.",
    not_done: "The person stands too high, the bot lacks the right, or this is not on a server.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "End a mute early", yaml: 'unmute: { member: "{{ options.member }}", reason: Talked about it }' },
  ],
  async run({ member, reason }, context) {
    const server = serverOf(context, member);
    if (isOutcome(server)) return server;
    await context.platform.unmute(server.id, member.id, reasonText(reason));
    await context.cancelLater(timedKey("mute", context.event.platform, server.id, member.id));
    return done;
  },
});
