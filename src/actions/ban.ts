import { defineAction, done } from "../contracts/word.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { isOutcome, serverOf } from "./shared/server.ts";
import { memberOf, timedJob, timedKey, timedPayload, whenDue, withUndo } from "./shared/timed.ts";

export const ban = defineAction({
  name: "ban",
  summary: "Removes somebody from the server and keeps them out, for a while or for good.",
  tells: "ban {member}[ for {for}][ because of {reason}]",
  toPeople: "ban them",
  short: "member",
  fields: {
    member: { kind: "person", about: "Who is banned." },
    for: {
      kind: "duration",
      about: "How long. Left out: until they are unbanned.",
      optional: true,
      minimumMs: 60_000,
      examples: ["7d"],
    },
    ...reasonField,
  },
  right: "ban_members",
  botRight: "ban_members",
  uses: ["members.ban"],
  moderation: true,
  target: "member",
  repeatable: true,
  outcomes: {
    done: "The person is out and cannot come back. When the time is over they may.",
    not_done: "The person stands too high, the bot lacks the right, or this is not on a server.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Ban for a week", yaml: 'ban: { member: "{{ user }}", for: 7d, reason: Scam links }' },
    { about: "Ban for good", yaml: 'ban: "{{ user }}"' },
  ],
  async run({ member, for: length, reason }, context) {
    const server = serverOf(context, member);
    if (isOutcome(server)) return server;
    const { platform, event, now } = context;
    const why = reasonText(reason);
    const until = length === undefined ? undefined : now + length;
    const key = timedKey("ban", event.platform, server.id, member.id);
    const job =
      until === undefined
        ? undefined
        : timedJob(key, until, {
            server: server.id,
            member: memberOf(member),
            until,
            ...(why === undefined ? {} : { reason: why }),
          });
    await withUndo(context, key, job, () => platform.ban(server.id, member.id, until, why));
    return done;
  },
  later(json, context) {
    const payload = timedPayload(json);
    const { server, member, reason } = payload;
    return whenDue(context, "unban", payload, () => context.platform.unban(server, member.id, reason));
  },
});
