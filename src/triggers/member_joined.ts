import { defineTrigger } from "../contracts/word.ts";

export const member_joined = defineTrigger({
  name: "member_joined",
  summary: "Somebody joins the server.",
  fields: {},
  events: ["member_joined"],
  feeds: ["members"],
  uses: ["events.member_joined"],
  hasMessage: false,
  examples: [{ about: "Every newcomer", yaml: "member_joined" }],
});
