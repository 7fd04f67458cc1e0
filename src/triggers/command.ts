import { defineTrigger } from "../contracts/word.ts";

export const command = defineTrigger({
  name: "command",
  summary: "Somebody uses a command. Everything under commands has this trigger without writing it.",
  fields: {},
  events: ["command"],
  feeds: ["commands"],
  hasMessage: false,
  implicit: true,
  examples: [],
});
