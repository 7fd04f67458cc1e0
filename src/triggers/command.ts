import { defineTrigger } from "../contracts/word.ts";

export const command = defineTrigger({
  name: "command",
  summary: "Somebody uses a command. Everything under commands has this trigger without writing it.",
  tells: "somebody uses the command",
  fields: {},
  events: ["command"],
  feeds: ["commands"],
  hasMessage: false,
  implicit: true,
  examples: [],
});
