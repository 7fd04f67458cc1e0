import { defineTrigger } from "../contracts/word.ts";

export const direct_message = defineTrigger({
  name: "direct_message",
  summary: "Somebody writes to the bot in private, and calls none of its commands.",
  tells: "somebody writes to the bot in private",
  fields: {},
  events: ["message"],
  hears: (event) => event.channel?.direct === true,
  matches: () => (context) => !context.callsCommand,
  feeds: ["direct_messages"],
  uses: ["events.message"],
  hasMessage: true,
  addressed: true,
  examples: [{ about: "Every private message", yaml: "direct_message" }],
});
