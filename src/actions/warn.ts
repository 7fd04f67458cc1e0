import { defineAction, doneWith } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { isOutcome, serverOf } from "./shared/server.ts";

export const warn = defineAction({
  name: "warn",
  summary: "Writes down a warning for somebody. It tells them nothing by itself.",
  tells: "write down a warning for {member}[ because of {reason}]",
  toPeople: "warn them",
  short: "member",
  fields: { member: { kind: "person", about: "Who is warned." }, ...reasonField },
  right: "mute_members",
  moderation: true,
  target: "member",
  saves: t.integer,
  outcomes: {
    done: "The warning is kept. save_as keeps how many the person has now.",
    not_done: "The person stands too high to be warned, or this is not on a server.",
    failed: "The warning could not be stored.",
  },
  examples: [
    { about: "Warn the person who wrote the message", yaml: 'warn: { member: "{{ user }}", reason: Invite link }' },
    { about: "Keep how many warnings there are now", yaml: 'warn: "{{ user }}"\nsave_as: warnings' },
  ],
  async run({ member, reason }, context) {
    const server = serverOf(context, member);
    if (isOutcome(server)) return server;
    const { event, platform, warnings, now } = context;
    // Nobody warns themselves: when the event's own person is warned, a rule of the bot does it.
    const by = member.id === event.user.id ? platform.self() : event.user;
    const why = reasonText(reason) ?? "";
    const { id, count } = await warnings.add({
      platform: event.platform,
      serverId: server.id,
      userId: member.id,
      userName: member.name,
      byId: by?.id ?? "",
      byName: by?.name ?? "",
      reason: why,
      at: now,
    });
    const standing = await warnings.list(event.platform, server.id, member.id);
    context.raise({
      kind: "warned",
      user: member,
      by: by ?? event.user,
      // One that somebody else gives at the same moment is told of by its own event.
      warnedAt: standing.filter((one) => one.id <= id).map((one) => one.at),
      reason: why,
    });
    return doneWith(count);
  },
});
