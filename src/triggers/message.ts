import { defineTrigger } from "../contracts/word.ts";

export const message = defineTrigger({
  name: "message",
  aka: ["message_created", "message_sent", "on_message", "text", "keyword", "keywords", "words", "contains"],
  summary: "Somebody writes a message that the bot can see.",
  tells: "somebody writes a message",
  fields: {},
  events: ["message"],
  feeds: ["messages", "message_text"],
  uses: ["events.message"],
  hasMessage: true,
  examples: [{ about: "Every message", yaml: "message" }],
});
