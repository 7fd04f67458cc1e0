import { defineTrigger } from "../contracts/word.ts";

export const message_edited = defineTrigger({
  name: "message_edited",
  summary: "Somebody changes a message. It is heard here only, never by message.",
  tells: "somebody changes a message",
  fields: {},
  events: ["message_edited"],
  feeds: ["message_edits", "message_text"],
  uses: ["events.message_edited"],
  hasMessage: true,
  examples: [{ about: "Every edited message", yaml: "message_edited" }],
});
