import { defineTrigger } from "../contracts/word.ts";

export const message_deleted = defineTrigger({
  name: "message_deleted",
  summary: "A message that the bot saw not long ago is deleted; user is who wrote it.",
  tells: "a message is deleted",
  fields: {},
  events: ["message_deleted"],
  feeds: ["message_deletions", "message_text"],
  uses: ["events.message_deleted"],
  hasMessage: true,
  examples: [{ about: "Every deleted message", yaml: "message_deleted" }],
});
