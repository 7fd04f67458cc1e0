import { defineCondition } from "../contracts/word.ts";
import { hasInvitation } from "./shared/invites.ts";
import { messageOf } from "./shared/message.ts";

export const has_invite = defineCondition({
  name: "has_invite",
  summary:
    "Whether the message invites to another server, group or workspace, on Discord, Telegram, Slack or WhatsApp.",
  tells: "the message {?invites|does not invite} people elsewhere",
  short: "is",
  fields: { is: { kind: "boolean", about: "Yes for messages with an invitation, no for messages without." } },
  feeds: ["message_text"],
  examples: [{ about: "Invitations to elsewhere", yaml: "has_invite: true" }],
  steady: true,
  compile({ is }) {
    return ({ event, lowerText }) => {
      const message = messageOf(event);
      return message === undefined ? undefined : hasInvitation(message, lowerText) === is;
    };
  },
});
