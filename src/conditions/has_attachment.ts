import { defineCondition } from "../contracts/word.ts";
import { messageOf } from "./shared/message.ts";

export const has_attachment = defineCondition({
  name: "has_attachment",
  aka: ["attachment", "file"],
  summary: "Whether a file, a picture or a recording came with the message.",
  tells: "the message {?has|has no} file or picture",
  short: "is",
  fields: { is: { kind: "boolean", about: "Yes for messages with one, no for messages without." } },
  feeds: ["message_text"],
  examples: [
    { about: "Messages with a picture or file", yaml: "has_attachment: true" },
    { about: "Messages without, for a channel of pictures only", yaml: "has_attachment: false" },
  ],
  steady: true,
  compile({ is }) {
    return ({ event }) => {
      const attachments = messageOf(event)?.attachments;
      return attachments === undefined ? undefined : attachments.length > 0 === is;
    };
  },
});
