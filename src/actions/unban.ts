import { PlatformError } from "../contracts/platform.ts";
import { defineAction, done } from "../contracts/word.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { isOutcome, serverOf } from "./shared/server.ts";
import { timedKey } from "./shared/timed.ts";

export const unban = defineAction({
  name: "unban",
  summary: "Lets somebody who was banned come back.",
  tells: "let {member} come back",
  toPeople: "lift their ban",
  short: "member",
  fields: { member: { kind: "person", about: "Who may come back." }, ...reasonField },
  right: "ban_members",
  botRight: "ban_members",
  uses: ["members.ban"],
  moderation: true,
  target: "member",
  repeatable: true,
  outcomes: {
    done: "The person may come back.",
    not_done: "The person is not banned, the bot lacks the right, or this is not on a server.",
    failed: "The platform could not be reached.",
  },
  examples: [{ about: "End a ban", yaml: 'unban: { member: "{{ options.member }}", reason: Appeal granted }' }],
  async run({ member, reason }, context) {
    const server = serverOf(context, member);
    if (isOutcome(server)) return server;
    const key = timedKey("ban", context.event.platform, server.id, member.id);
    try {
      await context.platform.unban(server.id, member.id, reasonText(reason));
    } catch (error) {
      const isNotBanned = error instanceof PlatformError && error.kind === "not_found";
      if (isNotBanned) await context.cancelLater(key);
      throw error;
    }
    await context.cancelLater(key);
    return done;
  },
});
